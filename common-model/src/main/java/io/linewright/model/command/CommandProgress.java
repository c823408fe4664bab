package io.linewright.model.command;

import java.time.Instant;

/**
 * A command has got further. Key of its record: the path of the machine. The same step of the same
 * command always carries the same {@code ce_id}: a repeat tells nothing new.
 *
 * @param id UUID of the command
 * @param tag where the value goes, {@code path#name}
 * @param step kebab case, see {@link CommandStep}
 * @param at when the step was done
 * @param detail one sentence for people: why, or what the machine holds; may be empty
 */
public record CommandProgress(String id, String tag, String step, Instant at, String detail) {}
