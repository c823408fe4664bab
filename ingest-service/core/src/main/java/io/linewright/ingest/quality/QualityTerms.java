package io.linewright.ingest.quality;

import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is expected of a tag on a day.
 *
 * @param fromMicros begin of the day, microseconds since the epoch
 * @param toMicros its end, not included; earlier if the day is not over
 * @param type of the values
 * @param stepped whether a value holds until the next one
 * @param samplingMicros expected time between values; empty: on change only
 * @param range plausible values; empty: any
 * @param life when the device is known to have been alive: a tag that says nothing then has not
 *     changed
 * @param heldBefore whether the tag had a value before the day that holds into it and is not Bad
 */
public record QualityTerms(
    long fromMicros,
    long toMicros,
    DataType type,
    boolean stepped,
    OptionalLong samplingMicros,
    Optional<ValueRange> range,
    Life life,
    boolean heldBefore) {

  /**
   * @throws IllegalArgumentException if the day is empty or the sampling not positive
   */
  public QualityTerms {
    if (fromMicros >= toMicros) {
      throw new IllegalArgumentException("the day is empty");
    }
    if (samplingMicros.isPresent() && samplingMicros.getAsLong() <= 0) {
      throw new IllegalArgumentException("sampling must be positive");
    }
  }

  boolean judgesShape() {
    return type == DataType.DOUBLE && !stepped;
  }
}
