package io.linewright.oee.hourly;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;

/**
 * What was to be made in an hour, and what was.
 *
 * @param hour which one; any span, as hours of a plant may be cut by shifts
 * @param target how many items were to be made in the planned busy time of known ideal cycle
 * @param produced all items
 * @param good the good ones
 * @param withoutIdealMicros planned busy time for which no ideal cycle is known, so that it has no
 *     part in the target
 */
public record TargetHour(
    Span hour, Quantity target, Quantity produced, Quantity good, long withoutIdealMicros) {}
