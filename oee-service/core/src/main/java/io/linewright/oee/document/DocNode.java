package io.linewright.oee.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An element of a document, whatever its syntax: what is an element in XML is a field in JSON, and
 * an attribute is a field that begins with {@code @}. Prefixes, comments, and space around texts
 * are gone; ends of lines are line feeds.
 *
 * @param name of the element, not empty; in another namespace than that of B2MML it is written as
 *     {@code {namespace}name}
 * @param attributes by name, without {@code @}; copied
 * @param text what it says itself, without what its children say; empty if it says nothing
 * @param children in the order of the document; copied
 */
public record DocNode(
    String name, SortedMap<String, String> attributes, String text, List<DocNode> children) {

  /**
   * @throws IllegalArgumentException if there is no name, or a text has characters that no XML can
   *     hold
   */
  public DocNode {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an element has a name");
    }
    SortedMap<String, String> copy = new TreeMap<>();
    attributes.forEach((attribute, value) -> copy.put(attribute, cleaned(value)));
    attributes = Collections.unmodifiableSortedMap(copy);
    text = cleaned(text);
    children = List.copyOf(children);
  }

  /** An element with a text and nothing else. */
  public static DocNode text(String name, String text) {
    return new DocNode(name, new TreeMap<>(), text, List.of());
  }

  /** An element of others. */
  public static DocNode of(String name, List<DocNode> children) {
    return new DocNode(name, new TreeMap<>(), "", children);
  }

  /** The same with one more attribute. */
  public DocNode with(String attribute, String value) {
    SortedMap<String, String> more = new TreeMap<>(attributes);
    more.put(attribute, value);
    return new DocNode(name, more, text, children);
  }

  /** The children of a name, in their order; empty if there is none. */
  public List<DocNode> all(String child) {
    return children.stream().filter(node -> node.name.equals(child)).toList();
  }

  /** The first child of a name. */
  public Optional<DocNode> first(String child) {
    return children.stream().filter(node -> node.name.equals(child)).findFirst();
  }

  /**
   * What the document says, apart from its syntax: children in the order of their names, those of
   * one name in the order in which they came. In JSON only that order means something.
   */
  public DocNode canonical() {
    return new DocNode(
        name,
        attributes,
        text,
        children.stream()
            .map(DocNode::canonical)
            .sorted(Comparator.comparing(DocNode::name))
            .toList());
  }

  /**
   * SHA-256 of {@link #canonical}, 64 hexadecimal digits: the same for a document in XML, in JSON,
   * and sent again with other spaces or another order of attributes.
   */
  public String hash() {
    MessageDigest digest = sha256();
    canonical().update(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  private void update(MessageDigest digest) {
    update(digest, name);
    update(digest, String.valueOf(attributes.size()));
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      update(digest, attribute.getKey());
      update(digest, attribute.getValue());
    }
    update(digest, text);
    update(digest, String.valueOf(children.size()));
    children.forEach(child -> child.update(digest));
  }

  /** With the length before it, so that no two lists of texts give the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Whether a text has only characters of XML 1.0. Others cannot be stored as text, nor sent on.
   */
  static boolean isClean(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || c >= ' ' && c < Character.MIN_SURROGATE
                    || c > Character.MAX_SURROGATE && c < 0xFFFE
                    || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT);
  }

  private static String cleaned(String text) {
    if (!isClean(text)) {
      throw new IllegalArgumentException("a text has control characters or half of a character");
    }
    return text.replace("\r\n", "\n").replace('\r', '\n').strip();
  }
}
