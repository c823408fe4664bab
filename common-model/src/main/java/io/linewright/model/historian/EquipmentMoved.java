package io.linewright.model.historian;

import org.jspecify.annotations.Nullable;

/**
 * A piece of equipment is at another place from {@code ce_time} on. It keeps its identity and its
 * past.
 *
 * @param equipmentId UUID of the equipment
 * @param from path at which it was
 * @param to path at which it is
 * @param movedBy who said so; null: the gateway, whose file names the same id at another path
 * @param reason why, one sentence; null if the gateway said so
 */
public record EquipmentMoved(
    String equipmentId,
    String from,
    String to,
    @Nullable String movedBy,
    @Nullable String reason) {}
