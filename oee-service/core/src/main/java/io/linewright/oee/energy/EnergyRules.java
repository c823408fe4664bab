package io.linewright.oee.energy;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.quantity.Quantity;
import java.time.Duration;

/**
 * How a machine's meters are read.
 *
 * @param source what counts if a machine has both: {@link TrackKind#ENERGY} or {@link
 *     TrackKind#POWER}; adding them up would count twice
 * @param longestGap readings further apart tell nothing of what lies between: 1 ms to 1 day
 * @param mostKilowatts what no meter of a machine shows, and no counter's rise means, since it is
 *     more than the machine can take: more than 0, at most 10<sup>6</sup>
 * @param window length of the windows of which the mean power is the demand: 1 min to 1 day, and a
 *     whole number of them is a day
 */
public record EnergyRules(
    TrackKind source, Duration longestGap, Quantity mostKilowatts, Duration window) {

  private static final Quantity MOST = Quantity.of(1_000_000L);
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Counters, since they miss nothing; 3 minutes, as meters are read each minute or more often; 10
   * MW; 15 minutes, as grids in Europe are billed.
   */
  public static final EnergyRules DEFAULT =
      new EnergyRules(
          TrackKind.ENERGY, Duration.ofMinutes(3), Quantity.of(10_000L), Duration.ofMinutes(15));

  /**
   * @throws IllegalArgumentException if one is out of range
   */
  public EnergyRules {
    if (source != TrackKind.ENERGY && source != TrackKind.POWER) {
      throw new IllegalArgumentException("energy is not told by " + source);
    }
    requireWithin("the longest gap", Duration.ofMillis(1), longestGap);
    requireWithin("the window", Duration.ofMinutes(1), window);
    if (DAY.toNanos() % window.toNanos() != 0) {
      throw new IllegalArgumentException("a day is no whole number of windows of " + window);
    }
    if (mostKilowatts.compareTo(Quantity.ZERO) <= 0 || mostKilowatts.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "the most power must be more than 0 and at most 10^6 kW, not " + mostKilowatts.units());
    }
  }

  private static void requireWithin(String what, Duration least, Duration duration) {
    if (duration.compareTo(least) < 0 || duration.compareTo(DAY) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to a day, not %s".formatted(what, least, duration));
    }
  }
}
