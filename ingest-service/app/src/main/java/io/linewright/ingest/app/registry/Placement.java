package io.linewright.ingest.app.registry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time of equipment at a place.
 *
 * @param id of the equipment
 * @param path where it is in the hierarchy
 * @param address path under which its values arrive
 * @param from since when
 * @param to until when; null: it is there now
 * @param movedBy who reported that it came there; null: its gateway, or its values
 * @param reason why, as they said
 * @param enteredAt when this was entered
 */
public record Placement(
    UUID id,
    String path,
    String address,
    Instant from,
    @Nullable Instant to,
    @Nullable String movedBy,
    @Nullable String reason,
    Instant enteredAt) {}
