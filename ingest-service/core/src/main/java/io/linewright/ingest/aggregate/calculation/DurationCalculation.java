package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;

/**
 * Durations in milliseconds and shares of time. A stretch counts by the reading or bounding value
 * that it begins with.
 */
final class DurationCalculation extends Calculation {

  private static final double MICROS_PER_MILLI = 1e3;

  private final Aggregate aggregate;
  private final Shares shares;
  private boolean anyValue;
  private long zeroMicros;
  private long nonZeroMicros;
  private long goodMicros;
  private long badMicros;
  private long totalMicros;

  DurationCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofTime(configuration);
  }

  @Override
  public void region(Region region) {
    long micros = region.micros();
    totalMicros += micros;
    shares.add(region.severity(), micros);
    anyValue |= region.valued();
    if (configuration.countsAsBad(region.startSeverity())) {
      badMicros += micros;
    } else if (region.startSeverity() == Severity.GOOD) {
      goodMicros += micros;
      if (region.startNumber() == 0) {
        zeroMicros += micros;
      } else {
        nonZeroMicros += micros;
      }
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    return switch (aggregate) {
      case DURATION_IN_STATE_ZERO -> inState(zeroMicros, closing);
      case DURATION_IN_STATE_NON_ZERO -> inState(nonZeroMicros, closing);
      case DURATION_GOOD -> alwaysGood(goodMicros / MICROS_PER_MILLI, closing);
      case DURATION_BAD -> alwaysGood(badMicros / MICROS_PER_MILLI, closing);
      case PERCENT_GOOD -> alwaysGood(100.0 * goodMicros / totalMicros, closing);
      default -> alwaysGood(100.0 * badMicros / totalMicros, closing);
    };
  }

  private Outcome inState(long micros, Closing closing) {
    return result(
        SampleValue.of(micros / MICROS_PER_MILLI),
        shares.status(),
        anyValue ? AggregateStatus.CALCULATED : 0,
        shares.percentGood(),
        closing);
  }

  private Outcome alwaysGood(double value, Closing closing) {
    return result(
        SampleValue.of(value),
        StatusCode.GOOD,
        AggregateStatus.CALCULATED,
        100.0 * goodMicros / totalMicros,
        closing);
  }
}
