package io.linewright.edge.command;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Instant;
import java.util.UUID;

/**
 * A value that somebody wants written to a machine.
 *
 * @param id the same id is the same command
 * @param tag where the value goes
 * @param value in the tag's unit
 * @param requester who asks
 * @param requestedAt when, by the platform's clock
 * @param expiresAt from when on it must not be executed any more, by the platform's clock
 * @param reason why, in the words of the requester
 */
public record Command(
    UUID id,
    TagKey tag,
    SampleValue value,
    String requester,
    Instant requestedAt,
    Instant expiresAt,
    String reason) {}
