package io.linewright.edge.clock;

import java.util.Optional;

/**
 * What is known of a device's clock at a moment.
 *
 * @param estimate offset and drift; empty while windows do not agree
 * @param implausible stamps that cannot be true, since the start
 * @param steps how often the clock was set or began anew, since the start
 */
public record ClockReport(Optional<ClockEstimate> estimate, long implausible, long steps) {

  /** Nothing is known yet. */
  public static final ClockReport NONE = new ClockReport(Optional.empty(), 0, 0);
}
