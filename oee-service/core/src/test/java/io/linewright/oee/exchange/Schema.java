package io.linewright.oee.exchange;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The XML schemas of B2MML V0701 in the directory of test data. */
public final class Schema {

  private static final String ARCHIVE = "conformance/b2mml/b2mml_batchml_xsd.tar.gz";
  private static final int BLOCK = 512;

  private final javax.xml.validation.Schema schema;
  private final Map<String, Element> types = new HashMap<>();

  private Schema(Path directory) throws Exception {
    SchemaFactory factory =
        SchemaFactory.newDefaultInstance(); // W3C XML Schema; schemas lie beside each other
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    schema = factory.newSchema(directory.resolve("AllSchemas.xsd").toFile());
    DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultInstance();
    documents.setNamespaceAware(true);
    for (String part :
        new String[] {
          "Common",
          "CoreComponents",
          "OperationsSchedule",
          "OperationsPerformance",
          "OperationsPerformanceTypes"
        }) {
      Document xsd =
          documents
              .newDocumentBuilder()
              .parse(directory.resolve("B2MML-" + part + ".xsd").toFile());
      NodeList all = xsd.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "complexType");
      for (int i = 0; i < all.getLength(); i++) {
        Element type = (Element) all.item(i);
        if (type.hasAttribute("name")) {
          types.put(type.getAttribute("name"), type);
        }
      }
    }
  }

  /**
   * Unpacks the schemas; the test is skipped, with the path in its message, if they are not there.
   */
  public static Schema unpacked(Path directory) throws Exception {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    Path archive = Path.of(root).resolve(data).resolve(ARCHIVE);
    assumeTrue(
        Files.isRegularFile(archive),
        () ->
            "no " + archive.toAbsolutePath().normalize() + "; LINEWRIGHT_DATA names its directory");
    try (InputStream tar = new GZIPInputStream(Files.newInputStream(archive))) {
      for (byte[] header = tar.readNBytes(BLOCK);
          header.length == BLOCK && header[0] != 0;
          header = tar.readNBytes(BLOCK)) {
        int size = Integer.parseInt(text(header, 124, 12), 8);
        byte[] file = tar.readNBytes(size);
        tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        Files.write(directory.resolve(Path.of(text(header, 0, 100)).getFileName()), file);
      }
    }
    return new Schema(directory);
  }

  private static String text(byte[] header, int from, int length) {
    return new String(header, from, length, StandardCharsets.US_ASCII)
        .split("\u0000", 2)[0].strip();
  }

  /** Why a document is not valid; empty if it is. */
  public Optional<String> fault(byte[] xml) {
    try {
      schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
      return Optional.empty();
    } catch (SAXException invalid) {
      return Optional.of(String.valueOf(invalid.getMessage()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The definition of a complex type, or of an element without type in one: {@code A/B}. */
  Element type(String name) {
    String[] names = name.split("/");
    Element type = types.get(names[0]);
    if (type == null) {
      throw new AssertionError("the schema has no type " + names[0]);
    }
    if (names.length == 1) {
      return type;
    }
    NodeList elements = type.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "element");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute("name").equals(names[1])) {
        return (Element)
            element
                .getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "complexType")
                .item(0);
      }
    }
    throw new AssertionError("the schema has no " + name);
  }
}
