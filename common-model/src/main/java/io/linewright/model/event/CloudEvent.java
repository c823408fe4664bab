package io.linewright.model.event;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An event with the attributes of CloudEvents 1.0.2. {@code (source, id)} is unique: a repeat of it
 * is the same event.
 *
 * @param id deterministic: the same fact always gets the same id
 * @param source who says it: {@code /bridge/acme:graz/gw-1}, {@code /ingest}
 * @param type {@code io.linewright.<domain>.<event>.v1}
 * @param time when it happened, not when it was sent
 * @param subject equipment path, or other name of what it is about
 * @param sequence gap-free count per source and record key, from 1; empty if the source keeps none
 * @param traceparent W3C trace context; null if there is none
 * @param data the event's own record
 */
public record CloudEvent<T>(
    String id,
    String source,
    String type,
    Instant time,
    String subject,
    OptionalLong sequence,
    @Nullable String traceparent,
    T data) {}
