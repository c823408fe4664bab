package io.linewright.oee.line;

import static io.linewright.oee.line.Lines.cell;
import static io.linewright.oee.line.Lines.line;
import static io.linewright.oee.line.Lines.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LineStatesTest {

  private static final Span WHOLE = new Span(0, 60);
  private static final TimeCategory[] CATEGORIES = TimeCategory.values();

  @Test
  void aLineIsWhatTheStationOfItsKeyMachineIs() {
    Map<String, List<TimeSlice>> slices =
        Map.of(
            "press", slices("P60"),
            "a", slices("P10 B20 P30"),
            "b", slices("P20 S20 WP10 P10"));
    LineTopology line = line(Station.of("press"), cell("cell", 1, "a", "b"));
    assertThat(LineStates.of(WHOLE, line, "press", slices))
        .isEqualTo(Track.constant(WHOLE, TimeCategory.PRODUCTION));
    assertThat(LineStates.of(WHOLE, line, "a", slices))
        .isEqualTo(LineStates.of(WHOLE, line, "b", slices))
        .isEqualTo(track("0-20 PRODUCTION", "20-30 SETUP", "30-60 PRODUCTION"));
    assertThatThrownBy(() -> LineStates.of(WHOLE, line, "saw", slices))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCellProducesIfEnoughOfItsMachinesDo() {
    Map<String, List<TimeSlice>> slices =
        Map.of("a", slices("P10 B50"), "b", slices("P20 L40"), "c", slices("P30 X10 ?10 P10"));
    assertThat(LineStates.ofStation(WHOLE, cell("cell", 2, "a", "b", "c"), slices))
        .isEqualTo(track("0-20 PRODUCTION", "20-60 BREAKDOWN"));
    assertThat(LineStates.ofStation(WHOLE, cell("cell", 3, "a", "b", "c"), slices))
        .isEqualTo(
            track(
                "0-10 PRODUCTION",
                "10-20 BREAKDOWN",
                "20-30 PLANNED_STOP",
                "30-50 PLANNED_STOP",
                "50-60 PLANNED_STOP"));
    // That of which nothing is known might produce.
    assertThat(LineStates.ofStation(WHOLE, cell("cell", 1, "a", "c"), slices))
        .isEqualTo(track("0-30 PRODUCTION", "30-40 NO_DATA", "40-50 PENDING", "50-60 PRODUCTION"));
    assertThat(LineStates.ofStation(WHOLE, Station.of("unheard"), slices))
        .isEqualTo(Track.constant(WHOLE, TimeCategory.NO_DATA));
  }

  @Test
  void theKeyMachineIsTheSlowest() {
    LineTopology line = line(Station.of("press"), cell("cell", 1, "a", "b"), Station.of("saw"));
    assertThat(line.keyMachine(Map.of())).isEqualTo("saw");
    assertThat(
            line.keyMachine(
                Map.of(
                    "press", Duration.ofMillis(4_000),
                    "a", Duration.ofMillis(6_000),
                    "b", Duration.ofMillis(6_000),
                    "saw", Duration.ofMillis(3_500))))
        .isEqualTo("press");
    assertThat(
            line.keyMachine(
                Map.of(
                    "press", Duration.ofMillis(4_000),
                    "a", Duration.ofMillis(9_000),
                    "b", Duration.ofMillis(9_000))))
        .isEqualTo("a");
    assertThat(
            line.keyMachine(Map.of("press", Duration.ofSeconds(4), "saw", Duration.ofSeconds(4))))
        .isEqualTo("press");
    assertThat(
            new LineTopology("line-1", line.stations(), Optional.of("b"), 1)
                .keyMachine(Map.of("press", Duration.ofSeconds(4))))
        .isEqualTo("b");
    assertThat(line.position("b")).hasValue(1);
    assertThat(line.position("lathe")).isEmpty();
  }

  @Test
  void nonsenseIsNoLine() {
    List<ThrowingCallable> nonsense =
        List.of(
            () -> new Station("", List.of("a"), 1, OptionalInt.empty()),
            () -> new Station("s", List.of(), 1, OptionalInt.empty()),
            () -> new Station("s", List.of(" "), 1, OptionalInt.empty()),
            () -> new Station("s", List.of("a", "a"), 1, OptionalInt.empty()),
            () -> new Station("s", List.of("a"), 0, OptionalInt.empty()),
            () -> new Station("s", List.of("a"), 2, OptionalInt.empty()),
            () -> new Station("s", List.of("a"), 1, OptionalInt.of(-1)),
            () -> line(new Station[0]),
            () -> line("a", "b", "a"),
            () -> new LineTopology(" ", List.of(Station.of("a")), Optional.empty(), 0),
            () -> new LineTopology("l", List.of(Station.of("a")), Optional.empty(), -1),
            () -> new LineTopology("l", List.of(Station.of("a")), Optional.of("b"), 0),
            () -> new Bottleneck.Share(-0.1, 0),
            () -> new Bottleneck.Share(0, Double.NaN),
            () -> new Bottleneck.Share(0.6, 0.6));
    assertThat(nonsense)
        .allSatisfy(made -> assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void atEachInstantEnoughMachinesProduceOrNot() {
    Seeded.check(
        1_000,
        random -> {
          int machines = 1 + random.nextInt(4);
          Map<String, List<TimeSlice>> slices = new TreeMap<>();
          List<String> names = new ArrayList<>();
          for (int i = 0; i < machines; i++) {
            names.add("m" + i);
            List<TimeSlice> its = new ArrayList<>();
            for (long from = random.nextInt(5); from < 60; from += 1 + random.nextInt(20)) {
              TimeCategory category =
                  random.nextBoolean()
                      ? TimeCategory.PRODUCTION
                      : CATEGORIES[random.nextInt(CATEGORIES.length)];
              long begin = from;
              its.removeIf(slice -> slice.span().toMicros() > begin);
              its.add(
                  new TimeSlice(
                      new Span(from, from + 1 + random.nextInt(15)),
                      category,
                      category,
                      "",
                      null,
                      Set.of()));
            }
            slices.put("m" + i, its);
          }
          int minimum = 1 + random.nextInt(machines);
          Station station = new Station("cell", names, minimum, OptionalInt.empty());
          Track<TimeCategory> track = LineStates.ofStation(WHOLE, station, slices);
          for (long t = 0; t < 60; t++) {
            long instant = t;
            List<TimeCategory> at =
                names.stream()
                    .map(
                        name ->
                            slices.get(name).stream()
                                .filter(slice -> slice.span().contains(instant))
                                .findFirst()
                                .map(TimeSlice::category)
                                .orElse(TimeCategory.NO_DATA))
                    .toList();
            long running = at.stream().filter(TimeCategory.PRODUCTION::equals).count();
            assertThat(track.at(t) == TimeCategory.PRODUCTION).isEqualTo(running >= minimum);
            assertThat(at).contains(track.at(t));
          }
        });
  }

  /** "0-20 SETUP" and so on. */
  private static Track<TimeCategory> track(String... pieces) {
    List<Piece<TimeCategory>> all = new ArrayList<>();
    for (String piece : pieces) {
      String[] parts = piece.split("[- ]");
      all.add(
          new Piece<>(
              new Span(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
              TimeCategory.valueOf(parts[2])));
    }
    return new Track<>(WHOLE, all);
  }
}
