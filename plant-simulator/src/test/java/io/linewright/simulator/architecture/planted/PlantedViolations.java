package io.linewright.simulator.architecture.planted;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a model must not do: reads a clock and logs. */
final class PlantedViolations {

  private static final Logger LOG = LoggerFactory.getLogger(PlantedViolations.class);

  private PlantedViolations() {}

  static long now() {
    LOG.debug("reading the clock");
    return System.nanoTime();
  }
}
