package io.linewright.edge.host.birth;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Which equipment stands behind a Sparkplug address: the mapping for ids of foreign nodes first,
 * then Linewright's own convention.
 *
 * @param foreign equipment by address
 */
public record EquipmentMapping(Map<SparkplugAddress, EquipmentPath> foreign) {

  /** Only Linewright's convention. */
  public static final EquipmentMapping CONVENTION = new EquipmentMapping(Map.of());

  public EquipmentMapping {
    foreign = Map.copyOf(foreign);
  }

  /** The equipment; empty if the address is not mapped and does not follow the convention. */
  public Optional<EquipmentPath> equipmentOf(SparkplugAddress address) {
    return Optional.ofNullable(foreign.get(address)).or(address::equipment);
  }
}
