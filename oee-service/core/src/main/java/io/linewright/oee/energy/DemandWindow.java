package io.linewright.oee.energy;

import io.linewright.oee.time.Span;
import org.jspecify.annotations.Nullable;

/**
 * The demand in one window.
 *
 * @param span the window; longer than what has passed of it if it is the last one
 * @param meanKilowatts mean power of all meters in what has passed of it, finite
 * @param coverage share of the time that is known, over all meters, 0 to 1; 0 without meters
 * @param forecastKilowatts of a window that is not over: the mean power of all of it if each meter
 *     goes on as in its last minute; else null
 */
public record DemandWindow(
    Span span, double meanKilowatts, double coverage, @Nullable Double forecastKilowatts) {

  /**
   * @throws IllegalArgumentException if a number is not finite, or the coverage is not 0 to 1
   */
  public DemandWindow {
    if (!Double.isFinite(meanKilowatts)
        || (forecastKilowatts != null && !Double.isFinite(forecastKilowatts))
        || !(coverage >= 0 && coverage <= 1)) {
      throw new IllegalArgumentException(
          "%s: %s kW, %s kW, %s".formatted(span, meanKilowatts, forecastKilowatts, coverage));
    }
  }
}
