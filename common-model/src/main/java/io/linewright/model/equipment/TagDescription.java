package io.linewright.model.equipment;

import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a tag apart from its values.
 *
 * @param key which tag
 * @param type type of its values
 * @param unit unit of its values, {@link UcumUnit#ONE} for numbers without unit
 * @param role what it means
 * @param range plausible values; empty: any
 * @param sampling expected time between values; empty: on change only
 * @param dataClass how far it may travel
 * @param owner who answers for it, free text; empty: nobody named
 */
public record TagDescription(
    TagKey key,
    DataType type,
    UcumUnit unit,
    TagRole role,
    Optional<ValueRange> range,
    Optional<Duration> sampling,
    DataClass dataClass,
    Optional<String> owner) {}
