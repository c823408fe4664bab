package io.linewright.ingest.aggregate.calculation;

import static java.util.Objects.requireNonNull;

import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Minimum, Maximum, their ActualTime forms, and Range: extremes of the Good values. Uncertain when
 * Bad values exist, or an Uncertain one lies beyond the extreme (for Range, Annex A looks at Bad
 * ones only).
 */
final class ExtremeCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Shares shares;
  private @Nullable Reading least;
  private @Nullable Reading greatest;
  private boolean leastTwice;
  private boolean greatestTwice;
  private double leastUncertain = Double.POSITIVE_INFINITY;
  private double greatestUncertain = Double.NEGATIVE_INFINITY;

  ExtremeCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofValues(configuration);
  }

  @Override
  public void raw(Reading reading) {
    shares.add(reading.severity(), 1);
    if (reading.severity() == Severity.GOOD) {
      int toLeast = least == null ? -1 : compare(reading, least);
      if (least == null || toLeast < 0) {
        least = reading;
        leastTwice = false;
      } else {
        leastTwice |= toLeast == 0 && reading.micros() != least.micros();
      }
      int toGreatest = greatest == null ? 1 : compare(reading, greatest);
      if (greatest == null || toGreatest > 0) {
        greatest = reading;
        greatestTwice = false;
      } else {
        greatestTwice |= toGreatest == 0 && reading.micros() != greatest.micros();
      }
    } else if (!reading.bad()) {
      leastUncertain = Math.min(leastUncertain, reading.number());
      greatestUncertain = Math.max(greatestUncertain, reading.number());
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    Reading low = least;
    Reading high = greatest;
    if (low == null || high == null) {
      return noData(closing);
    }
    return switch (aggregate) {
      case MINIMUM, MINIMUM_ACTUAL_TIME ->
          extreme(low, leastTwice, leastUncertain < low.number(), closing);
      case MAXIMUM, MAXIMUM_ACTUAL_TIME ->
          extreme(high, greatestTwice, greatestUncertain > high.number(), closing);
      default ->
          result(
              difference(value(high), high.number(), value(low), low.number()),
              code(false),
              AggregateStatus.CALCULATED,
              shares.percentGood(),
              closing);
    };
  }

  private Outcome extreme(Reading reading, boolean twice, boolean beyond, Closing closing) {
    boolean actualTime =
        aggregate == Aggregate.MINIMUM_ACTUAL_TIME || aggregate == Aggregate.MAXIMUM_ACTUAL_TIME;
    StatusCode code = code(beyond);
    boolean atStart = reading.micros() == bucket.startMicros();
    int info =
        actualTime || (atStart && code.isGood()) ? reading.info() : AggregateStatus.CALCULATED;
    return result(
        actualTime ? reading.micros() : bucket.startMicros(),
        value(reading),
        code,
        info | (twice ? AggregateStatus.MULTIPLE_VALUES : 0),
        shares.percentGood(),
        closing);
  }

  private StatusCode code(boolean beyond) {
    return shares.anyBad() || beyond ? AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL : StatusCode.GOOD;
  }

  private static int compare(Reading one, Reading other) {
    return compare(value(one), one.number(), value(other), other.number());
  }

  private static SampleValue value(Reading reading) {
    return requireNonNull(reading.value());
  }
}
