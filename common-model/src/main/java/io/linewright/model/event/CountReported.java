package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A machine reports the reading of a running counter. Differences are the reader's business: they
 * come from neighbours in source time.
 *
 * @param machine equipment path
 * @param tag name of the tag that says so
 * @param kind {@code good-count}, {@code reject-count}, {@code rework-count} or {@code total-count}
 * @param reading the counter; null if it could not be read
 * @param status OPC UA status code of the value, unsigned 32-bit
 * @param ordinal order within the microsecond of {@code ce_time}
 * @param historical true if it comes from backlog: recompute, do not notify
 */
public record CountReported(
    String machine,
    String tag,
    String kind,
    @Nullable Double reading,
    long status,
    int ordinal,
    boolean historical) {}
