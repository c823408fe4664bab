package io.linewright.bench.compare;

import io.linewright.bench.plant.CanonicalValue;

/**
 * One change that the simulator made.
 *
 * @param sourceMicros when, microseconds since the epoch
 * @param tag {@code path#name}
 * @param value canonical text of the value, see {@link CanonicalValue}
 * @param polled true if the source has no time of its own (Modbus): only values and order count
 */
public record TruthLine(long sourceMicros, String tag, String value, boolean polled) {}
