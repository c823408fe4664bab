package io.linewright.simulator.plant;

import io.linewright.model.equipment.EquipmentPath;
import java.util.Optional;

/**
 * One machine.
 *
 * @param path where it stands; the last segment is its name, unique in the plant
 * @param type how it behaves
 * @param buffer places in the buffer behind it, 1 to 100,000; without meaning at the end of a line
 * @param modbus how it is reached over Modbus TCP; empty: over OPC UA
 */
public record MachineDescription(
    EquipmentPath path, MachineType type, int buffer, Optional<ModbusUnit> modbus) {

  /** The last segment of the path. */
  public String name() {
    return path.name();
  }
}
