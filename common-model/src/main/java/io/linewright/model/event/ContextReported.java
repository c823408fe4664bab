package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A machine reports what it works on or why it stands: order, product, lot, serial number or stop
 * reason.
 *
 * @param machine equipment path
 * @param tag name of the tag that says so
 * @param kind {@code order}, {@code product}, {@code lot}, {@code serial} or {@code stop-reason}
 * @param value the tag's value as text; null if there is none
 * @param status OPC UA status code of the value, unsigned 32-bit
 * @param ordinal order within the microsecond of {@code ce_time}
 * @param historical true if it comes from backlog: recompute, do not notify
 */
public record ContextReported(
    String machine,
    String tag,
    String kind,
    @Nullable String value,
    long status,
    int ordinal,
    boolean historical) {}
