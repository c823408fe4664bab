package io.linewright.oee.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Test
  void aFieldIsAnElementAndSoIsEachOfAnArray() {
    DocNode order =
        whole(
            """
            {"Order": {"@releaseID": "7.01", "ID": " PO-1 ", "Priority": 5, "Factor": 0.10,
              "Done": true, "Row": ["a", {"$": "b", "@x": 1}], "Empty": [], "Nothing": null}}
            """);

    assertThat(order)
        .isEqualTo(
            DocNode.of(
                    "Order",
                    List.of(
                        DocNode.text("ID", "PO-1"),
                        DocNode.text("Priority", "5"),
                        DocNode.text("Factor", "0.10"),
                        DocNode.text("Done", "true"),
                        DocNode.text("Row", "a"),
                        DocNode.text("Row", "b").with("x", "1"),
                        DocNode.text("Nothing", "")))
                .with("releaseID", "7.01"));
  }

  @Test
  void theSameInXmlIsTheSame() {
    DocNode json =
        whole(
            "{\"Order\": {\"Row\": [{\"$\": \"b\", \"@x\": \"1\"}, \"c\"], \"ID\": \"PO\\r\\n1\"}}");
    DocNode xml =
        XmlReaderTest.whole("<Order><ID>PO\r\n1</ID>\n<Row x='1'>b</Row><Row>c</Row></Order>");

    assertThat(json.canonical()).isEqualTo(xml.canonical());
    assertThat(json.hash()).isEqualTo(xml.hash()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "\"text\"",
        "7",
        "null",
        "{\"a\": 1, \"b\": 2}",
        "{\"a\": [1]}",
        "{\"a\": {\"b\": [[1]]}}",
        "{\"a\": {\"$\": {}}}",
        "{\"a\": {\"@b\": []}}",
        "{\"a\": \"\\u0000\"}",
        "{\"a\": \"\\ud800\"}",
        "{\"a\": {\"\": 1}}",
        "{\"a\": {\"@\": 1}}",
        "{\"a\": {\"\\u0007\": 1}}",
        "{\"\": 1}",
        "{\"a\": 1e999999999}",
        "{\"a\": 1e-999999999}"
      })
  void whatIsNoDocumentIsRefused(String json) {
    DocFault fault = fault(JSON.readValue(json, Object.class));

    assertThat(fault.path()).startsWith("/");
    assertThat(fault.reason()).isNotBlank();
  }

  @Test
  void aFaultHasItsPath() {
    assertThat(fault(JSON.readValue("{\"a\": {\"b\": [1, {\"c\": \"\\u0001\"}]}}", Object.class)))
        .isEqualTo(
            new DocFault("/a/b[2]/c", "a text has control characters, or half of a character"));
  }

  @Test
  void bombsAreRefused() {
    Object deep = "x";
    for (int i = 0; i < 100_000; i++) {
      deep = Map.of("a", deep);
    }
    assertThat(fault(deep).reason()).contains("lie in each other");
    assertThat(fault(Map.of("a", Map.of("c", many()))).reason())
        .contains("elements and attributes");
    assertThat(fault(Map.of("a", "x".repeat(Budget.MAX_SIZE + 1))).reason())
        .contains("characters: send several documents");
    assertThat(fault(Map.of("a", Double.NaN)).reason()).contains("NaN is no number");
    assertThat(fault(Map.of("a", new BigDecimal("1e101"))).reason()).contains("digits");
  }

  @Test
  void whatIsWrittenIsReadAgainAndRepeatedElementsAreArrays() {
    DocNode document =
        DocNode.of(
            "Order",
            List.of(
                DocNode.text("ID", "PO-1"),
                DocNode.text("Row", "only").with("x", "1"),
                DocNode.text("Twice", "1"),
                DocNode.text("Twice", "2")));

    Map<String, Object> written =
        JsonTree.write(document, (above, name) -> above.equals("Order") && name.equals("Row"));

    assertThat(JSON.writeValueAsString(written))
        .isEqualTo(
            "{\"Order\":{\"ID\":\"PO-1\",\"Row\":[{\"@x\":\"1\",\"$\":\"only\"}],"
                + "\"Twice\":[\"1\",\"2\"]}}");
    assertThat(JsonTree.read(written)).isEqualTo(new DocReading.Whole(document));
  }

  private static List<Integer> many() {
    return Collections.nCopies(Budget.MAX_NODES, 1);
  }

  private static DocNode whole(String json) {
    DocReading reading = JsonTree.read(JSON.readValue(json, Object.class));
    assertThat(reading).isInstanceOf(DocReading.Whole.class);
    return ((DocReading.Whole) reading).root();
  }

  private static DocFault fault(Object json) {
    DocReading reading = JsonTree.read(json);
    assertThat(reading).isInstanceOf(DocReading.Broken.class);
    return ((DocReading.Broken) reading).fault();
  }
}
