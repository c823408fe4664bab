package io.linewright.oee.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.linewright.oee.element.Elements;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Published worked examples, and the answers of constructed shifts, to 1e-9. */
class OracleTest {

  private static final double EXACT = 1e-9;

  @Test
  void thePublishedExampleOfVorne() {
    JsonNode example = published("vorne");
    double run = 60 * (number(example, "planned_min") - number(example, "stop_min"));
    Elements e =
        Oracles.shift(
            Map.of(
                TimeCategory.PRODUCTION, run,
                TimeCategory.UNEXPLAINED, 60 * number(example, "stop_min"),
                TimeCategory.PLANNED_STOP, 60 * 60.0),
            number(example, "ideal_cycle_s"),
            number(example, "total"),
            number(example, "total") - number(example, "reject"));
    assertThat(e.times().of(IsoElement.POT)).isEqualTo(480L * 60_000_000);
    assertThat(run).isEqualTo(number(example.get("recomputed"), "run_time"));
    compare(example, e);
  }

  @Test
  void thePublishedExampleOfWaycalculator() {
    JsonNode example = published("waycalculator");
    double run = 60 * number(example, "run_min");
    Elements e =
        Oracles.shift(
            Map.of(
                TimeCategory.PRODUCTION,
                run,
                TimeCategory.BREAKDOWN,
                60 * number(example, "planned_min") - run),
            60 * number(example, "ideal_cycle_min"),
            number(example, "total"),
            number(example, "good"));
    compare(example, e);
  }

  @Test
  void thePublishedExampleOfWillmott() {
    JsonNode example = published("tpm-willmott-availability-performance");
    double stops = 60 * number(example, "unplanned_stops_min");
    double changeover = 60 * number(example, "changeover_min");
    double run = 60 * number(example, "planned_min") - stops - changeover;
    Elements e =
        Oracles.shift(
            Map.of(
                TimeCategory.PRODUCTION, run,
                TimeCategory.BREAKDOWN, stops,
                TimeCategory.SETUP, changeover),
            60 * number(example, "standard_cycle_min"),
            number(example, "completed_cycles"),
            number(example, "completed_cycles"));
    assertThat(run / 60).isEqualTo(number(example.get("published"), "uptime"));
    assertThat(value(Kpi.AVAILABILITY, e)).isCloseTo(783.0 / 910, within(EXACT));
    assertThat(value(Kpi.EFFECTIVENESS, e)).isCloseTo(203.0 / 261, within(EXACT));
    printed(example, "availability", value(Kpi.AVAILABILITY, e));
    printed(example, "performance", value(Kpi.EFFECTIVENESS, e));
  }

  @TestFactory
  List<DynamicTest> constructed() {
    JsonNode answers = Oracles.read("constructed_answers.json");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode shift : Oracles.read("constructed_cases.json")) {
      String id = shift.get("id").asString();
      JsonNode answer = answers.get(id);
      tests.add(dynamicTest(id, () -> compareShift(answer, Oracles.constructed(shift, answer))));
    }
    assertThat(tests).hasSize(6);
    return tests;
  }

  private static void compareShift(JsonNode answer, Elements e) {
    assertThat(e.times().of(IsoElement.PBT))
        .isEqualTo(answer.get("planned_s").asLong() * 1_000_000);
    Map.of(
            Kpi.AVAILABILITY, "availability",
            Kpi.EFFECTIVENESS, "performance",
            Kpi.QUALITY_RATIO, "quality",
            Kpi.OEE_INDEX, "oee",
            Kpi.MTTR, "mttr_s",
            Kpi.MTBF, "mtbf_s_run_time_per_failure")
        .forEach(
            (kpi, name) ->
                assertThat(value(kpi, e)).as(name).isCloseTo(number(answer, name), within(EXACT)));
  }

  private static void compare(JsonNode example, Elements e) {
    Map.of(
            Kpi.AVAILABILITY, "availability",
            Kpi.EFFECTIVENESS, "performance",
            Kpi.QUALITY_RATIO, "quality",
            Kpi.OEE_INDEX, "oee")
        .forEach(
            (kpi, name) -> {
              double value = value(kpi, e);
              assertThat(value)
                  .as(name)
                  .isCloseTo(number(example.get("recomputed"), name), within(EXACT));
              printed(example, name, value);
            });
  }

  /** Within one of the last printed digit: 203/261 = 77.78 % is printed 77.7, 79.17 % as 79.1. */
  private static void printed(JsonNode example, String name, double value) {
    String text = example.get("published").get(name).asString().replace(" %", "");
    int point = text.indexOf('.');
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    assertThat(100 * value)
        .as(name)
        .isCloseTo(Double.parseDouble(text), within(Math.pow(10, -decimals)));
  }

  private static JsonNode published(String id) {
    for (JsonNode example : Oracles.read("published_examples.json").get("published")) {
      if (example.get("id").asString().equals(id)) {
        return example;
      }
    }
    throw new IllegalArgumentException("there is no example " + id);
  }

  private static double value(Kpi kpi, Elements e) {
    KpiValue value = KpiTable.of(kpi, e, KpiScope.NONE, KpiOptions.DEFAULT);
    return ((KpiValue.Defined) value).value();
  }

  private static double number(JsonNode node, String field) {
    return node.get(field).asDouble();
  }
}
