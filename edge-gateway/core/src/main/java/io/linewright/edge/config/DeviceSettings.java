package io.linewright.edge.config;

import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.summary.Summary;
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
 * @param clock what becomes of its stamps
 * @param summaries figures over windows of its tags
 * @param rules what is watched in its tags
 */
public record DeviceSettings(
    EquipmentPath path,
    Optional<EquipmentId> equipmentId,
    String connection,
    int unitId,
    List<TagSettings> tags,
    Map<String, Integer> stateMap,
    ClockSettings clock,
    List<Summary> summaries,
    List<Rule> rules) {

  public DeviceSettings {
    tags = List.copyOf(tags);
    stateMap = Map.copyOf(stateMap);
    summaries = List.copyOf(summaries);
    rules = List.copyOf(rules);
  }

  /** A device whose clock is trusted, without summaries and rules. */
  public DeviceSettings(
      EquipmentPath path,
      Optional<EquipmentId> equipmentId,
      String connection,
      int unitId,
      List<TagSettings> tags,
      Map<String, Integer> stateMap) {
    this(
        path,
        equipmentId,
        connection,
        unitId,
        tags,
        stateMap,
        ClockSettings.DEFAULT,
        List.of(),
        List.of());
  }

  /** The same with other tags. */
  public DeviceSettings withTags(List<TagSettings> others) {
    return new DeviceSettings(
        path, equipmentId, connection, unitId, others, stateMap, clock, summaries, rules);
  }
}
