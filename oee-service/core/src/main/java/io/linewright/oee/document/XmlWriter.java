package io.linewright.oee.document;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes documents of B2MML as XML. */
public final class XmlWriter {

  /** Namespace of B2MML V0600 and later. */
  public static final String NAMESPACE = "http://www.mesa.org/xml/B2MML";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private XmlWriter() {}

  /**
   * The document in UTF-8, its elements in the order in which they are.
   *
   * @throws IllegalArgumentException if a name is none of XML, or lies in another namespace
   */
  public static byte[] write(DocNode root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
      writer.writeStartDocument("UTF-8", "1.0");
      write(writer, root, true);
      writer.writeEndDocument();
      writer.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("an array takes all bytes", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(XMLStreamWriter writer, DocNode node, boolean outermost)
      throws XMLStreamException {
    writer.writeStartElement(checked(node.name()));
    if (outermost) {
      writer.writeDefaultNamespace(NAMESPACE);
    }
    for (Map.Entry<String, String> attribute : node.attributes().entrySet()) {
      writer.writeAttribute(checked(attribute.getKey()), attribute.getValue());
    }
    writer.writeCharacters(node.text());
    for (DocNode child : node.children()) {
      write(writer, child, false);
    }
    writer.writeEndElement();
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(DocFault.quote(name) + " is no name of B2MML");
    }
    return name;
  }
}
