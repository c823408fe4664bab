package io.linewright.edge.health;

import java.util.List;

/**
 * A connection at one moment.
 *
 * @param id its id in the gateway file
 * @param state where it stands
 * @param reason why it stands there; empty while values come
 * @param books what went through, all devices together
 * @param devices its devices
 */
public record ConnectionLook(
    String id, HealthState state, String reason, Books books, List<DeviceLook> devices) {

  public ConnectionLook {
    devices = List.copyOf(devices);
  }
}
