package io.linewright.oee.app.compute;

import static io.linewright.oee.app.PlantEvents.sample;
import static io.linewright.oee.app.compute.ComputedPlant.DAY;
import static io.linewright.oee.app.compute.ComputedPlant.HOUR;
import static io.linewright.oee.app.compute.ComputedPlant.SECOND;
import static io.linewright.oee.app.compute.ComputedPlant.cells;
import static io.linewright.oee.app.compute.ComputedPlant.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.element.Cell;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results come, stay as they are, and become others where something that decides about them did.
 */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class ComputeFlowTest {

  private static final String AREA = "acme/graz/compute-";

  /** 06:00 some days ago. */
  private final long six = (Instant.now().getEpochSecond() * SECOND / DAY - 5) * DAY + 6 * HOUR;

  private TestTokens tokens;
  private OeeUnderTest oee;
  private PlantEvents plant;
  private ComputedPlant results;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.service.instance=compute",
            "linewright.oee.quiet=0s");
    results = new ComputedPlant(oee, tokens);
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void whatIsKeptIsWhatWasComputed() {
    String mill = AREA + "round/line-1/mill";
    results.threeShifts(AREA + "round");
    twoDays(mill, six);
    Machine machine = oee.machine(mill);
    Span days = new Span(six, six + 2 * DAY);

    assertThat(results.work(soon())).isPositive();

    List<Cell> kept = cells(results.kept(machine, days));
    assertThat(kept).isEqualTo(results.computed(machine, days));
    assertThat(kept).hasSizeGreaterThan(6);
    assertThat(kept).anySatisfy(cell -> assertThat(cell.key().order()).isEqualTo("PO-1"));
    assertThat(kept)
        .anySatisfy(cell -> assertThat(cell.elements().absorbedMicros()).isPositive())
        .anySatisfy(cell -> assertThat(cell.elements().energy().total().units()).isGreaterThan(1));
    assertThat(sum(kept).stops()).isPositive();
    Span part = new Span(six + HOUR, six + DAY + 3 * HOUR);
    assertThat(sum(results.answered(machine, part)))
        .isEqualTo(sum(results.computed(machine, part)));
    assertThat(results.work(soon())).as("nothing is left to do").isZero();
  }

  @Test
  void aLateEventBehindTheBoundIsSeenInFrontOfItBeforeAnyWorkerCame() {
    String mill = AREA + "bound/line-1/mill";
    results.threeShifts(AREA + "bound");
    long ten = six + 16 * HOUR;
    plant.state(mill, six, "RUNNING");
    plant.state(mill, ten - 6 * SECOND, "DOWN");
    plant.state(mill, ten + 8 * SECOND, "RUNNING");
    plant.complete(mill, ten + 30 * SECOND);
    oee.await(mill, 3);
    Machine machine = oee.machine(mill);
    Awaitility.await().until(() -> oee.devices().completeUntil(machine.id()).isPresent());
    results.work(ten + 60 * SECOND);
    Span late = new Span(ten - 8 * HOUR, ten);
    Cell before = results.kept(machine, late).getFirst().cell();
    assertThat(before.elements().times().of(TimeCategory.PRODUCTION))
        .isEqualTo(8 * HOUR - 6 * SECOND);

    plant.state(mill, ten + 2 * SECOND, "RUNNING");
    oee.await(mill, 4);

    assertThat(cells(results.kept(machine, late))).containsExactly(before);
    Cell answer = results.answered(machine, late).getFirst();
    assertThat(answer.elements().times().of(TimeCategory.PRODUCTION)).isEqualTo(8 * HOUR);
    assertThat(results.answered(machine, late)).isEqualTo(results.computed(machine, late));

    results.work(soon());
    assertThat(cells(results.kept(machine, late))).containsExactly(answer);
    assertThat(oee.marks(machine)).isEmpty();
    assertThat(results.versions(machine, new Span(six, ten)))
        .isEqualTo(Map.of(six, 1, ten - 8 * HOUR, 2));
  }

  @Test
  void aStopThatGoesOnIsJudgedAgainWhenItIsOver() {
    String mill = AREA + "open/line-1/mill";
    results.threeShifts(AREA + "open");
    long ten = six + 16 * HOUR;
    plant.state(mill, six, "RUNNING");
    plant.state(mill, ten - 4 * SECOND, "DOWN");
    plant.complete(mill, ten + 5 * SECOND);
    oee.await(mill, 2);
    Machine machine = oee.machine(mill);
    Awaitility.await().until(() -> oee.devices().completeUntil(machine.id()).isPresent());
    results.work(ten + 6 * SECOND);
    assertThat(oee.marks(machine)).extracting(mark -> mark.cause()).containsExactly("open");

    plant.state(mill, ten + HOUR, "RUNNING");
    plant.complete(mill, ten + HOUR + SECOND);
    oee.await(mill, 3);
    Awaitility.await()
        .until(() -> oee.devices().completeUntil(machine.id()).orElse(0) > ten + HOUR);
    Span late = new Span(ten - 8 * HOUR, ten);
    assertThat(results.answered(machine, late)).isEqualTo(results.computed(machine, late));
    oee.jdbc().sql("UPDATE mark SET added_at = added_at - interval '1 hour'").update();
    results.work(soon());

    assertThat(oee.marks(machine)).isEmpty();
    Cell judged = results.kept(machine, late).getFirst().cell();
    assertThat(judged.elements().times().of(TimeCategory.PRODUCTION))
        .isEqualTo(8 * HOUR - 4 * SECOND);
  }

  @Test
  void aShiftIsToldOnceAndItsCorrectionOnceAndOnlyTheTouchedCellHasANewVersion() {
    String line = AREA + "told/line-1";
    results.threeShifts(AREA + "told");
    for (String name : List.of("/mill", "/press")) {
      twoDays(line + name, six);
    }
    Machine mill = oee.machine(line + "/mill");
    Machine press = oee.machine(line + "/press");
    Span days = new Span(six, six + 2 * DAY);
    results.work(soon());
    // The last state holds for an hour, in a third day.
    assertThat(told(line)).hasSize(9).allSatisfy(row -> assertThat(row).endsWith("@1 closed"));
    Map<Long, Integer> cells = results.versions(mill, days);
    Map<Long, Integer> others = results.versions(press, days);

    plant.good(line + "/mill", six + DAY + 30 * SECOND, 100_000);
    Awaitility.await().until(() -> !oee.marks(mill).isEmpty());
    results.work(soon());

    assertThat(told(line)).hasSize(10).last().asString().endsWith("early@2 late-data");
    cells.put(six + DAY, 2);
    assertThat(results.versions(mill, days)).isEqualTo(cells);
    assertThat(results.versions(press, days)).isEqualTo(others);
    assertThat(results.answered(mill, days)).isEqualTo(results.computed(mill, days));
    String early = Times.day(six + DAY) + "/early";
    JsonNode versions = oee.get("/api/v1/oee/versions?line=" + line + "&shift=" + early);
    assertThat(versions.get("versions")).hasSize(2);
    assertThat(versions.get("versions").get(0).get("cause").asString()).isEqualTo("late-data");
    assertThat(
            oee.jdbc()
                .sql("SELECT count(*) FROM outbox_sequence WHERE key = ? AND last = 10")
                .param(line)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void computingEverythingAgainWritesNothingIfNothingHasChanged() {
    String line = AREA + "again/line-1";
    results.threeShifts(AREA + "again");
    twoDays(line + "/mill", six);
    Machine mill = oee.machine(line + "/mill");
    results.work(soon());
    List<String> told = told(line);
    var kept = results.kept(mill, new Span(six, six + 2 * DAY));
    String key = UUID.randomUUID().toString();
    JsonNode taken = recompute(line, key, 202);
    assertThat(recompute(line, key, 200)).isEqualTo(taken);
    recompute(AREA + "told", key, 422);
    assertThat(taken.get("state").asString()).isEqualTo("running");
    assertThat(taken.get("machineDays").asInt()).isBetween(3, 5);

    assertThat(results.work(soon())).isZero();

    JsonNode done = oee.get("/api/v1/oee/recomputations/" + taken.get("id").asString());
    assertThat(done.get("state").asString()).isEqualTo("done");
    assertThat(done.get("done")).isEqualTo(done.get("machineDays"));
    assertThat(oee.marks(mill)).isEmpty();
    assertThat(results.kept(mill, new Span(six, six + 2 * DAY))).isEqualTo(kept);
    assertThat(told(line)).isEqualTo(told);
  }

  @Test
  void aMachineThatFellSilentHasNoCellsOfLaterDays() {
    String mill = AREA + "silent/line-1/mill";
    results.threeShifts(AREA + "silent");
    plant.state(mill, six + HOUR, "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    results.work(six + 4 * DAY);

    Span days = new Span(six, six + 3 * DAY);
    List<Cell> kept = cells(results.kept(machine, days));
    assertThat(kept).hasSize(3);
    assertThat(sum(kept).times().of(TimeCategory.PRODUCTION)).isEqualTo(HOUR);
    assertThat(results.answered(machine, days)).isEqualTo(results.computed(machine, days));
    assertThat(sum(results.answered(machine, days)).times().of(TimeCategory.PENDING)).isZero();

    plant.state(mill, six + 10 * HOUR, "DOWN");
    oee.await(mill, 2);
    assertThat(sum(results.answered(machine, days)))
        .isEqualTo(sum(results.computed(machine, days)));
    results.work(soon());
    assertThat(cells(results.kept(machine, days)))
        .isEqualTo(results.computed(machine, days).subList(0, 3));
  }

  @Test
  void aCounterThatBeginsLaterDecidesAboutTheDayBefore() {
    String mill = AREA + "begins/line-1/mill";
    results.threeShifts(AREA + "begins");
    plant.announceTag(mill, "good", "good-count", six);
    for (int hour = 0; hour < 60; hour++) {
      plant.state(mill, six + hour * HOUR, "RUNNING");
    }
    oee.await(mill, 60);
    Machine machine = oee.machine(mill);
    results.work(soon());
    Span days = new Span(six, six + 2 * DAY);
    plant.good(mill, six + 40 * HOUR, 7);
    oee.await(mill, 61);

    assertThat(results.answered(machine, days)).isEqualTo(results.computed(machine, days));
    results.work(soon());
    assertThat(cells(results.kept(machine, days))).isEqualTo(results.computed(machine, days));
  }

  private JsonNode recompute(String equipment, String key, int status) {
    var answer =
        oee.send(
            "POST",
            "/api/v1/oee/recomputations",
            tokens.token("admin"),
            "{\"equipment\": \"%s\", \"from\": \"2000-01-01T00:00:00Z\", \"to\": \"2100-01-01T00:00:00Z\"}"
                .formatted(equipment),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** When whatever was marked until now may be computed. */
  private static long soon() {
    return (Instant.now().getEpochSecond() + 1) * SECOND;
  }

  /** Two days of all that a machine may tell, one event in about three minutes. */
  private void twoDays(String machine, long from) {
    int events = 0;
    long good = 0;
    for (int i = 0; i < 960; i++) {
      long at = from + i * 180 * SECOND;
      String state = i % 40 == 7 ? "DOWN" : i % 11 == 3 ? "READY" : "RUNNING";
      plant.queue(
          plant.told(
              machine, "state", TagRole.MACHINE_STATE, sample(at, SampleValue.of(state)), false));
      if (i % 11 == 3) {
        plant.queue(
            plant.told(
                machine,
                "state",
                TagRole.MACHINE_STATE,
                sample(at + 4 * SECOND, SampleValue.of("RUNNING")),
                false));
        events++;
      }
      good += i % 5;
      plant.queue(
          plant.told(machine, "good", TagRole.GOOD_COUNT, sample(at, SampleValue.of(good)), false));
      plant.energy(machine, at, 100 + i * 0.1);
      events += 3;
      if (i % 300 == 50) {
        plant.queue(
            plant.told(
                machine,
                "order",
                TagRole.ORDER,
                sample(at, SampleValue.of("PO-" + (1 + i / 300))),
                false));
        events++;
      }
    }
    plant.flush();
    oee.await(machine, events);
  }

  /** What was told of a line's shifts, in that order. */
  private List<String> told(String line) {
    return oee.jdbc()
        .sql(
            "SELECT s.plant_day || '/' || s.name || '@' || r.version || ' ' || r.cause"
                + " FROM shift_result r JOIN shift s USING (shift_no) JOIN line l USING (line_id)"
                + " WHERE l.path = ? ORDER BY r.version, s.starts")
        .param(line)
        .query(String.class)
        .list();
  }
}
