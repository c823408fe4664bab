package io.linewright.oee.line;

import static io.linewright.oee.line.Lines.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.line.Bottleneck.Share;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BottlenecksTest {

  @Test
  void whatAMachineDoesIsOnePeriodUntilItWaits() {
    assertThat(ActivePeriods.of("m", slices("P10 S5 B5 M5 U5 W1 P9 WP1 P9 K10 P10 D10 P1 X9 P10")))
        .extracting(ActivePeriod::span)
        .containsExactly(
            new Span(0, 30),
            new Span(31, 40),
            new Span(41, 50),
            new Span(60, 70),
            new Span(80, 81),
            new Span(90, 100));
    // Nothing is repaired in a break, but who works through it works.
    assertThat(ActivePeriods.of("m", slices("P10 BL10 P10 PL10 P10 L10 SN10")))
        .containsExactly(
            new ActivePeriod("m", new Span(0, 10)), new ActivePeriod("m", new Span(20, 50)));
  }

  /** The idea of figure 3 of the paper of 2002, with numbers of our own. */
  @Test
  void theBottleneckShiftsWhileTheLongestPeriodsOverlap() {
    Bottleneck found =
        Bottlenecks.of(
            Map.of(
                "m1", periods("m1", 0, 40, 50, 70, 75, 80),
                "m2", periods("m2", 5, 15, 30, 90),
                "m3", periods("m3", 0, 10, 60, 65, 95, 100)),
            new Span(0, 100));
    for (long t = 0; t < 100; t++) {
      assertThat(found.sole().at(t))
          .isEqualTo(
              t < 30
                  ? Optional.of("m1")
                  : t < 40
                      ? Optional.empty()
                      : t < 90 ? Optional.of("m2") : t < 95 ? Optional.empty() : Optional.of("m3"));
      assertThat(found.shifting().at(t))
          .isEqualTo(30 <= t && t < 40 ? Set.of("m1", "m2") : Set.of());
    }
    assertThat(found.shares())
        .isEqualTo(
            Map.of("m1", new Share(0.3, 0.1), "m2", new Share(0.5, 0.1), "m3", new Share(0.05, 0)));
  }

  @Test
  void liveTheLongestIsTheLongestSoFar() {
    Map<String, List<ActivePeriod>> soFar =
        Map.of("m1", periods("m1", 0, 60), "m2", periods("m2", 10, 60));
    assertThat(Bottlenecks.of(soFar, new Span(59, 60)).sole().at(59)).contains("m1");
    assertThat(Bottlenecks.of(Map.of(), new Span(0, 1)).sole().at(0)).isEmpty();
  }

  @Test
  void itIsSoAtEveryInstantWhereverTimeIsCut() {
    Seeded.check(
        2_000,
        random -> {
          Map<String, List<ActivePeriod>> periods = random(random);
          Span whole = new Span(0, 80);
          Bottleneck found = Bottlenecks.of(periods, whole);
          Set<ActivePeriod> longest = new HashSet<>();
          for (long t = -20; t < 120; t++) {
            active(periods.values().stream().flatMap(List::stream).toList(), t).stream()
                .max(
                    Comparator.<ActivePeriod>comparingLong(period -> period.span().micros())
                        .thenComparing(ActivePeriod::span, Comparator.reverseOrder())
                        .thenComparing(ActivePeriod::machine, Comparator.reverseOrder()))
                .ifPresent(longest::add);
          }
          Map<String, int[]> counted = new TreeMap<>();
          periods.keySet().forEach(machine -> counted.put(machine, new int[2]));
          for (long t = 0; t < 80; t++) {
            Set<String> machines = new TreeSet<>();
            active(longest, t).forEach(period -> machines.add(period.machine()));
            assertThat(found.sole().at(t))
                .isEqualTo(machines.size() == 1 ? machines.stream().findFirst() : Optional.empty());
            assertThat(found.shifting().at(t)).isEqualTo(machines.size() > 1 ? machines : Set.of());
            machines.forEach(machine -> counted.get(machine)[machines.size() > 1 ? 1 : 0]++);
          }
          counted.forEach(
              (machine, count) ->
                  assertThat(found.shares().get(machine))
                      .isEqualTo(new Share(count[0] / 80.0, count[1] / 80.0)));
          Span part = new Span(random.nextInt(40), 41 + random.nextInt(39));
          assertThat(Bottlenecks.of(periods, part).sole()).isEqualTo(found.sole().within(part));
        });
  }

  @Test
  void inASimulatedLineTheSlowestMachineIsTheBottleneck() {
    Seeded.check(
        200,
        random -> {
          int slow = random.nextInt(3);
          int[] cycles = {6, 6, 6};
          cycles[slow] = 10;
          int[] capacities = {1 + random.nextInt(4), 1 + random.nextInt(4)};
          Map<String, List<TimeSlice>> slices =
              new SimulatedLine(cycles, capacities, new int[] {0, 0}).run(3_000, t -> Set.of());
          Map<String, List<ActivePeriod>> periods = new TreeMap<>();
          slices.forEach((machine, its) -> periods.put(machine, ActivePeriods.of(machine, its)));
          Map<String, Share> shares = Bottlenecks.of(periods, new Span(0, 3_000)).shares();
          assertThat(shares.get("m" + slow).sole()).isGreaterThan(0.9);
        });
  }

  private static List<ActivePeriod> active(Iterable<ActivePeriod> periods, long t) {
    List<ActivePeriod> active = new ArrayList<>();
    for (ActivePeriod period : periods) {
      if (period.span().contains(t)) {
        active.add(period);
      }
    }
    return active;
  }

  private static Map<String, List<ActivePeriod>> random(RandomGenerator random) {
    Map<String, List<ActivePeriod>> periods = new TreeMap<>();
    int machines = 1 + random.nextInt(4);
    for (int i = 0; i < machines; i++) {
      List<Span> spans = new ArrayList<>();
      for (int j = random.nextInt(8); j > 0; j--) {
        long from = random.nextInt(-20, 90);
        spans.add(new Span(from, from + 1 + random.nextInt(30)));
      }
      String machine = "m" + i;
      periods.put(
          machine,
          Spans.of(spans).list().stream().map(span -> new ActivePeriod(machine, span)).toList());
    }
    return periods;
  }

  private static List<ActivePeriod> periods(String machine, long... bounds) {
    List<ActivePeriod> periods = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      periods.add(new ActivePeriod(machine, new Span(bounds[i], bounds[i + 1])));
    }
    return periods;
  }
}
