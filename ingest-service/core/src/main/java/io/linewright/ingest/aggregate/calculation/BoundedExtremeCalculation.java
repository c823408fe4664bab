package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Minimum2, Maximum2, their ActualTime2 forms, and Range2: extremes of what is not Bad, simple
 * bounding values included. The bounding value at the end counts only where values slope towards
 * it; its time is the EffectiveEndTime.
 */
final class BoundedExtremeCalculation extends Calculation {

  /**
   * A value that may be the extreme.
   *
   * @param info of the form without actual time
   * @param actualInfo of the form with actual time
   */
  private record Candidate(
      long micros, SampleValue value, double number, int info, int actualInfo) {}

  private final Aggregate aggregate;
  private final Shares shares;
  private @Nullable Candidate least;
  private @Nullable Candidate greatest;
  private boolean leastTwice;
  private boolean greatestTwice;

  BoundedExtremeCalculation(
      Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofTime(configuration);
    Bound start = opening.startBound();
    if (start.value() != null && !start.isRaw()) {
      offer(
          new Candidate(
              start.micros(),
              start.value(),
              start.number(),
              AggregateStatus.INTERPOLATED,
              AggregateStatus.INTERPOLATED));
    }
  }

  @Override
  public void raw(Reading reading) {
    if (!reading.bad() && reading.value() != null) {
      boolean atStart = reading.micros() == bucket.startMicros();
      offer(
          new Candidate(
              reading.micros(),
              reading.value(),
              reading.number(),
              atStart ? reading.info() : AggregateStatus.CALCULATED,
              reading.info()));
    }
  }

  @Override
  public void region(Region region) {
    shares.add(region.severity(), region.micros());
  }

  private void offer(Candidate candidate) {
    int toLeast = least == null ? -1 : compare(candidate, least);
    if (least == null || toLeast < 0) {
      least = candidate;
      leastTwice = false;
    } else {
      leastTwice |= toLeast == 0 && candidate.micros() != least.micros();
    }
    int toGreatest = greatest == null ? 1 : compare(candidate, greatest);
    if (greatest == null || toGreatest > 0) {
      greatest = candidate;
      greatestTwice = false;
    } else {
      greatestTwice |= toGreatest == 0 && candidate.micros() != greatest.micros();
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    offerEnd(closing.endBound());
    Candidate low = least;
    Candidate high = greatest;
    if (low == null || high == null) {
      return noData(closing);
    }
    StatusCode code = shares.status();
    if (code.isBad()) {
      return tooBad(code, closing);
    }
    return switch (aggregate) {
      case MINIMUM2, MINIMUM_ACTUAL_TIME2 -> extreme(low, leastTwice, code, closing);
      case MAXIMUM2, MAXIMUM_ACTUAL_TIME2 -> extreme(high, greatestTwice, code, closing);
      default ->
          result(
              difference(high.value(), high.number(), low.value(), low.number()),
              code,
              AggregateStatus.CALCULATED,
              shares.percentGood(),
              closing);
    };
  }

  private Outcome tooBad(StatusCode code, Closing closing) {
    return switch (aggregate) {
      case RANGE2 -> noData(closing); // clause 5.4.3.19
      case MINIMUM2, MAXIMUM2 ->
          result(null, code, AggregateStatus.CALCULATED, shares.percentGood(), closing);
      default -> result(null, code, 0, shares.percentGood(), closing);
    };
  }

  private void offerEnd(Bound end) {
    SampleValue value = end.value();
    if (value == null || configuration.stepped() || value instanceof BooleanValue) {
      return;
    }
    offer(
        new Candidate(
            effectiveEnd(bucket),
            value,
            end.number(),
            end.isRaw() ? AggregateStatus.CALCULATED : AggregateStatus.INTERPOLATED,
            AggregateStatus.INTERPOLATED));
  }

  private long effectiveEnd(Bucket bucket) {
    return Math.max(bucket.startMicros(), bucket.endMicros() - configuration.resolutionMicros());
  }

  private Outcome extreme(Candidate candidate, boolean twice, StatusCode code, Closing closing) {
    boolean actualTime =
        aggregate == Aggregate.MINIMUM_ACTUAL_TIME2 || aggregate == Aggregate.MAXIMUM_ACTUAL_TIME2;
    int info = actualTime ? candidate.actualInfo() : candidate.info();
    return result(
        actualTime ? candidate.micros() : bucket.startMicros(),
        candidate.value(),
        code,
        info | (twice ? AggregateStatus.MULTIPLE_VALUES : 0),
        shares.percentGood(),
        closing);
  }

  private static int compare(Candidate one, Candidate other) {
    return compare(one.value(), one.number(), other.value(), other.number());
  }
}
