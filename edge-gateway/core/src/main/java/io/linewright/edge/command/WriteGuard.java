package io.linewright.edge.command;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway file says of writes to one tag. A tag without guard is never written.
 *
 * @param type type of the tag
 * @param range values that may be written; empty for types that are no numbers
 * @param most how many writes may begin within {@code period}, 1 to 1000
 * @param period 1 s to 1 day
 * @param conditions interlock and mode: all must hold when the write begins
 * @param tolerance how far the value read back may be from the one asked for, at least 0
 */
public record WriteGuard(
    DataType type,
    Optional<ValueRange> range,
    int most,
    Duration period,
    List<Condition> conditions,
    double tolerance) {

  public WriteGuard {
    conditions = List.copyOf(conditions);
  }

  /** The same with other conditions. */
  public WriteGuard withConditions(List<Condition> others) {
    return new WriteGuard(type, range, most, period, others, tolerance);
  }

  /**
   * Another tag that must have one of some values.
   *
   * @param name {@code interlock} or {@code mode}, for messages
   * @param tag a tag of the same gateway
   * @param allowed values by which the condition holds
   * @param maxAge how long ago the gateway may have been told of it at most; empty: its quality
   *     decides, which turns bad when the device is silent
   */
  public record Condition(
      String name, TagKey tag, List<SampleValue> allowed, Optional<Duration> maxAge) {

    public Condition {
      allowed = List.copyOf(allowed);
    }
  }
}
