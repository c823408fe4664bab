package io.linewright.ingest.truth;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest word of those corrections of a tag that are about ranges, at each time: later ones are
 * painted over earlier ones. Of {@code n} corrections at most {@code 2n} stretches remain.
 */
public final class Ranges {

  /** Nobody has said anything. */
  public static final Ranges NONE = of(List.of());

  /**
   * A stretch of time with one latest word.
   *
   * @param fromMicros begin, included
   * @param toMicros end, not included
   * @param version of the correction
   * @param deleted whether it deletes; otherwise it restores
   */
  public record Stretch(long fromMicros, long toMicros, long version, boolean deleted) {}

  private final NavigableMap<Long, Stretch> byBegin;

  private Ranges(NavigableMap<Long, Stretch> byBegin) {
    this.byBegin = byBegin;
  }

  /**
   * Of these corrections, in any order.
   *
   * @throws IllegalArgumentException if one of them is about a single value
   */
  public static Ranges of(Collection<Entry> corrections) {
    NavigableMap<Long, Stretch> painted = new TreeMap<>();
    corrections.stream()
        .sorted(Comparator.comparingLong(Entry::version))
        .forEach(entry -> paint(painted, stretch(entry)));
    return new Ranges(painted);
  }

  /** The stretch that covers a time; null if there is none. */
  public @Nullable Stretch at(long micros) {
    Map.Entry<Long, Stretch> before = byBegin.floorEntry(micros);
    return before == null || micros >= before.getValue().toMicros() ? null : before.getValue();
  }

  private static Stretch stretch(Entry entry) {
    Correction correction = entry.correction();
    if (!(correction.target() instanceof Target.During range)) {
      throw new IllegalArgumentException(correction + " is about a single value");
    }
    return new Stretch(
        range.fromMicros(), range.toMicros(), entry.version(), correction.kind() == Kind.DELETE);
  }

  private static void paint(NavigableMap<Long, Stretch> painted, Stretch over) {
    Map.Entry<Long, Stretch> before = painted.lowerEntry(over.fromMicros());
    if (before != null && before.getValue().toMicros() > over.fromMicros()) {
      cut(painted, before.getValue(), over);
    }
    NavigableMap<Long, Stretch> within =
        painted.subMap(over.fromMicros(), true, over.toMicros(), false);
    Map.Entry<Long, Stretch> last = within.lastEntry();
    if (last != null) {
      Stretch under = last.getValue();
      within.clear();
      keepEnd(painted, under, over);
    }
    painted.put(over.fromMicros(), over);
  }

  private static void cut(NavigableMap<Long, Stretch> painted, Stretch under, Stretch over) {
    painted.put(
        under.fromMicros(),
        new Stretch(under.fromMicros(), over.fromMicros(), under.version(), under.deleted()));
    keepEnd(painted, under, over);
  }

  private static void keepEnd(NavigableMap<Long, Stretch> painted, Stretch under, Stretch over) {
    if (under.toMicros() > over.toMicros()) {
      painted.put(
          over.toMicros(),
          new Stretch(over.toMicros(), under.toMicros(), under.version(), under.deleted()));
    }
  }
}
