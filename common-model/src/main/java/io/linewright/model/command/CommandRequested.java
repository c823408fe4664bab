package io.linewright.model.command;

import java.time.Instant;

/**
 * Someone who may do so asks for a value to be written to a machine. Key of its record: the path of
 * the machine.
 *
 * @param id UUID of the command; the same id is the same command and is executed at most once
 * @param tag where the value goes, {@code path#name}
 * @param type {@code boolean}, {@code integer}, {@code double}, {@code string} or {@code bytes}
 * @param value the value as text, see {@link io.linewright.model.sample.SampleText}
 * @param requester who asks, as the audit log names them
 * @param requestedAt when it was asked for, by the platform's clock
 * @param expiresAt from when on it is not executed any more; at most a day after {@code
 *     requestedAt}
 * @param reason why, in the words of the requester; may be empty
 */
public record CommandRequested(
    String id,
    String tag,
    String type,
    String value,
    String requester,
    Instant requestedAt,
    Instant expiresAt,
    String reason) {}
