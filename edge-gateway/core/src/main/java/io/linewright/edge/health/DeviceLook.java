package io.linewright.edge.health;

/**
 * A device at one moment.
 *
 * @param place its path below the gateway's site, {@code machining/line-1/mill-01}
 * @param books what went through
 * @param quality how its tags are
 */
public record DeviceLook(String place, Books books, TagQuality quality) {

  /** Where the device stands on a connection in that state. */
  HealthState state(HealthState connection) {
    if (connection != HealthState.RUNNING) {
      return connection;
    }
    if (quality.silent()) {
      return HealthState.SILENT;
    }
    return books.in() == 0 ? HealthState.NO_DATA : HealthState.RUNNING;
  }
}
