package io.linewright.model.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values are known to be lost. Loss is never silent: it is an event.
 *
 * @param equipment path of the device, or of the gateway if its devices cannot be told apart
 * @param from begin of the time in which values are missing
 * @param to end of that time
 * @param count how many values; null if that cannot be known
 * @param reason one sentence for people
 */
public record SamplesLost(
    String equipment, Instant from, Instant to, @Nullable Long count, String reason) {}
