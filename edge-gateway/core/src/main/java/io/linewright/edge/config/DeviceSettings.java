package io.linewright.edge.config;

import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One device of the gateway.
 *
 * @param path where it stands; within the gateway's site
 * @param equipmentId its immutable identity; empty: derived from the first path
 * @param connection id of its connection
 * @param unitId Modbus unit id 0 to 255; 0 for other protocols
 * @param tags its tags, names unique
 * @param stateMap raw value of the machine-state tag (as text) to PackTags number; empty: values
 *     are PackTags numbers already
 */
public record DeviceSettings(
    EquipmentPath path,
    Optional<EquipmentId> equipmentId,
    String connection,
    int unitId,
    List<TagSettings> tags,
    Map<String, Integer> stateMap) {

  public DeviceSettings {
    tags = List.copyOf(tags);
    stateMap = Map.copyOf(stateMap);
  }
}
