package io.linewright.edge.clock;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClockFilter} knows of one device's clock.
 *
 * @param minima best reading of each closed window, oldest first, at most {@link
 *     ClockFilter#MAX_WINDOWS}
 * @param low windows in a row whose best reading lies far below the estimate: long delays, or a
 *     clock that was set back
 * @param open best reading of the window that is open; null before the first
 * @param estimate empty until two windows in a row agree
 * @param era counts how often the clock has begun anew: steps, resets, and steps of the gateway's
 *     clock
 */
public record ClockState(
    List<ClockReading> minima,
    List<ClockReading> low,
    @Nullable ClockReading open,
    Optional<ClockEstimate> estimate,
    int era) {

  /** Nothing is known yet. */
  public static final ClockState NONE =
      new ClockState(List.of(), List.of(), null, Optional.empty(), 0);

  public ClockState {
    minima = List.copyOf(minima);
    low = List.copyOf(low);
  }

  /** Forgets everything but the number of the era, which is the next one. */
  ClockState nextEra(@Nullable ClockReading first) {
    return new ClockState(List.of(), List.of(), first, Optional.empty(), era + 1);
  }

  /**
   * The same knowledge by a gateway's clock that was set since: the device's clock is as far off
   * the true time as it was. A new era, because times of the gateway's clock before and after say
   * nothing of their order.
   */
  ClockState gatewaySet(long byMicros) {
    return new ClockState(
        minima.stream().map(reading -> reading.gatewaySet(byMicros)).toList(),
        low.stream().map(reading -> reading.gatewaySet(byMicros)).toList(),
        open == null ? null : open.gatewaySet(byMicros),
        estimate.map(known -> known.gatewaySet(byMicros)),
        era + 1);
  }

  ClockState withOpen(ClockReading reading) {
    return new ClockState(minima, low, reading, estimate, era);
  }

  ClockState withLow(List<ClockReading> readings) {
    return new ClockState(minima, readings, open, estimate, era);
  }

  ClockState withMinima(List<ClockReading> readings, Optional<ClockEstimate> fresh) {
    return new ClockState(readings, List.of(), open, fresh, era);
  }
}
