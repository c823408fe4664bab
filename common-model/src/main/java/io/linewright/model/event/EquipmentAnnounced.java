package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A gateway declares a piece of equipment. Key of its record: the path.
 *
 * @param path equipment path
 * @param equipmentId UUID if the gateway's file gives one; null: identity follows the first path
 * @param level ISA-95 level in upper case, {@code WORK_UNIT}
 * @param group Sparkplug group of the gateway
 * @param node Sparkplug node of the gateway
 */
public record EquipmentAnnounced(
    String path, @Nullable String equipmentId, String level, String group, String node) {}
