package io.linewright.edge.app.uplink.books;

import io.linewright.edge.app.uplink.Uplink;

/**
 * Books of the drivers, for the gateway's own tags.
 *
 * @param in values that the machines delivered
 * @param out values handed to the {@link Uplink}
 * @param setAside values that could not be used, such as those of an unknown type
 * @param logic books of what lies between the drivers and the {@link Uplink}
 */
public record DriverStatus(long in, long out, long setAside, LogicBooks logic) {

  /** No drivers. */
  public static final DriverStatus NONE = new DriverStatus(0, 0, 0);

  /** Drivers that hand their values to the {@link Uplink} itself. */
  public DriverStatus(long in, long out, long setAside) {
    this(in, out, setAside, LogicBooks.NONE);
  }
}
