package io.linewright.oee.element;

/**
 * What broke, and how long people worked on it.
 *
 * @param onsets FE, how often a machine broke, 0 or more; it counts where it begins, also in a
 *     break
 * @param repairMicros ΣTTR, planned busy time that was lost in failures, 0 or more; a failure that
 *     began before the time that is asked for has some of it here, and no onset
 * @param correctiveMicros CMT, time of maintenance that repairs, 0 or more
 * @param plannedMaintenanceMicros PMT, time of maintenance that was planned, 0 or more
 */
public record Failures(
    long onsets, long repairMicros, long correctiveMicros, long plannedMaintenanceMicros) {

  /** Nothing broke. */
  public static final Failures NONE = new Failures(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public Failures {
    if (onsets < 0 || repairMicros < 0 || correctiveMicros < 0 || plannedMaintenanceMicros < 0) {
      throw new IllegalArgumentException(
          "none may be negative: %d failures, %d, %d and %d µs"
              .formatted(onsets, repairMicros, correctiveMicros, plannedMaintenanceMicros));
    }
  }

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is not below 2<sup>63</sup>
   */
  public Failures plus(Failures other) {
    return new Failures(
        Math.addExact(onsets, other.onsets),
        Math.addExact(repairMicros, other.repairMicros),
        Math.addExact(correctiveMicros, other.correctiveMicros),
        Math.addExact(plannedMaintenanceMicros, other.plannedMaintenanceMicros));
  }
}
