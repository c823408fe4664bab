package io.linewright.edge.health;

/**
 * A device at one moment.
 *
 * @param place its path below the gateway's site, {@code machining/line-1/mill-01}
 * @param books what went through
 * @param quality how its tags are
 * @param implausible stamps that cannot be true, since the gateway started
 */
public record DeviceLook(String place, Books books, TagQuality quality, long implausible) {

  /** A device whose stamps can be true. */
  public DeviceLook(String place, Books books, TagQuality quality) {
    this(place, books, quality, 0);
  }

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
