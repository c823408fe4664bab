package io.linewright.oee.app.read;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;

/**
 * A machine where it stood.
 *
 * @param machine which
 * @param path where
 * @param span the part of the time in question in which it stood there
 */
public record Standing(Machine machine, EquipmentPath path, Span span) {

  /** The same in a part of that time. */
  public Standing during(Span part) {
    return new Standing(machine, path, part);
  }
}
