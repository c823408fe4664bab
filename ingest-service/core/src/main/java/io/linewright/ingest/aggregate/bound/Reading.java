package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A sample as aggregates see it.
 *
 * @param micros source time, microseconds since the epoch
 * @param value null if the severity is Bad: such a value is used nowhere (OPC UA part 13, clause
 *     3.1.7)
 * @param number the value as a number, false 0 and true 1; NaN if it is none
 * @param status its status; BadNoData if a value was missing, BadTypeMismatch if it was unfit
 * @param severity severity of the status
 * @param bad whether it counts as Bad under the configuration
 * @param hidden the sample of the same instant with the next lower ordinal, which this one
 *     supersedes; null mostly
 */
public record Reading(
    long micros,
    @Nullable SampleValue value,
    double number,
    StatusCode status,
    Severity severity,
    boolean bad,
    @Nullable Reading hidden) {

  /**
   * What a sample says under a configuration.
   *
   * @param needsNumbers whether a value that is no finite number counts as Bad
   * @param hidden what it supersedes
   */
  static Reading of(
      Sample sample,
      AggregateConfiguration configuration,
      boolean needsNumbers,
      @Nullable Reading hidden) {
    SampleValue value = sample.value();
    StatusCode status = sample.status();
    double number = value == null ? Double.NaN : number(value);
    if (!status.isBad() && value == null) {
      status = AggregateStatus.BAD_NO_DATA;
    } else if (!status.isBad() && needsNumbers && !Double.isFinite(number)) {
      status = AggregateStatus.BAD_TYPE_MISMATCH;
    }
    Severity severity = status.severity();
    return new Reading(
        sample.sourceMicros(),
        severity == Severity.BAD ? null : value,
        severity == Severity.BAD ? Double.NaN : number,
        status,
        severity,
        configuration.countsAsBad(severity),
        hidden);
  }

  /** Raw, and ExtraData if it supersedes another one. */
  public int info() {
    return hidden == null ? 0 : AggregateStatus.EXTRA_DATA;
  }

  /** Whether values up to the next one lie on a line: only between finite numbers. */
  public boolean slopes(AggregateConfiguration configuration) {
    return !configuration.stepped()
        && (value instanceof DoubleValue || value instanceof IntegerValue)
        && Double.isFinite(number);
  }

  private static double number(SampleValue value) {
    return switch (value) {
      case BooleanValue(boolean truth) -> truth ? 1 : 0;
      case IntegerValue(long whole) -> whole;
      case DoubleValue(double number) -> number;
      case StringValue text -> Double.NaN;
      case BytesValue bytes -> Double.NaN;
    };
  }
}
