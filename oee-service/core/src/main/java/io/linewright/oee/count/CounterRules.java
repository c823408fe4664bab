package io.linewright.oee.count;

import io.linewright.oee.quantity.Quantity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the readings of a counter are understood.
 *
 * @param start what the first reading ever says
 * @param rollOverAt the reading that it never shows because it shows 0 instead, such as 65536 or
 *     4294967296; 2 to 10<sup>12</sup>; empty: it does not roll over
 * @param jump how much is too much to be true; it needs an ideal cycle. Empty: only what no machine
 *     makes is too much
 * @param doublePulse two pulses closer to each other than this are one, 0 to 1 h; 0: never
 * @param perPulse items for each unit that the counter shows, more than 0 and at most 1,000,000;
 *     more than 1 where a stroke makes several
 */
public record CounterRules(
    Start start,
    OptionalLong rollOverAt,
    Optional<Rate> jump,
    Duration doublePulse,
    Quantity perPulse) {

  private static final long MOST_ROLL_OVER = 1_000_000_000_000L;
  private static final Duration LONGEST_DOUBLE_PULSE = Duration.ofHours(1);
  private static final Quantity MOST_PER_PULSE = Quantity.of(1_000_000);

  /** What holds where nobody said otherwise: baseline, 20 times the ideal rate and 50 items. */
  public static final CounterRules DEFAULT =
      new CounterRules(
          Start.BASELINE,
          OptionalLong.empty(),
          Optional.of(new Rate(20, Quantity.of(50))),
          Duration.ZERO,
          Quantity.of(1));

  /** What the first reading ever says. */
  public enum Start {
    /** Nothing: how long it has been counting is not known. */
    BASELINE,
    /** The counter stood at 0 before, so all of the reading counts. */
    ZERO
  }

  /**
   * The most that is believed between two readings: a multiple of what the ideal cycle allows in
   * that time, and some more, for readings that come late or in bursts.
   *
   * @param times the multiple, 1 to 1,000,000
   * @param plus items, 0 or more
   */
  public record Rate(double times, Quantity plus) {

    private static final double MOST_TIMES = 1_000_000;

    /**
     * @throws IllegalArgumentException if either is out of range
     */
    public Rate {
      if (!(times >= 1 && times <= MOST_TIMES)) {
        throw new IllegalArgumentException(
            "a jump is 1 to 1000000 times the ideal rate, not " + times);
      }
      if (plus.millionths() < 0) {
        throw new IllegalArgumentException("a jump is no fewer items than 0, not " + plus.units());
      }
    }
  }

  /**
   * @throws IllegalArgumentException if something is out of range
   */
  public CounterRules {
    if (rollOverAt.isPresent()
        && (rollOverAt.getAsLong() < 2 || rollOverAt.getAsLong() > MOST_ROLL_OVER)) {
      throw new IllegalArgumentException(
          "a counter rolls over at 2 to 10^12, not at " + rollOverAt.getAsLong());
    }
    if (doublePulse.isNegative() || doublePulse.compareTo(LONGEST_DOUBLE_PULSE) > 0) {
      throw new IllegalArgumentException("a double pulse takes 0 to 1 h, not " + doublePulse);
    }
    if (perPulse.millionths() <= 0 || perPulse.compareTo(MOST_PER_PULSE) > 0) {
      throw new IllegalArgumentException(
          "a pulse is more than 0 and at most 1000000 items, not " + perPulse.units());
    }
  }
}
