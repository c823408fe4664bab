package io.linewright.oee.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What is written here of the schema is what the schema says. */
class ShapesTest {

  private static Schema schema;

  @BeforeAll
  static void unpack(@TempDir Path directory) throws Exception {
    schema = Schema.unpacked(directory);
  }

  @Test
  void partsAreThoseOfTheSchemaInItsOrderAndNoneThatMustBeThereIsLeftOut() {
    Shapes.SHAPES.forEach(
        (name, shape) -> {
          List<Shape.Part> all = parts(schema.type(name));
          List<Shape.Part> known =
              all.stream()
                  .filter(
                      part ->
                          part.least() > 0
                              || shape.parts().stream()
                                  .anyMatch(mine -> mine.names().equals(part.names())))
                  .toList();

          assertThat(shape.parts()).as(name).isEqualTo(anonymous(name, known));
        });
  }

  @Test
  void attributesAreThoseThatTheSchemaRequires() {
    Shapes.SHAPES.forEach(
        (name, shape) -> {
          Set<String> required = new HashSet<>();
          for (Element attribute : elements(schema.type(name), "attribute")) {
            if (attribute.getAttribute("use").equals("required")) {
              required.add(attribute.getAttribute("name"));
            }
          }
          assertThat(shape.attributes()).as(name).isEqualTo(required);
        });
  }

  @Test
  void codeListsAreThoseOfTheSchema() {
    Shapes.CODES.forEach(
        (name, codes) -> {
          String base = elements(schema.type(name), "extension").getFirst().getAttribute("base");
          assertThat(codes)
              .as(name)
              .isEqualTo(
                  elements(schema.type(base), "enumeration").stream()
                      .map(value -> value.getAttribute("value"))
                      .toList());
        });
  }

  @Test
  void whatIsSaidToBeRepeatedInAnAnswerIsSoInTheSchema() {
    for (String[] of :
        new String[][] {
          {"OperationsPerformance", "OperationsPerformanceType"},
          {"OperationsResponse", "OperationsResponseType"},
          {"SegmentResponse", "OpSegmentResponseType"},
          {"SegmentData", "OpSegmentDataType"},
          {"EquipmentActual", "OpEquipmentActualType"},
          {"MaterialActual", "OpMaterialActualType"},
          {"HierarchyScope", "HierarchyScopeType"},
          {"Quantity", "QuantityValueType"},
          {"Value", "ValueType"}
        }) {
      Set<String> written = WRITTEN.getOrDefault(of[0], Set.of());
      for (Shape.Part part : parts(schema.type(of[1]))) {
        String name = part.names().getFirst();
        if (written.contains(name)) {
          assertThat(PerformanceDocument.repeats(of[0], name))
              .as("%s in %s", name, of[0])
              .isEqualTo(part.most() == Shape.MANY);
        }
      }
    }
  }

  private static final java.util.Map<String, Set<String>> WRITTEN =
      PerformanceDocumentTest.everything().stream()
          .collect(
              Collectors.groupingBy(
                  pair -> pair[0], Collectors.mapping(pair -> pair[1], Collectors.toSet())));

  /** The data area has no type of its own in the schema. */
  private static List<Shape.Part> anonymous(String name, List<Shape.Part> parts) {
    return parts.stream()
        .map(
            part ->
                part.type().isEmpty()
                    ? new Shape.Part(
                        part.names(),
                        name + "/" + part.names().getFirst(),
                        part.least(),
                        part.most())
                    : part)
        .toList();
  }

  private static List<Shape.Part> parts(Element type) {
    List<Shape.Part> parts = new ArrayList<>();
    for (Element sequence : elements(type, "sequence").stream().limit(1).toList()) {
      for (Node node = sequence.getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element element && element.getLocalName().equals("element")) {
          parts.add(
              new Shape.Part(
                  List.of(element.getAttribute("name")),
                  element.getAttribute("type"),
                  element.getAttribute("minOccurs").equals("0") ? 0 : 1,
                  element.getAttribute("maxOccurs").equals("unbounded") ? Shape.MANY : 1));
        } else if (node instanceof Element choice && choice.getLocalName().equals("choice")) {
          List<Element> options = elements(choice, "element");
          parts.add(
              new Shape.Part(
                  options.stream()
                      .map(one -> one.getAttribute("name"))
                      .sorted()
                      .toList()
                      .reversed(),
                  options.getFirst().getAttribute("type"),
                  1,
                  1));
        }
      }
    }
    return parts;
  }

  private static List<Element> elements(Element above, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList all = above.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, name);
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }
}
