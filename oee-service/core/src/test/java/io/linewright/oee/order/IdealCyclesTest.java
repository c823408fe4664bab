package io.linewright.oee.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdealCyclesTest {

  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");
  private static final EquipmentPath OTHER = EquipmentPath.parse("acme/graz/body/line-1/press-02");

  private final IdealCycles cycles =
      new IdealCycles(
          List.of(
              cycle("A", "acme/graz/body/line-1/press-01", 4, 0),
              cycle("A", "acme/graz", 6, 0),
              cycle("B", "acme/graz", 7, 0),
              cycle(null, "acme/graz/body/line-1/press-01", 5, 0),
              cycle(null, "acme/graz/body", 9, 0)));

  @Test
  void theProductAtTheNearestEquipmentIsBest() {
    assertThat(seconds(cycles, PRESS, "A", 0)).hasValue(4L);
    assertThat(seconds(cycles, OTHER, "A", 0)).hasValue(6L);
  }

  @Test
  void theProductFarAwayIsBetterThanAnyAtTheMachine() {
    assertThat(seconds(cycles, PRESS, "B", 0)).hasValue(7L);
  }

  @Test
  void withoutTheProductAnyHolds() {
    assertThat(seconds(cycles, PRESS, "C", 0)).hasValue(5L);
    assertThat(seconds(cycles, PRESS, null, 0)).hasValue(5L);
    assertThat(seconds(cycles, OTHER, "C", 0)).hasValue(9L);
    assertThat(seconds(cycles, EquipmentPath.parse("acme/linz/x/y/z"), "A", 0)).isEmpty();
  }

  @Test
  void theLatestThatHasBegunHolds() {
    IdealCycles two =
        new IdealCycles(
            List.of(
                cycle("A", "acme/graz", 6, 100),
                cycle("A", "acme/graz", 5, 200),
                cycle("A", "acme/graz/body", 4, 300)));
    assertThat(seconds(two, PRESS, "A", 99)).isEmpty();
    assertThat(seconds(two, PRESS, "A", 100)).hasValue(6L);
    assertThat(seconds(two, PRESS, "A", 199)).hasValue(6L);
    assertThat(seconds(two, PRESS, "A", 200)).hasValue(5L);
    assertThat(seconds(two, PRESS, "A", 300)).hasValue(4L);
  }

  @Test
  void theShortestIsThatOfTheProductThatIsQuickest() {
    assertThat(cycles.shortest(PRESS, 0)).hasValue(Duration.ofSeconds(4));
    assertThat(cycles.shortest(OTHER, 0)).hasValue(Duration.ofSeconds(6));
    assertThat(cycles.shortest(OTHER, -1)).isEmpty();
    // What is quicker above is not asked where there is one at the machine.
    assertThat(
            new IdealCycles(
                    List.of(
                        cycle("A", "acme/graz/body/line-1/press-01", 4, 0),
                        cycle("A", "acme/graz", 1, 0)))
                .shortest(PRESS, 0))
        .hasValue(Duration.ofSeconds(4));
  }

  @Test
  void theOrderOfTheListDoesNotMatterAndTheShortestIsOneOfTheAnswers() {
    List<String> places =
        List.of(
            "acme",
            "acme/graz",
            "acme/graz/body/line-1/press-01",
            "acme/graz/body/line-1/press-02");
    Seeded.check(
        2_000,
        random -> {
          List<IdealCycle> list = new ArrayList<>();
          for (String place : places) {
            for (String product : new String[] {"A", "B", null}) {
              for (int from = 0; from < 4; from++) {
                if (random.nextInt(3) == 0) {
                  list.add(cycle(product, place, 1 + random.nextInt(9), from));
                }
              }
            }
          }
          IdealCycles one = new IdealCycles(list);
          Collections.shuffle(list, new Random(random.nextLong()));
          IdealCycles other = new IdealCycles(list);
          for (long micros = -1; micros < 5; micros++) {
            Optional<Duration> shortest = Optional.empty();
            for (String product : new String[] {"A", "B", null}) {
              Optional<IdealCycle> answer = one.of(PRESS, product, micros);
              assertThat(other.of(PRESS, product, micros)).isEqualTo(answer);
              if (answer.isPresent() && Objects.equals(answer.get().product(), product)) {
                Duration cycle = answer.get().cycle();
                shortest =
                    Optional.of(shortest.filter(least -> least.compareTo(cycle) < 0).orElse(cycle));
              }
            }
            assertThat(one.shortest(PRESS, micros)).isEqualTo(shortest);
          }
        });
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    IdealCycle cycle = cycle("A", "acme/graz", 4, 0);
    assertThatThrownBy(() -> new IdealCycles(List.of(cycle, cycle("A", "acme/graz", 5, 0))))
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofNanos(999), Duration.ofDays(366).plusNanos(1))) {
      assertThatThrownBy(() -> new IdealCycle("A", PRESS, wrong, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new IdealCycle("", PRESS, Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Long> seconds(
      IdealCycles cycles, EquipmentPath machine, @Nullable String product, long micros) {
    return cycles.of(machine, product, micros).map(cycle -> cycle.cycle().toSeconds());
  }

  private static IdealCycle cycle(@Nullable String product, String at, long seconds, long from) {
    return new IdealCycle(product, EquipmentPath.parse(at), Duration.ofSeconds(seconds), from);
  }
}
