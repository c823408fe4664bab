package io.linewright.oee.slice;

import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Slices that divide a span, as they are stored: as the instants at which they meet, so that a gap
 * or an overlap cannot even be written. Arrays are copied in and out.
 *
 * @param cuts begin of the span, where slices meet, and its end: microseconds since
 *     1970-01-01T00:00:00Z, ascending, 2 or more
 * @param categories {@link TimeCategory#number} of each slice, one less than cuts
 * @param states {@link TimeSlice#state} of each slice
 * @param reasons {@link TimeSlice#reason} of each slice
 * @param flags {@link TimeSlice#flags} of each slice
 */
// The arrays are what a column of the table takes and gives: 20,000 boxed numbers would only cost.
@SuppressWarnings("ArrayRecordComponent")
public record SliceArrays(
    long[] cuts, short[] categories, short[] states, int[] reasons, short[] flags) {

  /**
   * @throws IllegalArgumentException if the lengths do not fit, the cuts do not ascend, or a number
   *     is out of range
   */
  public SliceArrays {
    int slices = cuts.length - 1;
    if (slices < 1
        || categories.length != slices
        || states.length != slices
        || reasons.length != slices
        || flags.length != slices) {
      throw new IllegalArgumentException(
          "%d cuts do not fit %d categories, %d states, %d reasons, %d flags"
              .formatted(
                  cuts.length, categories.length, states.length, reasons.length, flags.length));
    }
    cuts = cuts.clone();
    categories = categories.clone();
    states = states.clone();
    reasons = reasons.clone();
    flags = flags.clone();
    for (int i = 0; i < slices; i++) {
      // Refuses what no slice may be.
      var _ = slice(cuts, categories, states, reasons, flags, i);
    }
    // The ends alone may be too far apart.
    var _ = new Span(cuts[0], cuts[slices]);
  }

  /**
   * Slices that divide the span from the first's begin to the last's end.
   *
   * @param slices ascending, each begins where the one before ends; 1 or more
   * @throws IllegalArgumentException if there are none, or they leave a gap, overlap or descend
   */
  public static SliceArrays of(List<TimeSlice> slices) {
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("without slices there is no span");
    }
    Partition.require(slices.getFirst().span().hull(slices.getLast().span()), slices);
    int size = slices.size();
    long[] cuts = new long[size + 1];
    short[] categories = new short[size];
    short[] states = new short[size];
    int[] reasons = new int[size];
    short[] flags = new short[size];
    for (int i = 0; i < size; i++) {
      TimeSlice slice = slices.get(i);
      cuts[i] = slice.span().fromMicros();
      categories[i] = (short) slice.category().number();
      states[i] = (short) slice.state();
      reasons[i] = slice.reason();
      flags[i] = (short) slice.flags();
    }
    cuts[size] = slices.getLast().span().toMicros();
    return new SliceArrays(cuts, categories, states, reasons, flags);
  }

  /** The slices; they divide {@link #span}. */
  public List<TimeSlice> slices() {
    List<TimeSlice> slices = new ArrayList<>(categories.length);
    for (int i = 0; i < categories.length; i++) {
      slices.add(slice(cuts, categories, states, reasons, flags, i));
    }
    return List.copyOf(slices);
  }

  /** All of the time that they divide. */
  public Span span() {
    return new Span(cuts[0], cuts[cuts.length - 1]);
  }

  @Override
  public long[] cuts() {
    return cuts.clone();
  }

  @Override
  public short[] categories() {
    return categories.clone();
  }

  @Override
  public short[] states() {
    return states.clone();
  }

  @Override
  public int[] reasons() {
    return reasons.clone();
  }

  @Override
  public short[] flags() {
    return flags.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliceArrays its
        && Arrays.equals(cuts, its.cuts)
        && Arrays.equals(categories, its.categories)
        && Arrays.equals(states, its.states)
        && Arrays.equals(reasons, its.reasons)
        && Arrays.equals(flags, its.flags);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(cuts) + Arrays.hashCode(categories);
  }

  @Override
  public String toString() {
    return "SliceArrays" + slices();
  }

  private static TimeSlice slice(
      long[] cuts, short[] categories, short[] states, int[] reasons, short[] flags, int i) {
    return new TimeSlice(
        new Span(cuts[i], cuts[i + 1]),
        TimeCategory.ofNumber(categories[i]),
        states[i],
        reasons[i],
        flags[i]);
  }
}
