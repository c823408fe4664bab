package io.linewright.model.production;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has said something of a stop of a machine.
 *
 * @param machine its path
 * @param stop id of the stop, by which the service's REST knows it
 * @param from its begin
 * @param to its end; null if it goes on
 * @param word what was said: classified, unclassified, split, merged, commented or withdrawn
 * @param reason code of the reason that the stop now has; null: none
 * @param comment what is now to be known of it; null: nothing
 * @param by who said it
 * @param version number of the word; of one machine the greater is the later
 */
public record StopClassified(
    String machine,
    String stop,
    Instant from,
    @Nullable Instant to,
    String word,
    @Nullable String reason,
    @Nullable String comment,
    String by,
    long version) {}
