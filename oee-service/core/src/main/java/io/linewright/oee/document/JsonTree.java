package io.linewright.oee.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * JSON as MESA writes it: one field that is the document; attributes are fields that begin with
 * {@code @}, the text of an element that has attributes is the field {@code $}, and an element that
 * may be repeated is an array. To read, an array of one and its element are the same, and {@code
 * null} is an empty element.
 *
 * <p>Parsed JSON is what every parser makes of it without further types: maps with texts as keys,
 * lists, texts, numbers, booleans and nulls. Whoever parses refuses fields that are there twice,
 * and reads numbers with a point as {@link BigDecimal}, so that they stay what they were.
 */
public final class JsonTree {

  /** Most digits of a number that is written out: 1e999999999 are many. */
  private static final int MAX_DIGITS = 100;

  private static final String TEXT = "$";
  private static final String ATTRIBUTE = "@";

  private final Budget budget = new Budget();

  private JsonTree() {}

  /** Reads a document from parsed JSON. */
  public static DocReading read(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> map) || map.size() != 1) {
      return new DocReading.Broken(
          new DocFault(
              "/", "the document is an object with one field, such as ProcessOperationsSchedule"));
    }
    Map.Entry<?, ?> root = map.entrySet().iterator().next();
    String name = String.valueOf(root.getKey());
    if (root.getValue() instanceof List<?>) {
      return new DocReading.Broken(
          new DocFault("/" + shown(name), "a message is one document, and no array of them"));
    }
    try {
      return new DocReading.Whole(new JsonTree().node(name, root.getValue(), "/" + shown(name), 1));
    } catch (NotTaken notTaken) {
      return new DocReading.Broken(notTaken.fault);
    }
  }

  /**
   * Writes a document as what parsed JSON is.
   *
   * @param repeats whether an element (second) in another (first) may be repeated by the schema:
   *     then it is an array also if there is one only
   */
  public static Map<String, Object> write(DocNode root, BiPredicate<String, String> repeats) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(root.name(), value(root, repeats));
    return document;
  }

  private static Object value(DocNode node, BiPredicate<String, String> repeats) {
    if (node.attributes().isEmpty() && node.children().isEmpty()) {
      return node.text();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    node.attributes().forEach((name, value) -> fields.put(ATTRIBUTE + name, value));
    if (!node.text().isEmpty()) {
      fields.put(TEXT, node.text());
    }
    for (DocNode child : node.children()) {
      if (!fields.containsKey(child.name())) {
        List<DocNode> same = node.all(child.name());
        fields.put(
            child.name(),
            same.size() > 1 || repeats.test(node.name(), child.name())
                ? same.stream().map(one -> value(one, repeats)).toList()
                : value(child, repeats));
      }
    }
    return fields;
  }

  private DocNode node(String name, @Nullable Object json, String path, int depth) throws NotTaken {
    require(budget.node(name, depth), path);
    requireClean(name, path);
    if (!(json instanceof Map<?, ?> fields)) {
      return DocNode.text(name, scalar(json, path));
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    List<DocNode> children = new ArrayList<>();
    String text = "";
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String key = String.valueOf(field.getKey());
      String below = path + "/" + shown(key);
      if (key.equals(TEXT)) {
        text = scalar(field.getValue(), path);
      } else if (key.startsWith(ATTRIBUTE)) {
        require(budget.node(key.substring(1), 1), below);
        requireClean(key, below);
        attributes.put(key.substring(1), scalar(field.getValue(), below));
      } else if (field.getValue() instanceof List<?> items) {
        for (int i = 0; i < items.size(); i++) {
          children.add(node(key, items.get(i), "%s[%d]".formatted(below, i + 1), depth + 1));
        }
      } else {
        children.add(node(key, field.getValue(), below, depth + 1));
      }
    }
    return new DocNode(name, attributes, text, children);
  }

  private String scalar(@Nullable Object json, String path) throws NotTaken {
    String text =
        switch (json) {
          case null -> "";
          case String string -> string;
          case Boolean bool -> bool.toString();
          case BigDecimal decimal -> plain(decimal, path);
          case Number number -> plain(decimal(number, path), path);
          default -> throw new NotTaken(path, "there is an array or object where a value belongs");
        };
    require(budget.characters(text.length()), path);
    requireClean(text, path);
    return text;
  }

  private static BigDecimal decimal(Number number, String path) throws NotTaken {
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException notFinite) {
      throw new NotTaken(path, number + " is no number that JSON knows");
    }
  }

  private static String plain(BigDecimal number, String path) throws NotTaken {
    if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
      throw new NotTaken(path, "a number has more than " + MAX_DIGITS + " digits");
    }
    return number.toPlainString();
  }

  private static void requireClean(String text, String path) throws NotTaken {
    if (!DocNode.isClean(text)) {
      throw new NotTaken(path, "a text has control characters, or half of a character");
    }
  }

  private static void require(String fault, String path) throws NotTaken {
    if (!fault.isEmpty()) {
      throw new NotTaken(path, fault);
    }
  }

  /** A name in a path, which is for people and must not be longer than they read. */
  private static String shown(String name) {
    return DocNode.isClean(name) && name.length() <= Budget.MAX_NAME
        ? name
        : DocFault.quote(name.replaceAll("[^A-Za-z0-9_.-]", "?"));
  }

  /** Ends the reading at the first fault; never seen outside. */
  private static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient DocFault fault;

    NotTaken(String path, String reason) {
      super(reason, null, false, false);
      this.fault = new DocFault(path, reason);
    }
  }
}
