package io.linewright.edge.sparkplug;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a payload (Sparkplug 3.0, clause 6.4.6).
 *
 * @param name full name; null if the sender left it out in favour of the alias
 * @param alias number that stands for the name after a birth
 * @param type data type number as sent; 0 if left out, as data messages may
 * @param timestampMillis source time in milliseconds since the epoch; empty if left out
 * @param historical value is buffered, not current
 * @param value Boolean, Long (all integers, date-times; unsigned 64-bit as its bits), Float,
 *     Double, String or byte[]; null for is_null and for kinds that are not supported
 * @param unsupported true if the metric holds a dataset, template or extension
 * @param properties property set; values as in {@code value}; empty map if there is none
 */
public record Metric(
    @Nullable String name,
    OptionalLong alias,
    int type,
    OptionalLong timestampMillis,
    boolean historical,
    @Nullable Object value,
    boolean unsupported,
    Map<String, Object> properties) {

  /** A current value under its name. */
  public static Metric named(String name, SparkplugType type, long timestampMillis, Object value) {
    return new Metric(
        name,
        OptionalLong.empty(),
        type.number(),
        OptionalLong.of(timestampMillis),
        false,
        value,
        false,
        Map.of());
  }
}
