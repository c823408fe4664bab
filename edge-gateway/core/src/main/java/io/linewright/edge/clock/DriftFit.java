package io.linewright.edge.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * Straight line through the windows' best readings: ordinary least squares, once more without the
 * readings whose distance is over three median distances (and over {@link #TOLERANCE_MICROS}). With
 * fewer than {@link ClockEstimate#DRIFT_WINDOWS} readings the drift is 0 and the offset that of the
 * reading with the least delay.
 */
final class DriftFit {

  /** Distances up to this are noise of a healthy clock and never trimmed. */
  static final double TOLERANCE_MICROS = 1000;

  private static final int TRIM = 3;

  private DriftFit() {}

  /**
   * The line's value at the newest reading.
   *
   * @param minima one or more, oldest first
   */
  static ClockEstimate fit(List<ClockReading> minima) {
    ClockReading newest = minima.getLast();
    if (minima.size() < ClockEstimate.DRIFT_WINDOWS) {
      ClockReading best = newest;
      for (ClockReading reading : minima) {
        best = reading.delayMicros() < best.delayMicros() ? reading : best;
      }
      return new ClockEstimate(newest.gatewayMicros(), best.offsetMicros(), 0, minima.size());
    }
    ClockEstimate all = line(minima, newest.gatewayMicros());
    List<ClockReading> near = near(minima, all);
    return near.size() < ClockEstimate.DRIFT_WINDOWS || near.size() == minima.size()
        ? all
        : line(near, newest.gatewayMicros());
  }

  private static List<ClockReading> near(List<ClockReading> minima, ClockEstimate line) {
    double[] sorted = minima.stream().mapToDouble(r -> distance(r, line)).sorted().toArray();
    double most = Math.max(TOLERANCE_MICROS, TRIM * sorted[sorted.length / 2]);
    List<ClockReading> near = new ArrayList<>();
    for (ClockReading reading : minima) {
      if (distance(reading, line) <= most) {
        near.add(reading);
      }
    }
    return near;
  }

  private static double distance(ClockReading reading, ClockEstimate line) {
    return Math.abs(reading.offsetMicros() - line.offsetAt(reading.gatewayMicros()));
  }

  private static ClockEstimate line(List<ClockReading> minima, long at) {
    // Around a reference near the data: 1e15 squared would leave no digit of a drift.
    double base = minima.getFirst().offsetMicros();
    double meanX = 0;
    double meanY = 0;
    for (ClockReading reading : minima) {
      meanX += (double) (reading.gatewayMicros() - at) / minima.size();
      meanY += (reading.offsetMicros() - base) / minima.size();
    }
    double xx = 0;
    double xy = 0;
    for (ClockReading reading : minima) {
      double x = reading.gatewayMicros() - at - meanX;
      xx += x * x;
      xy += x * (reading.offsetMicros() - base - meanY);
    }
    double slope = xx == 0 ? 0 : xy / xx;
    return new ClockEstimate(at, base + meanY - slope * meanX, slope * 1e6, minima.size());
  }
}
