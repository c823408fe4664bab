package io.linewright.model.machine;

import org.jspecify.annotations.Nullable;

/**
 * A machine reports the energy that it has taken so far, or the power that it takes. Not every
 * value of the tag is reported, but one of each minute of source time, the one that holds when the
 * machine reports a state, and the last one before it falls silent; all are on {@code telemetry}.
 *
 * @param machine equipment path
 * @param tag name of the tag that says so
 * @param kind {@code energy}: a running count in kWh; {@code power}: in kW
 * @param value in the unit of the kind, whatever the unit of the tag is; null if it could not be
 *     read
 * @param status OPC UA status code of the value, unsigned 32-bit
 * @param ordinal order within the microsecond of {@code ce_time}
 * @param historical true if it comes from backlog: recompute, do not notify
 */
public record EnergyReported(
    String machine,
    String tag,
    String kind,
    @Nullable Double value,
    long status,
    int ordinal,
    boolean historical) {}
