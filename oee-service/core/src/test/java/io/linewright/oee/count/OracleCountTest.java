package io.linewright.oee.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linewright.oee.count.CounterRules.Rate;
import io.linewright.oee.count.CounterRules.Start;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The counters of the constructed shift logs, with the totals that were printed with them. */
class OracleCountTest {

  private static final TrackName TOTAL = new TrackName(TrackKind.TOTAL, "counter_total");
  private static final TrackName SCRAP = new TrackName(TrackKind.REJECT, "counter_scrap");

  @BeforeEach
  void theCasesAreThere() {
    assumeTrue(
        Files.isRegularFile(directory().resolve("constructed_cases.json")),
        () -> "no cases in " + directory() + "; LINEWRIGHT_DATA names their parent");
  }

  @TestFactory
  Stream<DynamicTest> theTotalsAreThePrintedOnes() {
    JsonMapper json = new JsonMapper();
    JsonNode cases = json.readTree(directory().resolve("constructed_cases.json"));
    JsonNode answers = json.readTree(directory().resolve("constructed_answers.json"));
    assertThat(cases.size()).isEqualTo(6);
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : cases) {
      String id = one.get("id").asString();
      JsonNode answer = answers.get(id);
      tests.add(
          DynamicTest.dynamicTest(
              id,
              () ->
                  check(
                      one,
                      Quantity.of(answer.get("total").asLong()),
                      Quantity.of(answer.get("scrap").asLong()))));
    }
    return tests.stream();
  }

  private static void check(JsonNode one, Quantity total, Quantity scrap) {
    long from = micros(one.get("shift_start").asString());
    Span shift = new Span(from, from + one.get("shift_s").asLong() * 1_000_000);
    OptionalLong ideal =
        OptionalLong.of((long) (one.get("ideal_cycle_s").asDouble() * 1_000_000_000L));
    Map<TrackName, List<Reading>> readings = new HashMap<>();
    for (JsonNode event : one.get("events")) {
      String type = event.get("type").asString();
      if (!type.equals("state")) {
        readings
            .computeIfAbsent(type.equals(TOTAL.tag()) ? TOTAL : SCRAP, name -> new ArrayList<>())
            .add(new Reading(micros(event.get("ts").asString()), 0, event.get("value").asDouble()));
      }
    }
    Counting zero =
        Counting.always(
            new CounterRules(
                Start.ZERO,
                OptionalLong.empty(),
                Optional.of(new Rate(20, Quantity.of(50))),
                Duration.ZERO,
                Quantity.of(1)),
            ideal);
    for (int seed = 0; seed < 20; seed++) {
      Map<TrackName, Readings> needed = new HashMap<>();
      for (Map.Entry<TrackName, List<Reading>> of : readings.entrySet()) {
        Collections.shuffle(of.getValue(), new Random(seed));
        needed.put(of.getKey(), Readings.of(shift, of.getValue()));
      }
      CountLedger ledger = CountLedger.of(shift, needed, zero, List.of());
      assertThat(ledger.sums()).isEqualTo(Map.of(CountKind.TOTAL, total, CountKind.REJECT, scrap));
      assertThat(ledger.facts()).allMatch(CounterFact.Reset.class::isInstance);
    }
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(time).toInstant());
  }

  private static Path directory() {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    return Path.of(root).resolve(data).resolve("oee_oracles").toAbsolutePath().normalize();
  }
}
