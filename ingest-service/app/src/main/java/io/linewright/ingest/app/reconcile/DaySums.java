package io.linewright.ingest.app.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What a day of a tag amounts to, in the figures that can be counted without order.
 *
 * @param samples how many
 * @param numbers how many of them are usable numbers
 * @param sum of these
 * @param sumSquares of these
 * @param minimum of these; null: there are none
 * @param maximum of these; null: there are none
 * @param extreme whether numbers are left out of the sums, as PostgreSQL refuses their squares
 */
record DaySums(
    long samples,
    long numbers,
    double sum,
    double sumSquares,
    @Nullable Double minimum,
    @Nullable Double maximum,
    boolean extreme) {

  static final DaySums NOTHING = new DaySums(0, 0, 0, 0, null, null, false);

  /** By how much sums may differ, as their order does: a share of what was added. */
  private static final double SHARE = 1e-9;

  /** This and what another part of the day amounts to. */
  DaySums plus(DaySums other) {
    return new DaySums(
        samples + other.samples,
        numbers + other.numbers,
        sum + other.sum,
        sumSquares + other.sumSquares,
        least(minimum, other.minimum),
        greatest(maximum, other.maximum),
        extreme || other.extreme);
  }

  /** Whether a roll-up says the same as these samples. */
  boolean agreesWith(DaySums kept) {
    return samples == kept.samples
        && numbers == kept.numbers
        && same(minimum, kept.minimum)
        && same(maximum, kept.maximum)
        && (extreme
            || (near(sum, kept.sum, SHARE * Math.sqrt(numbers * sumSquares))
                && near(sumSquares, kept.sumSquares, SHARE * sumSquares)));
  }

  /** 0 and -0 are the same, as in SQL. */
  private static boolean same(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null
        ? one == null && other == null
        : one.doubleValue() == other.doubleValue();
  }

  /** False, too, if one of them is no number. */
  private static boolean near(double one, double other, double by) {
    return Math.abs(one - other) <= by;
  }

  private static @Nullable Double least(@Nullable Double one, @Nullable Double other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : Double.valueOf(Math.min(one, other));
  }

  private static @Nullable Double greatest(@Nullable Double one, @Nullable Double other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : Double.valueOf(Math.max(one, other));
  }

  @Override
  public String toString() {
    return "%d samples, %d of them numbers, sum %s, sum of squares %s, least %s, greatest %s"
        .formatted(samples, numbers, sum, sumSquares, minimum, maximum);
  }
}
