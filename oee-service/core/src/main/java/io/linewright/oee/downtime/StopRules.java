package io.linewright.oee.downtime;

import io.linewright.oee.order.StartUp;
import java.time.Duration;

/**
 * From which length on a stop is one, and needs a reason.
 *
 * @param minimumStop shorter ones beside production count as production, as lost speed; 0 to 1 h
 * @param microStopCeiling longer ones are no minor stops; not shorter than that, at most 1 d
 * @param forcedReason whether stops above the ceiling that come from inside the machine need a
 *     reason
 * @param startUp which rejects are lost with a start
 */
public record StopRules(
    Duration minimumStop, Duration microStopCeiling, boolean forcedReason, StartUp startUp) {

  private static final Duration LONGEST_MINIMUM = Duration.ofHours(1);
  private static final Duration LONGEST_CEILING = Duration.ofDays(1);

  /** What holds where nobody said otherwise: 10 s, 300 s, and a reason is needed. */
  public static final StopRules DEFAULT =
      new StopRules(Duration.ofSeconds(10), Duration.ofSeconds(300), true, StartUp.NONE);

  /**
   * @throws IllegalArgumentException if a length is out of range
   */
  public StopRules {
    if (minimumStop.isNegative()
        || minimumStop.compareTo(LONGEST_MINIMUM) > 0
        || microStopCeiling.compareTo(minimumStop) < 0
        || microStopCeiling.compareTo(LONGEST_CEILING) > 0) {
      throw new IllegalArgumentException(
          "a stop begins at 0 to 1 h and is no minor one from there to 1 d on, not %s and %s"
              .formatted(minimumStop, microStopCeiling));
    }
  }

  /** {@link #minimumStop} in microseconds. */
  long minimumMicros() {
    return minimumStop.toNanos() / 1_000;
  }

  /** {@link #microStopCeiling} in microseconds. */
  long ceilingMicros() {
    return microStopCeiling.toNanos() / 1_000;
  }
}
