package io.linewright.edge.clock;

/**
 * How far a device's clock is off.
 *
 * @param atMicros gateway's clock for which the offset holds
 * @param offsetMicros device's clock less gateway's clock
 * @param driftPpm how fast the offset grows, microseconds per second; 0 while it is unknown
 * @param windows windows that it rests on; the drift is known from {@link #DRIFT_WINDOWS} on
 */
public record ClockEstimate(long atMicros, double offsetMicros, double driftPpm, int windows) {

  /** Fewest windows from which a drift is told. */
  public static final int DRIFT_WINDOWS = 6;

  /** Whether the drift is known. */
  public boolean driftKnown() {
    return windows >= DRIFT_WINDOWS;
  }

  /** The same estimate by a gateway's clock that was set since. */
  ClockEstimate gatewaySet(long byMicros) {
    return new ClockEstimate(atMicros + byMicros, offsetMicros - byMicros, driftPpm, windows);
  }

  /** The offset at another time, microseconds. */
  public double offsetAt(long gatewayMicros) {
    return offsetMicros + driftPpm * 1e-6 * (gatewayMicros - atMicros);
  }
}
