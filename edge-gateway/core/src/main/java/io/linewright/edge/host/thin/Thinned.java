package io.linewright.edge.host.thin;

import io.linewright.model.equipment.EquipmentPath;
import java.util.Map;

/**
 * What of one node's energy and progress was told, and what is held back: transient, it does not
 * outlive the host. Never changes; {@link Thinning} makes the next one.
 */
public final class Thinned {

  /** Nothing was told yet. */
  public static final Thinned NONE = new Thinned(Map.of(), Held.NEVER);

  final Map<EquipmentPath, Held> devices;
  private final long due;

  Thinned(Map<EquipmentPath, Held> devices, long due) {
    this.devices = devices;
    this.due = due;
  }

  /** Whether something that is held must be told by that host time, in microseconds. */
  public boolean isDue(long hostMicros) {
    return due <= hostMicros;
  }
}
