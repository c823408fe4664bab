package io.linewright.edge.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a device's stamps into the gateway's time: corrected = stamp − offset(stamp), where the
 * offset is a line of pieces over the device's own time with a slope of at most {@link #SLEW_PPM}.
 * What was said of a stamp never changes: a new estimate bends the line only behind the newest
 * stamp seen. So a later stamp always gets a later time, and a stamp that is delivered again gets
 * the time that it had.
 *
 * @param knots where the line bends, oldest first, at least one, at most {@link #MAX_KNOTS}
 * @param reachMicros device time after the last knot for which its slope holds; then the offset
 *     stays
 */
public record Correction(List<Knot> knots, long reachMicros) {

  /** Fastest change of the offset, parts per million: the slew rate of RFC 5905's clock. */
  public static final double SLEW_PPM = 500;

  /** Bends remembered: over ten minutes with windows of 10 s. */
  public static final int MAX_KNOTS = 64;

  /**
   * A bend of the line.
   *
   * @param stampMicros device's time
   * @param offsetMicros offset there
   * @param slope change of the offset per unit of device time from here on, within ±500 ppm
   */
  public record Knot(long stampMicros, double offsetMicros, double slope) {}

  /**
   * @throws IllegalArgumentException if there is no knot
   */
  public Correction {
    knots = List.copyOf(knots);
    if (knots.isEmpty()) {
      throw new IllegalArgumentException("a correction needs at least one knot");
    }
  }

  /**
   * Begins with the offset that an estimate tells.
   *
   * @param newestStampMicros newest stamp seen
   * @param reach time to the next estimate
   */
  public static Correction begin(
      ClockEstimate estimate, long newestStampMicros, java.time.Duration reach) {
    double offset = estimate.offsetAt(Math.round(newestStampMicros - estimate.offsetMicros()));
    return new Correction(
        List.of(new Knot(newestStampMicros, offset, limited(estimate.driftPpm() * 1e-6))),
        reach.toNanos() / 1000);
  }

  /**
   * Bends towards a newer estimate, so that it is met one reach later if the slew rate allows it.
   */
  public Correction towards(ClockEstimate estimate, long newestStampMicros) {
    Knot last = knots.getLast();
    if (newestStampMicros <= last.stampMicros()) {
      return this;
    }
    double from = offsetAt(newestStampMicros);
    long there = newestStampMicros + reachMicros;
    double wanted = estimate.offsetAt(Math.round(there - estimate.offsetMicros()));
    List<Knot> bent =
        new ArrayList<>(knots.subList(Math.max(0, knots.size() - MAX_KNOTS + 1), knots.size()));
    bent.add(new Knot(newestStampMicros, from, limited((wanted - from) / reachMicros)));
    return new Correction(bent, reachMicros);
  }

  /** The same line by a gateway's clock that was set since. */
  Correction gatewaySet(long byMicros) {
    return new Correction(
        knots.stream()
            .map(knot -> new Knot(knot.stampMicros(), knot.offsetMicros() - byMicros, knot.slope()))
            .toList(),
        reachMicros);
  }

  /** The offset that a stamp is corrected by, microseconds. */
  public double offsetAt(long stampMicros) {
    for (int i = knots.size() - 1; i >= 0; i--) {
      Knot knot = knots.get(i);
      if (stampMicros >= knot.stampMicros()) {
        long run = stampMicros - knot.stampMicros();
        return knot.offsetMicros() + knot.slope() * Math.min(run, reachMicros);
      }
    }
    return knots.getFirst().offsetMicros();
  }

  /** The gateway's time of a stamp. */
  public long correct(long stampMicros) {
    return stampMicros - Math.round(offsetAt(stampMicros));
  }

  private static double limited(double slope) {
    return Math.clamp(slope, -SLEW_PPM * 1e-6, SLEW_PPM * 1e-6);
  }
}
