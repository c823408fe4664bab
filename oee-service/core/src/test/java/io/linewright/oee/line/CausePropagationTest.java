package io.linewright.oee.line;

import static io.linewright.oee.line.Lines.cell;
import static io.linewright.oee.line.Lines.line;
import static io.linewright.oee.line.Lines.slices;
import static io.linewright.oee.line.Lines.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.line.FirstCause.Found;
import io.linewright.oee.line.FirstCause.SlowNeighbour;
import io.linewright.oee.line.FirstCause.Unknown;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CausePropagationTest {

  private static final LineTopology CHAIN = line("press", "mill", "saw");

  @Test
  void theNeighbourThatBrokeIsTheCause() {
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 B60=jam P40"))
        .isEqualTo(
            new Found("press", new Span(100, 160), TimeCategory.BREAKDOWN, "jam", List.of()));
    assertThat(blocked(CHAIN, "mill", 105, 160, "saw", "P100 M60 P40"))
        .isEqualTo(new Found("saw", new Span(100, 160), TimeCategory.MINOR_STOP, null, List.of()));
    for (String inside : new String[] {"S60", "U60", "L60", "N60"}) {
      assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 " + inside + " P40"))
          .as(inside)
          .isInstanceOf(Found.class);
    }
  }

  @Test
  void aNeighbourThatWaitsAsWellIsNotTheCause() {
    assertThat(starved(CHAIN, "saw", 110, 165, "press", "P100 B60 P40", "mill", "P105 W58 P37"))
        .isEqualTo(
            new Found("press", new Span(100, 160), TimeCategory.BREAKDOWN, null, List.of("mill")));
    assertThat(blocked(CHAIN, "press", 110, 165, "saw", "P100 B60 P40", "mill", "P105 K58 P37"))
        .isEqualTo(
            new Found("saw", new Span(100, 160), TimeCategory.BREAKDOWN, null, List.of("mill")));
  }

  @Test
  void theLineEndsSomewhere() {
    assertThat(starved(CHAIN, "press", 10, 20))
        .isEqualTo(new Unknown("press is starved from outside of the line"));
    assertThat(blocked(CHAIN, "saw", 10, 20))
        .isEqualTo(new Unknown("saw is blocked from outside of the line"));
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 W60 P40"))
        .isEqualTo(new Unknown("press is starved from outside of the line"));
    assertThat(starved(CHAIN, "lathe", 10, 20))
        .isEqualTo(new Unknown("lathe is not in line line-1"));
  }

  @Test
  void aNeighbourThatProducedAllTheTimeIsSlow() {
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P200"))
        .isEqualTo(new SlowNeighbour("press"));
    // It resets for a moment in each cycle: that takes no minute from anybody.
    assertThat(starved(CHAIN, "mill", 104, 108, "press", "P95 S1 P4 S1 P4 S1 P4 S1 P4 S1 P80"))
        .isEqualTo(new SlowNeighbour("press"));
    // It was blocked before, which is no reason to deliver nothing now.
    assertThat(starved(CHAIN, "mill", 105, 110, "press", "P50 K20 P130"))
        .isEqualTo(new SlowNeighbour("press"));
  }

  @Test
  void waitsTooShortToBeCountedHaveACauseToo() {
    assertThat(starved(CHAIN, "mill", 103, 106, "press", "P100 MP5 P95"))
        .isEqualTo(
            new Found("press", new Span(100, 105), TimeCategory.MINOR_STOP, null, List.of()));
    assertThat(starved(CHAIN, "saw", 104, 107, "press", "P100 MP5 P95", "mill", "P103 WP3 P94"))
        .isEqualTo(
            new Found("press", new Span(100, 105), TimeCategory.MINOR_STOP, null, List.of("mill")));
  }

  @Test
  void ofSeveralStopsTheLastThatHadBegunIsTheCause() {
    String press = "P40 B30=ram P40 M30=jam P10 B50 P100";
    assertThat(starved(CHAIN, "mill", 115, 140, "press", press))
        .isEqualTo(
            new Found("press", new Span(110, 140), TimeCategory.MINOR_STOP, "jam", List.of()));
    // If none had, the first since.
    assertThat(starved(CHAIN, "mill", 35, 95, "press", "P40 B30=ram P10 M30=jam P100"))
        .isEqualTo(new Found("press", new Span(40, 70), TimeCategory.BREAKDOWN, "ram", List.of()));
    assertThat(starved(CHAIN, "mill", 35, 60, "press", press))
        .isEqualTo(new Found("press", new Span(40, 70), TimeCategory.BREAKDOWN, "ram", List.of()));
  }

  @Test
  void ofAStopThatWasSeveralThingsItIsTheFirstOfWeight() {
    // Broken, cleared, set up again.
    assertThat(starved(CHAIN, "mill", 105, 190, "press", "P100 B40 S50 D2 P40"))
        .isEqualTo(new Found("press", new Span(100, 140), TimeCategory.BREAKDOWN, null, List.of()));
    // Complete for a moment, then broken.
    assertThat(starved(CHAIN, "mill", 105, 190, "press", "P100 D1 B90 P40"))
        .isEqualTo(new Found("press", new Span(101, 191), TimeCategory.BREAKDOWN, null, List.of()));
    // Starved, and when material came it broke.
    assertThat(
            starved(
                line("saw", "press", "mill"),
                "mill",
                105,
                300,
                "press",
                "P100 W100 B100",
                "saw",
                "P95 U105 P100"))
        .isEqualTo(
            new Found("saw", new Span(95, 200), TimeCategory.UNEXPLAINED, null, List.of("press")));
  }

  @Test
  void idlenessIsItsOwnCauseIfNothingElseIs() {
    assertThat(starved(CHAIN, "saw", 105, 160, "press", "P200", "mill", "P100 D60 P40"))
        .isEqualTo(new Found("mill", new Span(100, 160), TimeCategory.DELAY, null, List.of()));
    assertThat(starved(CHAIN, "saw", 105, 160, "press", "P98 B60 P42", "mill", "P100 D60 P40"))
        .isEqualTo(
            new Found("press", new Span(98, 158), TimeCategory.BREAKDOWN, null, List.of("mill")));
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 D60=no-order P40"))
        .isEqualTo(
            new Found("press", new Span(100, 160), TimeCategory.DELAY, "no-order", List.of()));
  }

  @Test
  void aMachineThatIsNotToWorkIsTheCauseWhateverItSays() {
    for (String said : new String[] {"W", "K", "D", "X"}) {
      assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 " + said + "L60=break P40"))
          .as(said)
          .isEqualTo(
              new Found(
                  "press", new Span(100, 160), TimeCategory.PLANNED_STOP, "break", List.of()));
    }
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 BL60 P40"))
        .isEqualTo(new Found("press", new Span(100, 160), TimeCategory.BREAKDOWN, null, List.of()));
    // It produced in its break.
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 PL60 P40"))
        .isEqualTo(new SlowNeighbour("press"));
  }

  @Test
  void whereNothingIsKnownNothingIsFound() {
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 X60 P40"))
        .isEqualTo(new Unknown("nothing is known of press"));
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100 ?60 P40"))
        .isEqualTo(new Unknown("nothing is known of press"));
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P100"))
        .isEqualTo(new Unknown("nothing is known of press"));
    assertThat(starved(CHAIN, "mill", 105, 160))
        .isEqualTo(new Unknown("nothing is known of press"));
  }

  @Test
  void twoThatWaitForEachOtherHaveNoCause() {
    assertThat(starved(CHAIN, "mill", 105, 160, "press", "P103 K60 P40"))
        .isEqualTo(new Unknown("mill and press wait for each other"));
  }

  @Test
  void aBufferDelaysByWhatItHolds() {
    LineTopology line = line(station("press", 9), Station.of("mill"));
    Map<String, List<TimeSlice>> slices = Map.of("press", slices("P100 B60 P1000"));
    // 9 items and one more, of 4 each: a stop that ended 40 before may be the cause, at most.
    Map<String, Duration> cycles = Map.of("mill", Duration.of(4, ChronoUnit.MICROS));
    assertThat(CausePropagation.of(line, slices, cycles, starved("mill", 199, 220)))
        .isInstanceOf(Found.class);
    assertThat(CausePropagation.of(line, slices, cycles, starved("mill", 200, 220)))
        .isEqualTo(new SlowNeighbour("press"));
    // Without a known cycle, or a known buffer, it is five minutes.
    assertThat(CausePropagation.of(line, slices, Map.of(), starved("mill", 1000, 1020)))
        .isInstanceOf(Found.class);
    assertThat(
            CausePropagation.of(line("press", "mill"), slices, cycles, starved("mill", 1000, 1020)))
        .isInstanceOf(Found.class);
    // A blocked machine fills the buffer behind it.
    LineTopology before = line(station("mill", 9), Station.of("press"));
    assertThat(
            CausePropagation.of(
                before,
                slices,
                cycles,
                new Waiting("mill", new Span(199, 220), TimeCategory.BLOCKED)))
        .isInstanceOf(Found.class);
    assertThat(
            CausePropagation.of(
                before,
                slices,
                cycles,
                new Waiting("mill", new Span(200, 220), TimeCategory.BLOCKED)))
        .isEqualTo(new SlowNeighbour("press"));
  }

  @Test
  void aCellIsTheCauseThroughTheMachineThatBrokeItsMinimum() {
    LineTopology two = line(cell("cell", 2, "a", "b", "c"), Station.of("mill"));
    assertThat(
            starved(two, "mill", 125, 160, "a", "P50 L150", "b", "P120 B40=jam P40", "c", "P200"))
        .isEqualTo(new Found("b", new Span(120, 160), TimeCategory.BREAKDOWN, "jam", List.of()));
    LineTopology one = line(cell("cell", 1, "a", "b"), Station.of("mill"));
    assertThat(starved(one, "mill", 125, 160, "a", "P120 B40 P40", "b", "P200"))
        .isEqualTo(new SlowNeighbour("cell"));
    assertThat(starved(one, "mill", 125, 160, "a", "P120 B40 P40", "b", "P110 M50 P40"))
        .isEqualTo(new Found("a", new Span(120, 160), TimeCategory.BREAKDOWN, null, List.of()));
    // Through a cell that waits itself.
    assertThat(
            starved(
                line(Station.of("saw"), cell("cell", 1, "a", "b"), Station.of("mill")),
                "mill",
                125,
                160,
                "saw",
                "P100 B60 P40",
                "a",
                "P112 W48 P40",
                "b",
                "P110 W50 P40"))
        .isEqualTo(
            new Found("saw", new Span(100, 160), TimeCategory.BREAKDOWN, null, List.of("a")));
  }

  @Test
  void whatWaitsForNobodyIsNoWaiting() {
    assertThatThrownBy(() -> new Waiting("mill", new Span(0, 1), TimeCategory.DELAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inASimulatedLineEveryWaitIsOfTheMachineThatWasBroken() {
    Seeded.check(
        2_000,
        random -> {
          int machines = 2 + random.nextInt(4);
          int[] cycles = new int[machines];
          int[] capacities = new int[machines - 1];
          int[] levels = new int[machines - 1];
          Station[] stations = new Station[machines];
          Map<String, Duration> known = new HashMap<>();
          for (int i = 0; i < machines; i++) {
            cycles[i] = 3;
            stations[i] = Station.of("m" + i);
            if (i < machines - 1) {
              capacities[i] = 2 + random.nextInt(4);
              levels[i] = random.nextInt(1, capacities[i]);
              stations[i] = station("m" + i, capacities[i]);
            }
            known.put("m" + i, Duration.of(3, ChronoUnit.MICROS));
          }
          int broken = random.nextInt(machines);
          int from = 20 + random.nextInt(20);
          int to = from + 5 + random.nextInt(100);
          Map<String, List<TimeSlice>> slices =
              new SimulatedLine(cycles, capacities, levels)
                  .run(300, t -> from <= t && t < to ? Set.of(broken) : Set.of());
          int waits = 0;
          for (int i = 0; i < machines; i++) {
            for (TimeSlice slice : slices.get("m" + i)) {
              if (slice.span().fromMicros() < to
                  && (slice.said() == TimeCategory.STARVED
                      || slice.said() == TimeCategory.BLOCKED)) {
                waits++;
                Waiting waiting = new Waiting("m" + i, slice.span(), slice.said());
                int between = Math.abs(broken - i) - 1;
                assertThat(CausePropagation.of(line(stations), slices, known, waiting))
                    .as("%s %s", waiting, slices)
                    .isInstanceOfSatisfying(
                        Found.class,
                        found -> {
                          assertThat(found.machine()).isEqualTo("m" + broken);
                          assertThat(found.span()).isEqualTo(new Span(from, to));
                          assertThat(found.through()).hasSize(between);
                        });
              }
            }
          }
          if (to - from > 60) {
            assertThat(waits).isPositive();
          }
        });
  }

  private static FirstCause starved(
      LineTopology line, String machine, long from, long to, String... slices) {
    return CausePropagation.of(line, all(slices), Map.of(), starved(machine, from, to));
  }

  private static FirstCause blocked(
      LineTopology line, String machine, long from, long to, String... slices) {
    return CausePropagation.of(
        line,
        all(slices),
        Map.of(),
        new Waiting(machine, new Span(from, to), TimeCategory.BLOCKED));
  }

  private static Waiting starved(String machine, long from, long to) {
    return new Waiting(machine, new Span(from, to), TimeCategory.STARVED);
  }

  private static Map<String, List<TimeSlice>> all(String... slices) {
    Map<String, List<TimeSlice>> all = new HashMap<>();
    for (int i = 0; i < slices.length; i += 2) {
      all.put(slices[i], slices(slices[i + 1]));
    }
    return all;
  }
}
