package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A shift of two machines, told by Kafka, asked for by REST: figures that can be reckoned by hand.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class FiguresFlowTest {

  private static final String LINE = "acme/graz/figures/line-1";
  private static final String PRESS = LINE + "/press-01";
  private static final String MILL = LINE + "/mill-01";
  private static final double EXACT = 1e-9;
  private static final long MINUTE = 60_000_000L;

  private final LocalDate day = Instant.now().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(3);
  private final long six = Times.micros(day.atTime(6, 0).toInstant(ZoneOffset.UTC));

  private TestTokens tokens;
  private OeeUnderTest oee;
  private PlantEvents plant;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=figures");
    masterData();
    tell();
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  private void masterData() {
    String yaml =
        """
        version: 1
        sites: [{path: acme/graz, zone: UTC}]
        calendars:
          early-only:
            day-starts: "00:00"
            shifts:
              early: {start: "06:00", end: "14:00", breaks: [{at: "10:00", length: 30m}]}
            pattern: {anchor: 2026-01-01, cycle: [[early]]}
        calendar-assignments: [{equipment: acme/graz, calendar: early-only}]
        ideal-cycles:
          - {equipment: %1$s, cycle: 6s}
        lines:
          - path: %2$s
            key-machine: %3$s
            stations: [{name: press, machines: [%1$s]}, {name: mill, machines: [%3$s]}]
        machine-rules:
          - {equipment: %2$s, counters: {start: zero}}
        """
            .formatted(PRESS, LINE, MILL);
    HttpResponse<String> answer =
        oee.send(
            "POST",
            "/api/v1/master-data",
            tokens.token("admin"),
            yaml,
            "Content-Type",
            "application/yaml",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("\"accepted\"");
  }

  /**
   * The press runs from 6 to 14 but for half an hour from 8 on, and for the break; it makes 3,600
   * items, 100 of them rejected. The mill waits for an hour from 8:30 on.
   */
  private void tell() {
    plant.state(PRESS, six, "RUNNING");
    plant.state(PRESS, at(120), "DOWN");
    plant.state(PRESS, at(150), "RUNNING");
    plant.good(PRESS, six, 0);
    plant.good(PRESS, at(60), 500);
    plant.good(PRESS, at(480), 3_500);
    reject(six, 0);
    reject(at(480), 100);
    plant.state(MILL, six, "RUNNING");
    plant.state(MILL, at(150), "STARVED");
    plant.state(MILL, at(210), "RUNNING");
    plant.good(MILL, at(480), 3_400);
    plant.complete(PRESS, at(1_200));
    plant.complete(MILL, at(1_200));
    oee.await(PRESS, 8);
    oee.await(MILL, 4);
  }

  private void reject(long micros, long reading) {
    plant.send(
        plant.told(
            PRESS,
            "reject",
            TagRole.REJECT_COUNT,
            PlantEvents.sample(micros, SampleValue.of(reading)),
            false));
  }

  @Test
  void theShiftOfAMachineIsWhatOneReckonsByHand() {
    JsonNode group = one("/api/v1/oee?equipment=" + PRESS + "&during=shift:" + day + "/early");

    assertThat(seconds(group, "production")).isEqualTo(420 * 60);
    assertThat(seconds(group, "breakdown")).isEqualTo(30 * 60);
    assertThat(seconds(group, "plannedStop")).isEqualTo(30 * 60);
    assertThat(seconds(group, "calendar")).isEqualTo(480 * 60);
    assertThat(element(group, "PBT")).isEqualTo(450 * 60);
    assertThat(element(group, "PQ")).isEqualTo(3_600);
    assertThat(element(group, "FE")).isEqualTo(1);
    assertThat(kpi(group, "availability")).isCloseTo(420.0 / 450, within(EXACT));
    assertThat(kpi(group, "effectiveness")).isCloseTo(6 * 3_600 / (420 * 60.0), within(EXACT));
    assertThat(kpi(group, "qualityRatio")).isCloseTo(3_500 / 3_600.0, within(EXACT));
    assertThat(kpi(group, "oeeIndex")).isCloseTo(6 * 3_500 / (450 * 60.0), within(EXACT));
    assertThat(kpi(group, "mttr")).isEqualTo(30 * 60);
    assertThat(group.get("provisional").asBoolean()).isFalse();
    assertThat(group.get("coverage").asDouble()).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownSaysWhatItLacksAndWhatIsDividedByZeroSaysSo() {
    JsonNode mill = one("/api/v1/oee?equipment=" + MILL + "&during=shift:" + day + "/early");
    JsonNode kpis = mill.get("kpis");

    assertThat(kpis.get("oeeIndex").get("value").isNull()).isTrue();
    assertThat(kpis.get("oeeIndex").get("lacks").toString())
        .contains("ideal cycle", "counter of all items");
    assertThat(kpis.get("mttr").get("notDefined").asString()).contains("FE is 0");
    assertThat(kpis.get("workerEfficiency").get("lacks").toString()).contains("attendance");
    assertThat(kpis).hasSize(35);
  }

  @Test
  void aLineIsTheSumOfItsMachinesAndByItsKeyMachineThat() {
    String shift = "&during=shift:" + day + "/early";
    JsonNode line = one("/api/v1/oee?equipment=" + LINE + shift);
    JsonNode machines = oee.get("/api/v1/oee?equipment=" + LINE + shift + "&by=machine");
    JsonNode key = one("/api/v1/oee?equipment=" + LINE + shift + "&basis=key-machine");

    assertThat(seconds(line, "production")).isEqualTo((420 + 390) * 60);
    assertThat(seconds(line, "starved")).isEqualTo(60 * 60);
    assertThat(machines.get("groups"))
        .extracting(group -> group.get("keys").get("machine").asString())
        .containsExactly(MILL, PRESS);
    assertThat(seconds(key, "production")).isEqualTo(390 * 60);
  }

  @Test
  void hoursOfTheShiftDivideIt() {
    JsonNode answer =
        oee.get("/api/v1/oee?equipment=" + PRESS + "&during=shift:" + day + "/early&by=hour");
    List<Double> produced = new ArrayList<>();
    double busy = 0;
    for (JsonNode hour : answer.get("groups")) {
      produced.add(element(hour, "PQ"));
      busy += element(hour, "PBT");
    }
    assertThat(produced).containsExactly(500.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3_100.0);
    assertThat(busy).isEqualTo(450 * 60);
    assertThat(answer.get("groups").get(2).get("keys").get("hour").asString())
        .isEqualTo(day + "T08:00:00.000000Z");
  }

  @Test
  void theWaterfallOfADayClosesAtTheIndex() {
    JsonNode losses =
        oee.get("/api/v1/oee/losses?equipment=" + PRESS + "&during=day:" + day)
            .get("groups")
            .get(0);
    double remaining = losses.get("calendarSeconds").asDouble();
    assertThat(remaining).isEqualTo(86_400);
    for (JsonNode step : losses.get("steps")) {
      remaining -= step.get("seconds").asDouble();
      assertThat(step.get("remaining").asDouble()).isCloseTo(remaining, within(1e-6));
    }
    assertThat(remaining).isCloseTo(6 * 3_500, within(1e-6));
    assertThat(losses.get("sixBigLosses").get("breakdown").asDouble()).isEqualTo(30 * 60);
  }

  @Test
  void slicesOfADayTouchAndFillIt() {
    JsonNode slices =
        oee.get("/api/v1/time-slices?machine=" + PRESS + "&during=day:" + day).get("slices");
    String end = day + "T00:00:00.000000Z";
    List<String> categories = new ArrayList<>();
    for (JsonNode slice : slices) {
      assertThat(slice.get("from").asString()).isEqualTo(end);
      end = slice.get("to").asString();
      categories.add(slice.get("category").asString());
    }
    assertThat(end).isEqualTo(day.plusDays(1) + "T00:00:00.000000Z");
    assertThat(categories)
        .containsExactly(
            "unscheduled",
            "production",
            "breakdown",
            "production",
            "planned-stop",
            "production",
            "unscheduled");
    JsonNode page =
        oee.get("/api/v1/time-slices?machine=" + PRESS + "&during=day:" + day + "&limit=3");
    JsonNode rest =
        oee.get(
            "/api/v1/time-slices?machine="
                + PRESS
                + "&during=day:"
                + day
                + "&cursor="
                + page.get("next").asString());
    assertThat(page.get("slices")).hasSize(3);
    assertThat(rest.get("slices")).hasSize(4);
    assertThat(rest.get("slices").get(0)).isEqualTo(slices.get(3));
  }

  @Test
  void statesOfATagAreCountedWhateverTheCalendarSays() {
    JsonNode times =
        oee.get(
            "/api/v1/state-times?machine="
                + PRESS
                + "&from="
                + Rfc3339.format(six)
                + "&to="
                + Rfc3339.format(at(480)));
    assertThat(times.get("tag").asString()).isEqualTo("state");
    assertThat(times.get("transitions").asInt()).isEqualTo(2);
    assertThat(times.get("states").get(1).get("state").asString()).isEqualTo("RUNNING");
    assertThat(times.get("states").get(1).get("seconds").asDouble()).isEqualTo(450 * 60);
    assertThat(times.get("states").get(1).get("plannedBusySeconds").asDouble()).isEqualTo(420 * 60);
    assertThat(times.get("states").get(1).get("occurrences").asInt()).isEqualTo(2);
  }

  @Test
  void whatMachinesDoNowIsTold() {
    String now = LINE + "/now-01";
    long before = Times.micros(Instant.now()) - MINUTE;
    plant.state(now, before, "RUNNING");
    plant.good(now, before, 7);
    plant.good(now, before + 1_000_000, 9);
    oee.await(now, 3);
    JsonNode machine = oee.get("/api/v1/oee/current?equipment=" + now).get("machines").get(0);
    assertThat(machine.get("state").asString()).isEqualTo("RUNNING");
    assertThat(machine.get("readings").get(0).get("value").asDouble()).isEqualTo(9);
  }

  @Test
  void unclearQuestionsAreRefusedWithAReason() {
    assertThat(problem("/api/v1/oee?equipment=" + PRESS)).contains("during=shift:current");
    assertThat(problem("/api/v1/oee?equipment=acme/nowhere&during=day:" + day))
        .contains("unknown-equipment", "/api/v1/oee/progress");
    assertThat(problem("/api/v1/oee?equipment=" + PRESS + "&during=shift:" + day + "/night"))
        .contains("unknown-range", "night");
    assertThat(problem("/api/v1/oee?during=day:" + day + "&by=colour"))
        .contains("by must be one of", "machine", "shift");
    assertThat(
            problem(
                "/api/v1/oee?equipment="
                    + PRESS
                    + "&from=1999-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"))
        .contains("too-much-to-compute");
  }

  private String problem(String path) {
    HttpResponse<String> answer = oee.send("GET", path, tokens.token("viewer"), "");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    return answer.body();
  }

  private JsonNode one(String path) {
    JsonNode groups = oee.get(path).get("groups");
    assertThat(groups).as(path).hasSize(1);
    return groups.get(0);
  }

  private long at(int minutes) {
    return six + minutes * MINUTE;
  }

  private static double seconds(JsonNode group, String category) {
    return group.get("times").get(category).asDouble();
  }

  private static double element(JsonNode group, String name) {
    return group.get("elements").get(name).asDouble();
  }

  private static double kpi(JsonNode group, String name) {
    return group.get("kpis").get(name).get("value").asDouble();
  }
}
