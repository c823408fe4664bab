package io.linewright.oee.document;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML. Neither document types nor entities other than the five of XML are taken: they can
 * make a document refer to files, or grow without bound.
 */
public final class XmlReader {

  /** Namespaces of B2MML and of its older versions begin so. */
  private static final String B2MML = "http://www.mesa.org/xml/B2MML";

  private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** An element that has begun and not ended. */
  private record Open(
      String name, SortedMap<String, String> attributes, StringBuilder text, List<DocNode> done) {}

  private final Budget budget = new Budget();
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable DocNode root;

  private XmlReader() {}

  /**
   * Reads a document in UTF-8, or in what its declaration names: UTF-16, US-ASCII, ISO-8859-1 or
   * windows-1252. Attributes of XML Schema, such as {@code xsi:type} and {@code xsi:nil}, are left
   * out: a nil element is an empty one.
   */
  public static DocReading read(byte[] xml) {
    if (xml.length == 0) {
      return new DocReading.Broken(new DocFault("/", "the document is empty"));
    }
    if (xml.length > Budget.MAX_SIZE) {
      return new DocReading.Broken(
          new DocFault(
              "/",
              "the document has %d bytes, and at most %d are taken: send several"
                  .formatted(xml.length, Budget.MAX_SIZE)));
    }
    XmlText text = XmlText.of(xml);
    return text.fault().isEmpty()
        ? new XmlReader().document(text.text())
        : new DocReading.Broken(new DocFault("/", text.fault()));
  }

  /** The one of the JDK, whichever others an application brings along; it keeps its last reader. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("it refers to other files");
        });
    return factory;
  }

  private DocReading document(String xml) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
      try {
        String fault = "";
        while (fault.isEmpty() && reader.hasNext()) {
          fault = event(reader, reader.next());
        }
        if (!fault.isEmpty()) {
          return broken(fault, reader.getLocation());
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException wrong) {
      return broken(sentence(wrong), wrong.getLocation());
    }
    return root == null ? broken("there is no element", null) : new DocReading.Whole(root);
  }

  /** Takes the next part; why it is not taken, or an empty text. */
  private String event(XMLStreamReader reader, int event) {
    return switch (event) {
      case XMLStreamConstants.DTD ->
          "it has a document type, which is not taken: leave out <!DOCTYPE …>";
      case XMLStreamConstants.ENTITY_REFERENCE ->
          "it has an entity, which is not taken: write the characters themselves";
      case XMLStreamConstants.START_ELEMENT -> start(reader);
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          characters(reader.getText());
      default -> "";
    };
  }

  private String start(XMLStreamReader reader) {
    String name = name(reader.getNamespaceURI(), reader.getLocalName());
    String fault = budget.node(name, open.size() + 1);
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < reader.getAttributeCount() && fault.isEmpty(); i++) {
      if (!SCHEMA_INSTANCE.equals(reader.getAttributeNamespace(i))) {
        String attribute = name(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i));
        fault = budget.node(attribute, 1);
        attributes.put(attribute, reader.getAttributeValue(i));
      }
    }
    open.push(new Open(name, attributes, new StringBuilder(), new ArrayList<>()));
    return fault;
  }

  private String characters(String text) {
    // Outside the root there is only space.
    if (!open.isEmpty()) {
      open.element().text().append(text);
    }
    return budget.characters(text.length());
  }

  private String end() {
    Open ended = open.pop();
    DocNode node =
        new DocNode(ended.name(), ended.attributes(), ended.text().toString(), ended.done());
    if (open.isEmpty()) {
      root = node;
    } else {
      open.element().done().add(node);
    }
    return "";
  }

  private static String name(@Nullable String namespace, String local) {
    return namespace == null || namespace.isEmpty() || namespace.startsWith(B2MML)
        ? local
        : "{" + namespace + "}" + local;
  }

  private DocReading broken(String reason, @Nullable Location at) {
    StringBuilder path = new StringBuilder();
    for (Iterator<Open> outer = open.descendingIterator(); outer.hasNext(); ) {
      path.append('/').append(outer.next().name());
    }
    String where =
        at == null || at.getLineNumber() < 1
            ? ""
            : "line %d, column %d: ".formatted(at.getLineNumber(), at.getColumnNumber());
    return new DocReading.Broken(
        new DocFault(path.isEmpty() ? "/" : path.toString(), where + reason));
  }

  /** What the JDK found, without the place, which is said before. */
  private static String sentence(XMLStreamException wrong) {
    String message = wrong.getMessage() == null ? "" : wrong.getMessage();
    int at = message.indexOf("Message: ");
    String text = SPACES.matcher(at < 0 ? message : message.substring(at + 9)).replaceAll(" ");
    return "this is no well-formed XML: "
        + (text.length() <= 200 ? text : text.substring(0, 200) + "…");
  }
}
