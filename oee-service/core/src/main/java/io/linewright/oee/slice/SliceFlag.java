package io.linewright.oee.slice;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What else is to be said of a stretch of a machine's time. */
public enum SliceFlag {
  /** A stop so long that somebody has to give a reason. */
  FORCED,
  /** Somebody said what it was. */
  BY_WORD,
  /** A stop begins with it; of a slice that is cut only the first part has it. */
  FIRST_OF_EPISODE;

  /** Every set of them, by the sum of 2<sup>ordinal</sup>: millions of slices share these. */
  private static final List<Set<SliceFlag>> SETS =
      IntStream.range(0, 1 << values().length).mapToObj(SliceFlag::ofSum).toList();

  /** The same flags as a set that nobody can change, which lists them in the order of above. */
  static Set<SliceFlag> shared(Collection<SliceFlag> flags) {
    int sum = 0;
    for (SliceFlag flag : flags) {
      sum |= 1 << flag.ordinal();
    }
    return SETS.get(sum);
  }

  private static Set<SliceFlag> ofSum(int sum) {
    Set<SliceFlag> flags = EnumSet.allOf(SliceFlag.class);
    flags.removeIf(flag -> (sum & (1 << flag.ordinal())) == 0);
    return Collections.unmodifiableSet(flags);
  }
}
