package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A machine reports that an alarm is active or no longer active.
 *
 * @param machine equipment path
 * @param tag name of the tag that says so
 * @param active whether it is active; null if not known
 * @param code the raw value of the tag as text; null if there is none
 * @param status OPC UA status code of the value, unsigned 32-bit
 * @param ordinal order within the microsecond of {@code ce_time}
 * @param historical true if it comes from backlog: recompute, do not notify
 */
public record AlarmReported(
    String machine,
    String tag,
    @Nullable Boolean active,
    @Nullable String code,
    long status,
    int ordinal,
    boolean historical) {}
