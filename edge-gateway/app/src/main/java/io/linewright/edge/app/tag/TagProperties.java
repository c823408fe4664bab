package io.linewright.edge.app.tag;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.unit.UcumUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What births say of a tag besides its name, type and value. */
final class TagProperties {

  private TagProperties() {}

  /**
   * Properties of a device's tags, in their order; what says nothing is left out.
   *
   * @param equipmentId identity of the device, told with its first tag
   */
  static List<Map<String, Object>> of(
      List<TagDescription> tags, Optional<EquipmentId> equipmentId) {
    List<Map<String, Object>> all = tags.stream().map(TagProperties::of).toList();
    if (!all.isEmpty()) {
      equipmentId.ifPresent(
          id -> all.getFirst().put(LinewrightMetrics.EQUIPMENT_ID, id.toString()));
    }
    return all;
  }

  private static Map<String, Object> of(TagDescription tag) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (!tag.unit().equals(UcumUnit.ONE)) {
      properties.put(LinewrightMetrics.ENG_UNIT, tag.unit().code());
    }
    if (tag.role() != TagRole.PROCESS_VALUE) {
      properties.put(LinewrightMetrics.ROLE, tag.role().toString());
    }
    tag.range()
        .ifPresent(
            range -> {
              properties.put(LinewrightMetrics.RANGE_LOW, range.low());
              properties.put(LinewrightMetrics.RANGE_HIGH, range.high());
            });
    tag.sampling()
        .ifPresent(sampling -> properties.put(LinewrightMetrics.SAMPLING_MS, sampling.toMillis()));
    if (tag.dataClass() != DataClass.SITE) {
      properties.put(LinewrightMetrics.DATA_CLASS, tag.dataClass().toString());
    }
    tag.owner().ifPresent(owner -> properties.put(LinewrightMetrics.OWNER, owner));
    return properties;
  }
}
