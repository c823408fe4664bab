package io.linewright.oee.line;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Words of a line for tests; one second is a microsecond. */
final class Lines {

  private static final Map<Character, TimeCategory> LETTERS =
      Map.ofEntries(
          Map.entry('P', TimeCategory.PRODUCTION),
          Map.entry('S', TimeCategory.SETUP),
          Map.entry('M', TimeCategory.MINOR_STOP),
          Map.entry('W', TimeCategory.STARVED),
          Map.entry('K', TimeCategory.BLOCKED),
          Map.entry('D', TimeCategory.DELAY),
          Map.entry('B', TimeCategory.BREAKDOWN),
          Map.entry('U', TimeCategory.UNEXPLAINED),
          Map.entry('L', TimeCategory.PLANNED_STOP),
          Map.entry('N', TimeCategory.UNSCHEDULED),
          Map.entry('X', TimeCategory.NO_DATA),
          Map.entry('?', TimeCategory.PENDING));

  private Lines() {}

  /**
   * Slices from 0 on: "P100 B60=jam P40" produced for 100, was broken for 60 with the reason jam.
   * "BL60" said that it was broken in a planned stop, "WP5" waited, which counts as production.
   */
  static List<TimeSlice> slices(String text) {
    List<TimeSlice> slices = new ArrayList<>();
    long from = 0;
    for (String word : text.split(" ")) {
      String[] parts = word.split("=");
      String letters = parts[0].replaceAll("[0-9]", "");
      long length = Long.parseLong(parts[0].substring(letters.length()));
      slices.add(
          new TimeSlice(
              new Span(from, from + length),
              LETTERS.get(letters.charAt(letters.length() - 1)),
              LETTERS.get(letters.charAt(0)),
              letters,
              parts.length > 1 ? parts[1] : null,
              Set.of()));
      from += length;
    }
    return slices;
  }

  static Station station(String machine, int buffer) {
    return new Station(machine, List.of(machine), 1, OptionalInt.of(buffer));
  }

  static Station cell(String name, int minimum, String... machines) {
    return new Station(name, List.of(machines), minimum, OptionalInt.empty());
  }

  static LineTopology line(Station... stations) {
    return new LineTopology("line-1", List.of(stations), Optional.empty(), 1);
  }

  static LineTopology line(String... machines) {
    return line(Arrays.stream(machines).map(Station::of).toArray(Station[]::new));
  }
}
