package io.linewright.oee.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.document.DocNode;
import io.linewright.oee.document.DocReading;
import io.linewright.oee.document.JsonTree;
import io.linewright.oee.document.XmlReader;
import io.linewright.oee.document.XmlWriter;
import io.linewright.oee.element.Counts;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Failures;
import io.linewright.oee.element.IdealTimes;
import io.linewright.oee.element.Lack;
import io.linewright.oee.element.TimeSums;
import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.exchange.Performance.Part;
import io.linewright.oee.kpi.FailureDivisor;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.KpiScope;
import io.linewright.oee.kpi.KpiTable;
import io.linewright.oee.kpi.NoDataTreatment;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class PerformanceDocumentTest {

  private static final EquipmentPath LINE = EquipmentPath.parse("acme/graz/body/line-1");
  private static final EquipmentPath PRESS = LINE.child("press-01");
  private static final long BEGIN = micros("2026-03-29T04:00:00Z");
  private static final Span SHIFT = new Span(BEGIN, BEGIN + 28_800_000_000L);

  @Nested
  class BySchema {

    private static Schema schema;

    @BeforeAll
    static void unpack(@TempDir Path directory) throws Exception {
      schema = Schema.unpacked(directory);
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    void anOrderInAnyStateIsValid(OrderState state) {
      assertThat(schema.fault(XmlWriter.write(PerformanceDocument.of(order(state))))).isEmpty();
    }

    @Test
    void aShiftOfManyOrdersIsValid() {
      assertThat(schema.fault(XmlWriter.write(PerformanceDocument.of(shift())))).isEmpty();
    }

    @Test
    void whatLacksEverythingIsValid() {
      assertThat(schema.fault(XmlWriter.write(PerformanceDocument.of(nothingKnown())))).isEmpty();
    }

    @Test
    void aModuleBelowTheMachineIsValid() {
      Performance deep =
          performance(
              "shift:2026-03-29/early", null, null, part(PRESS.child("ram").child("pump"), null));

      assertThat(schema.fault(XmlWriter.write(PerformanceDocument.of(deep)))).isEmpty();
    }

    /** The schema would find it if the order of elements was another. */
    @Test
    void theSchemaSeesWrongOrder() {
      DocNode document = PerformanceDocument.of(shift());
      DocNode turned =
          new DocNode(
              document.name(),
              document.attributes(),
              document.text(),
              document.children().reversed());

      assertThat(schema.fault(XmlWriter.write(turned))).isPresent();
    }
  }

  @Test
  void itSaysWhatWasMadeAndHowWell() {
    DocNode document = PerformanceDocument.of(order(OrderState.COMPLETED));

    assertThat(at(document, "ID")).isEqualTo("perf/acme/graz/body/line-1/order:PO-1");
    assertThat(at(document, "Version")).isEqualTo("3");
    assertThat(at(document, "PublishedDate")).isEqualTo("2026-03-29T12:00:05.250Z");
    assertThat(at(document, "StartTime")).isEqualTo("2026-03-29T04:00:00Z");
    assertThat(at(document, "Endtime")).isEqualTo("2026-03-29T12:00:00Z");
    assertThat(at(document, "OperationsScheduleID")).isEqualTo("WEEK-13");
    DocNode response = document.first("OperationsResponse").orElseThrow();
    assertThat(at(response, "OperationsRequestID")).isEqualTo("PO-1");
    assertThat(at(response, "ResponseState")).isEqualTo("Completed");
    DocNode segment = response.first("SegmentResponse").orElseThrow();
    assertThat(scope(segment)).isEqualTo("acme/graz/body/line-1/press-01");
    assertThat(data(segment, "AVAILABILITY")).isEqualTo("0.875 1");
    assertThat(data(segment, "EFFECTIVENESS")).isEqualTo("0.8 1");
    assertThat(data(segment, "QUALITY_RATIO")).isEqualTo("0.95 1");
    assertThat(data(segment, "OEE_INDEX")).isEqualTo("0.665 1");
    assertThat(data(segment, "APT")).isEqualTo("25200 s");
    assertThat(data(segment, "PQ")).isEqualTo("5040 kg");
    assertThat(data(segment, "FE")).isEqualTo("2 1");
    assertThat(data(segment, "WORKER_EFFICIENCY"))
        .isEqualTo("worker efficiency|lacks attendance times of people; work times of people");
    DocNode equipment = segment.first("EquipmentActual").orElseThrow();
    assertThat(at(equipment, "EquipmentID")).isEqualTo("acme/graz/body/line-1/press-01");
    assertThat(equipment.all("Quantity").stream().map(q -> at(q, "Key") + " " + value(q)))
        .containsExactly("POT 28800 s", "PBT 28800 s", "AUBT 25200 s", "APT 25200 s");
    assertThat(segment.all("MaterialActual").stream().map(PerformanceDocumentTest::material))
        .containsExactly(
            "good P-100 L-7 Produced 4788 kg",
            "scrap P-100 L-7 Other/Scrap 252 kg",
            "rework P-100 L-7 Other/Rework 10.5 kg");
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    DocNode segment =
        PerformanceDocument.of(nothingKnown())
            .first("OperationsResponse")
            .flatMap(response -> response.first("SegmentResponse"))
            .orElseThrow();

    assertThat(segment.all("MaterialActual")).isEmpty();
    assertThat(segment.all("OperationsRequestID")).isEmpty();
    assertThat(segment.first("EquipmentActual").orElseThrow().all("Quantity")).isEmpty();
    assertThat(data(segment, "AVAILABILITY"))
        .isEqualTo("availability|lacks a tag with the state of each machine");
  }

  @Test
  void aStateThatNoResponseHasIsSaidAsAnotherOne() {
    DocNode state =
        PerformanceDocument.of(order(OrderState.CANCELLED))
            .first("OperationsResponse")
            .flatMap(response -> response.first("ResponseState"))
            .orElseThrow();

    assertThat(state.text()).isEqualTo("Other");
    assertThat(state.attributes()).containsExactly(Map.entry("OtherValue", "Cancelled"));
  }

  @Test
  void thereIsAResponseForEachOrderAndOneForNone() {
    assertThat(
            PerformanceDocument.of(shift()).all("OperationsResponse").stream()
                .map(response -> at(response, "ID") + " " + response.all("SegmentResponse").size()))
        .containsExactly(
            "perf/acme/graz/body/line-1/shift:2026-03-29/early/order:PO-1 2",
            "perf/acme/graz/body/line-1/shift:2026-03-29/early/order:PO-2 1",
            "perf/acme/graz/body/line-1/shift:2026-03-29/early/no-order 1");
  }

  @Test
  void asJsonItIsTheSame() {
    DocNode document = PerformanceDocument.of(shift());
    JsonMapper json = new JsonMapper();

    String written =
        json.writeValueAsString(JsonTree.write(document, PerformanceDocument::repeats));
    DocReading read = JsonTree.read(json.readValue(written, Object.class));

    assertThat(read).isInstanceOf(DocReading.Whole.class);
    assertThat(((DocReading.Whole) read).root().canonical()).isEqualTo(document.canonical());
    assertThat(XmlReader.read(XmlWriter.write(document))).isEqualTo(new DocReading.Whole(document));
    assertThat(json.readTree(written).at("/OperationsPerformance/OperationsResponse/1").isObject())
        .isTrue();
    assertThat(
            json.readTree(written)
                .at(
                    "/OperationsPerformance/OperationsResponse/1/SegmentResponse/0/EquipmentActual/0")
                .isObject())
        .isTrue();
  }

  @Test
  void aPerformanceIsOfItsLine() {
    assertThatThrownBy(
            () ->
                performance(
                    "shift:x",
                    null,
                    null,
                    part(EquipmentPath.parse("acme/graz/body/line-2"), null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line-2 is not part of acme/graz/body/line-1");
    assertThatThrownBy(() -> performance("shift:x", null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> performance("", null, null, part(PRESS, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Element names that documents have, after those that they are in. */
  static Set<String[]> everything() {
    List<String[]> pairs = new ArrayList<>();
    collect(PerformanceDocument.of(order(OrderState.OTHER)), pairs);
    return Set.copyOf(pairs);
  }

  private static void collect(DocNode node, List<String[]> pairs) {
    for (DocNode child : node.children()) {
      pairs.add(new String[] {node.name(), child.name()});
      collect(child, pairs);
    }
  }

  private static Performance order(OrderState state) {
    return performance("order:PO-1", "WEEK-13", state, part(PRESS, "PO-1"));
  }

  private static Performance shift() {
    return performance(
        "shift:2026-03-29/early",
        null,
        null,
        part(LINE, "PO-1"),
        part(PRESS, "PO-2"),
        part(PRESS, null),
        part(PRESS, "PO-1"));
  }

  private static Performance nothingKnown() {
    Elements elements =
        new Elements(
            TimeSums.NONE,
            0,
            Counts.NONE,
            IdealTimes.NONE,
            Quantity.ZERO,
            Quantity.ZERO,
            0,
            Failures.NONE,
            EnergyUse.NONE,
            EnumSet.allOf(Lack.class));
    return performance(
        "shift:2026-03-29/early",
        null,
        null,
        new Part(PRESS, null, null, null, UcumUnit.ONE, SHIFT, elements, kpis(elements)));
  }

  private static Performance performance(
      String about, @Nullable String schedule, @Nullable OrderState state, Part... parts) {
    return new Performance(
        LINE, about, 3, micros("2026-03-29T12:00:05.250Z"), SHIFT, schedule, state, List.of(parts));
  }

  private static Part part(EquipmentPath machine, @Nullable String order) {
    Counts counts =
        new Counts(
            Quantity.of(5_040),
            Quantity.of(4_788),
            Quantity.of(252),
            Quantity.of(10.5),
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            Quantity.ZERO,
            false);
    Elements elements =
        new Elements(
            new TimeSums(
                Map.of(
                    TimeCategory.PRODUCTION,
                    25_200_000_000L,
                    TimeCategory.BREAKDOWN,
                    3_600_000_000L)),
            0,
            counts,
            IdealTimes.of(counts, Duration.ofSeconds(4)),
            Quantity.ZERO,
            Quantity.ZERO,
            2,
            new Failures(2, 3_600_000_000L, 0, 0),
            EnergyUse.NONE,
            Set.of(Lack.ENERGY, Lack.INSPECTION));
    return new Part(
        machine, order, "P-100", "L-7", UcumUnit.parse("kg"), SHIFT, elements, kpis(elements));
  }

  private static List<io.linewright.oee.kpi.KpiValue> kpis(Elements elements) {
    return KpiTable.of(
        elements,
        KpiScope.NONE,
        new KpiOptions(FailureDivisor.values()[0], NoDataTreatment.values()[0]));
  }

  private static String at(DocNode node, String child) {
    return node.first(child).orElseThrow().text();
  }

  private static String scope(DocNode segment) {
    List<String> names = new ArrayList<>();
    for (Optional<DocNode> scope = segment.first("HierarchyScope");
        scope.isPresent();
        scope = scope.get().first("HierarchyScopeChild")) {
      names.add(at(scope.get(), "EquipmentID"));
    }
    return String.join("/", names);
  }

  private static String data(DocNode segment, String id) {
    DocNode data =
        segment.all("SegmentData").stream()
            .filter(node -> at(node, "ID").equals(id))
            .findFirst()
            .orElseThrow();
    return data.first("Value")
        .map(PerformanceDocumentTest::value)
        .orElseGet(
            () -> String.join("|", data.all("Description").stream().map(DocNode::text).toList()));
  }

  private static String value(DocNode node) {
    String text =
        node.first("ValueString").or(() -> node.first("QuantityString")).orElseThrow().text();
    return text + " " + at(node, "UnitOfMeasure");
  }

  private static String material(DocNode node) {
    DocNode use = node.first("MaterialUse").orElseThrow();
    String other = use.attributes().get("OtherValue");
    return String.join(
        " ",
        at(node, "ID"),
        at(node, "MaterialDefinitionID"),
        at(node, "MaterialLotID"),
        other == null ? use.text() : use.text() + "/" + other,
        value(node.first("Quantity").orElseThrow()));
  }

  private static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
