package io.linewright.edge.clock;

import java.util.Locale;

/** Which time the values of a device carry. */
public enum ClockPolicy {
  /** The device's stamp as it is. */
  TRUST,
  /**
   * The device's stamp less its estimated offset; the gateway's time while there is no estimate.
   */
  CORRECT,
  /** The gateway's time of arrival. */
  REPLACE;

  /** Lower case, as in the gateway file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
