package io.linewright.oee.energy;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The greatest mean power of a window, which grids are billed by. Several machines are summed
 * window by window before the greatest is looked for: their peaks need not be at the same time.
 */
public final class PeakDemand {

  /** kW of one millionth of a kWh in one microsecond. */
  private static final double KILOWATTS = 3_600;

  private static final long LAST_MINUTE = 60_000_000;

  private PeakDemand() {}

  /**
   * The demand in each window.
   *
   * @param curves of all meters of all machines that are asked about
   * @param window length, see {@link EnergyRules#window}
   * @param zone by whose wall clock windows begin: at midnight, and then one after the other. One
   *     in which the clock is changed by no whole number of windows is cut short there
   * @param whole the time that is asked about. The first window may begin before it; the last one
   *     ends after it, if it is not over
   */
  public static List<DemandWindow> windows(
      Collection<EnergyCurve> curves, Duration window, ZoneRules zone, Span whole) {
    List<DemandWindow> windows = new ArrayList<>();
    long from = whole.fromMicros();
    while (from < whole.toMicros()) {
      Span span = windowAt(from, window.toNanos() / 1_000, zone);
      windows.add(window(curves, span, whole.toMicros()));
      from = span.toMicros();
    }
    return windows;
  }

  /**
   * The window that is over and has the greatest demand, of equal ones the first; empty if none is.
   */
  public static Optional<DemandWindow> peak(List<DemandWindow> windows) {
    Comparator<DemandWindow> order = Comparator.comparingDouble(DemandWindow::meanKilowatts);
    return windows.stream()
        .filter(window -> window.forecastKilowatts() == null)
        .reduce((one, next) -> order.compare(next, one) > 0 ? next : one);
  }

  private static DemandWindow window(Collection<EnergyCurve> curves, Span span, long until) {
    boolean over = span.toMicros() <= until;
    Span passed = over ? span : new Span(span.fromMicros(), until);
    Quantity kwh = Quantity.ZERO;
    long covered = 0;
    double forecast = 0;
    for (EnergyCurve curve : curves) {
      kwh = kwh.plus(curve.between(passed));
      covered += curve.coveredMicros(passed);
      forecast += over ? 0 : forecast(curve, span, passed);
    }
    double coverage = curves.isEmpty() ? 0 : (double) covered / passed.micros() / curves.size();
    @Nullable Double expected = over ? null : (Double) (forecast * KILOWATTS / span.micros());
    return new DemandWindow(span, kilowatts(kwh, passed), Math.min(1, coverage), expected);
  }

  /** Millionths of a kWh to the end of the window. */
  private static double forecast(EnergyCurve curve, Span window, Span passed) {
    long last = curve.lastMicros().orElse(passed.fromMicros());
    long known = Math.clamp(last, passed.fromMicros(), passed.toMicros());
    double perMicro =
        (double) curve.between(new Span(known - LAST_MINUTE, known)).millionths() / LAST_MINUTE;
    return curve.between(passed).millionths() + perMicro * (window.toMicros() - known);
  }

  private static double kilowatts(Quantity kwh, Span span) {
    return kwh.millionths() * KILOWATTS / span.micros();
  }

  private static Span windowAt(long micros, long length, ZoneRules zone) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    long offset = zone.getOffset(instant).getTotalSeconds() * 1_000_000L;
    long begin = Math.floorDiv(micros + offset, length) * length - offset;
    long end = begin + length;
    ZoneOffsetTransition before = zone.previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition next = zone.nextTransition(instant);
    return new Span(
        before == null ? begin : Math.max(begin, micros(before)),
        next == null ? end : Math.min(end, micros(next)));
  }

  private static long micros(ZoneOffsetTransition transition) {
    return transition.toEpochSecond() * 1_000_000L;
  }
}
