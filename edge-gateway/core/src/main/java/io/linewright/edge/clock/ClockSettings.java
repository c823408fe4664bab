package io.linewright.edge.clock;

import java.time.Duration;

/**
 * What the gateway file says of a device's clock.
 *
 * @param policy which time its values carry
 * @param window span of which the reading with the least delay is kept, 1 s to 10 min
 * @param oldest a stamp that lies farther in the past cannot be true
 * @param newest a stamp that lies farther ahead cannot be true
 * @param reported whether offset, drift and implausible stamps are told as tags of the device
 */
public record ClockSettings(
    ClockPolicy policy, Duration window, Duration oldest, Duration newest, boolean reported) {

  /** Trusted; windows of 10 s; from 7 days ago to 5 minutes ahead; not told. */
  public static final ClockSettings DEFAULT =
      new ClockSettings(
          ClockPolicy.TRUST,
          Duration.ofSeconds(10),
          Duration.ofDays(7),
          Duration.ofMinutes(5),
          false);

  /**
   * @throws IllegalArgumentException if a duration is not positive
   */
  public ClockSettings {
    if (!window.isPositive() || !oldest.isPositive() || !newest.isPositive()) {
      throw new IllegalArgumentException(
          "durations of a clock must be positive: " + window + ", " + oldest + ", " + newest);
    }
  }
}
