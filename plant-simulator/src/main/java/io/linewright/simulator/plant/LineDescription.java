package io.linewright.simulator.plant;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;

/**
 * A line: items pass its machines in order, through a buffer after each machine but the last.
 *
 * @param path {@code enterprise/site/area/line}
 * @param machines at least one
 */
public record LineDescription(EquipmentPath path, List<MachineDescription> machines) {

  public LineDescription {
    machines = List.copyOf(machines);
  }
}
