package io.linewright.ingest.registry;

import io.linewright.model.sample.DataType;

/**
 * What the values of a tag are from an instant on.
 *
 * @param version 1, 2, … within the tag
 * @param fromMicros since when, microseconds since the epoch; {@link Stretch#EVER} for the first
 * @param unit UCUM code
 */
public record TagVersion(int version, long fromMicros, DataType type, String unit) {}
