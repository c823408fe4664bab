package io.linewright.oee.app.compute;

import static io.linewright.oee.app.compute.ComputedPlant.DAY;
import static io.linewright.oee.app.compute.ComputedPlant.HOUR;
import static io.linewright.oee.app.compute.ComputedPlant.SECOND;
import static io.linewright.oee.app.compute.ComputedPlant.cells;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.oee.app.OeeServiceApplication;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;

/** Whoever dies while it computes, and whoever computes beside others, leaves what events say. */
@ExtendWith(TestServers.class)
class ComputeKilledAndSharedTest {

  private static final int MACHINES = 6;

  /** 06:00 some days ago. */
  private final long six = (Instant.now().getEpochSecond() * SECOND / DAY - 4) * DAY + 6 * HOUR;

  /** As a kill does it: no code after it runs, the transaction is gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(strings = {"between-compute-and-write", "between-compute-and-commit"})
  void aRoundThatDiesLeavesNothingBehind(String point, TestKafka kafka, TestPostgres postgres)
      throws Exception {
    OeeUnderTest.topics(kafka);
    String line = "acme/graz/died-" + point + "/line-1";
    FaultPoints faults =
        new FaultPoints(
            Map.of(point, 1L),
            () -> {
              throw new Killed();
            });
    var builder =
        OeeServiceApplication.builder()
            .initializers(
                context ->
                    ((GenericApplicationContext) context)
                        .registerBean(
                            "drill",
                            FaultPoints.class,
                            () -> faults,
                            bean -> bean.setPrimary(true)));
    try (TestTokens tokens = TestTokens.start();
        PlantEvents events = new PlantEvents(kafka.bootstrapServers());
        OeeUnderTest oee =
            OeeUnderTest.start(
                builder,
                kafka,
                postgres.createDatabase(),
                tokens,
                "linewright.service.instance=" + point,
                "linewright.oee.quiet=0s")) {
      ComputedPlant plant = new ComputedPlant(oee, tokens);
      plant.threeShifts("acme/graz/died-" + point);
      events.state(line + "/mill", six, "RUNNING");
      events.state(line + "/mill", six + 30 * HOUR, "DOWN");
      oee.await(line + "/mill", 2);
      Machine mill = oee.machine(line + "/mill");

      assertThatThrownBy(() -> plant.work(six + 3 * DAY)).isInstanceOf(Killed.class);
      assertThat(oee.number("SELECT count(*) FROM cell")).isZero();
      assertThat(oee.number("SELECT count(*) FROM machine WHERE computed_until > '-infinity'"))
          .isZero();

      plant.work(six + 3 * DAY);
      Span days = new Span(six, six + 2 * DAY);
      assertThat(cells(plant.kept(mill, days))).isEqualTo(plant.computed(mill, days)).isNotEmpty();
      assertThat(oee.number("SELECT count(*) FROM shift_result")).isEqualTo(6);
      assertThat(oee.number("SELECT count(*) FROM shift_change")).isZero();
    }
  }

  @Test
  void everyAnswerIsWhatTheEventsSayWhileTwoInstancesComputeAndEventsPourIn(
      TestKafka kafka, TestPostgres postgres) throws Exception {
    OeeUnderTest.topics(kafka);
    String database = postgres.createDatabase();
    String line = "acme/graz/poured/line-1/mill-";
    Random random = new Random(7);
    String[] settings = {
      "linewright.oee.workers=2", "linewright.oee.quiet=0s", "linewright.oee.patience=1s"
    };
    try (TestTokens tokens = TestTokens.start();
        PlantEvents events = new PlantEvents(kafka.bootstrapServers());
        OeeUnderTest first =
            OeeUnderTest.start(kafka, database, tokens, with(settings, "poured-1"));
        OeeUnderTest second =
            OeeUnderTest.start(kafka, database, tokens, with(settings, "poured-2"))) {
      ComputedPlant plant = new ComputedPlant(first, tokens);
      ComputedPlant other = new ComputedPlant(second, tokens);
      plant.threeShifts("acme/graz/poured");
      Span days = new Span(six, six + 3 * DAY);
      for (int round = 0; round < 12; round++) {
        for (int i = 0; i < 200; i++) {
          String mill = line + random.nextInt(MACHINES);
          long at = six + random.nextLong(50 * 3600) * SECOND;
          if (random.nextInt(3) == 0) {
            events.good(mill, at, random.nextInt(10_000));
          } else {
            events.state(mill, at, List.of("RUNNING", "DOWN", "STARVED").get(random.nextInt(3)));
          }
        }
        for (int i = 0; i < MACHINES; i++) {
          Machine machine = first.machine(line + i);
          Span part = new Span(six + i * HOUR, six + DAY + round * HOUR);
          for (ComputedPlant one : List.of(plant, other)) {
            List<Object> both = one.both(machine, part);
            assertThat(both.getFirst()).isEqualTo(both.getLast());
          }
        }
      }
      Awaitility.await()
          .until(
              () ->
                  first.number("SELECT count(*) FROM mark") == 0
                      && first.number(
                              "SELECT count(*) FROM machine WHERE computed_until >= to_timestamp("
                                  + (six + 2 * DAY) / SECOND
                                  + ")")
                          == MACHINES
                      && first.number("SELECT count(*) FROM shift_change") == 0);
      IntStream.range(0, MACHINES)
          .mapToObj(i -> first.machine(line + i))
          .forEach(
              machine -> {
                Span kept = new Span(six, six + 2 * DAY);
                assertThat(cells(plant.kept(machine, kept)))
                    .isEqualTo(other.computed(machine, kept))
                    .isNotEmpty();
              });
    }
  }

  private static String[] with(String[] settings, String instance) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("linewright.service.instance=" + instance);
    return all.toArray(String[]::new);
  }
}
