package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What a tag had at an instant.
 *
 * @param micros the instant, microseconds since the epoch
 * @param value null if nothing can be said, then the status is Bad
 * @param number the value as a number, false 0 and true 1; NaN if it is none
 * @param status with info bits: Raw if a value is stored for the instant, else Interpolated
 */
public record Bound(long micros, @Nullable SampleValue value, double number, StatusCode status) {

  /** Nothing can be said. */
  static Bound none(long micros) {
    return new Bound(
        micros, null, Double.NaN, AggregateStatus.with(AggregateStatus.BAD_NO_DATA, 0));
  }

  /** A stored value. */
  static Bound raw(Reading reading) {
    return new Bound(
        reading.micros(),
        reading.value(),
        reading.number(),
        AggregateStatus.with(reading.status(), reading.info()));
  }

  /** The value of a reading, held until a later instant. */
  static Bound held(long micros, Reading reading, StatusCode code) {
    return new Bound(
        micros,
        reading.value(),
        reading.number(),
        AggregateStatus.with(code, AggregateStatus.INTERPOLATED));
  }

  /** A point of the line through two readings of different instants. */
  static Bound onLine(long micros, Reading one, Reading other, StatusCode code) {
    double number = onLine(micros, one, other);
    return new Bound(
        micros,
        SampleValue.of(number),
        number,
        AggregateStatus.with(code, AggregateStatus.INTERPOLATED));
  }

  /** Height of the line through two readings of different instants. */
  public static double onLine(long micros, Reading one, Reading other) {
    double share = (double) (micros - one.micros()) / (other.micros() - one.micros());
    return one.number() + share * (other.number() - one.number());
  }

  /** Whether it stands for a stored value. */
  public boolean isRaw() {
    return value != null && (status.bits() & AggregateStatus.INTERPOLATED) == 0;
  }
}
