package io.linewright.oee.downtime;

import io.linewright.oee.reason.Maintenance;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Time of a machine in a notation that can be read, in seconds. */
final class Scene {

  static final long SECOND = 1_000_000;
  static final String MACHINE = "acme/press-01";

  static final ReasonTree TREE = tree(false);

  private Scene() {}

  static ReasonTree tree(boolean sticky) {
    return new ReasonTree(
        "press",
        List.of(
            reason("technical", TimeCategory.BREAKDOWN, null),
            reason("ram", TimeCategory.BREAKDOWN, "technical"),
            reason("jam", TimeCategory.MINOR_STOP, "technical"),
            reason("change", TimeCategory.SETUP, null),
            reason("service", TimeCategory.PLANNED_STOP, null)),
        Map.of("1", "ram", "2", "jam", "3", "service"),
        sticky);
  }

  /**
   * Slices such as {@code "P100 M5 b60 P10"}: a letter says what it is, a number how many seconds.
   * P production, M minor stop, D delay, B breakdown, U unexplained, S setup, L planned by the
   * machine; n no data, x no shift, w not known yet; p and b a break, in which it produces or is
   * broken.
   */
  static List<TimeSlice> slices(String text) {
    List<TimeSlice> slices = new ArrayList<>();
    long from = 0;
    for (String word : text.split(" ")) {
      long to = from + Long.parseLong(word.substring(1)) * SECOND;
      char letter = word.charAt(0);
      TimeCategory said =
          switch (letter) {
            case 'P', 'p' -> TimeCategory.PRODUCTION;
            case 'M' -> TimeCategory.MINOR_STOP;
            case 'D', 'x', 'w' -> TimeCategory.DELAY;
            case 'B', 'b' -> TimeCategory.BREAKDOWN;
            case 'U' -> TimeCategory.UNEXPLAINED;
            case 'S' -> TimeCategory.SETUP;
            case 'L' -> TimeCategory.PLANNED_STOP;
            case 'n' -> TimeCategory.NO_DATA;
            default -> throw new IllegalArgumentException(word);
          };
      TimeCategory category =
          switch (letter) {
            case 'p', 'b' -> TimeCategory.PLANNED_STOP;
            case 'x' -> TimeCategory.UNSCHEDULED;
            case 'w' -> TimeCategory.PENDING;
            default -> said;
          };
      slices.add(new TimeSlice(new Span(from, to), category, said, "", null, Set.of()));
      from = to;
    }
    return slices;
  }

  static Span span(long fromSeconds, long toSeconds) {
    return new Span(fromSeconds * SECOND, toSeconds * SECOND);
  }

  static StopWord.Said said(long version, long fromSeconds, long toSeconds) {
    return new StopWord.Said(version, MACHINE, span(fromSeconds, toSeconds), "ann", 0);
  }

  /**
   * Category, seconds and reason of each slice, neighbours of the same joined: {@code P100 B5:ram}.
   */
  static String show(List<TimeSlice> slices) {
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (TimeSlice slice : slices) {
      String reason = slice.reason();
      String name = slice.category() + (reason == null ? "" : ":" + reason);
      long seconds = slice.span().micros() / SECOND;
      if (!names.isEmpty() && names.getLast().equals(name)) {
        lengths.set(lengths.size() - 1, lengths.getLast() + seconds);
      } else {
        names.add(name);
        lengths.add(seconds);
      }
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      shown.append(i == 0 ? "" : " ").append(names.get(i)).append(' ').append(lengths.get(i));
    }
    return shown.toString();
  }

  static List<TimeSlice> judged(String text) {
    return LengthRules.apply(slices(text), micros -> StopRules.DEFAULT);
  }

  private static Reason reason(String code, TimeCategory category, @Nullable String parent) {
    return new Reason(code, code, category, Maintenance.NONE, parent);
  }
}
