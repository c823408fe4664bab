package io.linewright.oee.loss;

/**
 * A step down from the calendar time.
 *
 * @param kind what was lost
 * @param micros how much, in microseconds; negative if more remains than before
 * @param remainingMicros what remains after it
 */
public record LossStep(LossKind kind, long micros, long remainingMicros) {}
