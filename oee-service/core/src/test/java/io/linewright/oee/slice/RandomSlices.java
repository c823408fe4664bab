package io.linewright.oee.slice;

import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Slices of few kinds, so that neighbours are often equal. */
final class RandomSlices {

  private RandomSlices() {}

  static Span span(RandomGenerator random) {
    long from = random.nextLong(-50, 50);
    return new Span(from, from + 1 + random.nextInt(40));
  }

  static Span spanIn(RandomGenerator random, Span whole) {
    long from = random.nextLong(whole.fromMicros(), whole.toMicros());
    return new Span(from, random.nextLong(from + 1, whole.toMicros() + 1));
  }

  static List<TimeSlice> partition(RandomGenerator random, Span whole) {
    List<TimeSlice> slices = new ArrayList<>();
    long from = whole.fromMicros();
    while (from < whole.toMicros()) {
      long to = Math.min(whole.toMicros(), from + 1 + random.nextInt(8));
      slices.add(slice(random, new Span(from, to)));
      from = to;
    }
    return slices;
  }

  private static TimeSlice slice(RandomGenerator random, Span span) {
    Set<SliceFlag> flags = EnumSet.noneOf(SliceFlag.class);
    if (random.nextInt(3) == 0) {
      flags.add(SliceFlag.FIRST_OF_EPISODE);
    }
    if (random.nextInt(4) == 0) {
      flags.add(SliceFlag.BY_WORD);
    }
    return new TimeSlice(
        span,
        random.nextBoolean() ? TimeCategory.BREAKDOWN : TimeCategory.PRODUCTION,
        random.nextInt(4) == 0 ? TimeCategory.DELAY : TimeCategory.PRODUCTION,
        random.nextBoolean() ? "6" : "",
        random.nextBoolean() ? "J7" : null,
        flags);
  }
}
