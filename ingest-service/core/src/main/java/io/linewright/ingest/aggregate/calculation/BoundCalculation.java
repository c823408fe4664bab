package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;

/** StartBound, EndBound and DeltaBounds: the simple bounding values of the bucket. */
final class BoundCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Bound start;

  BoundCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.start = opening.startBound();
  }

  @Override
  public Outcome outcome(Closing closing) {
    Bound end = closing.endBound();
    return switch (aggregate) {
      case START_BOUND ->
          result(
              start.value(),
              start.status(),
              AggregateStatus.info(start.status()),
              percentGood(start.status()),
              closing);
      case END_BOUND ->
          end.value() == null
              ? noData(closing)
              : result(
                  end.value(),
                  end.status(),
                  AggregateStatus.CALCULATED,
                  percentGood(end.status()),
                  closing);
      default -> delta(end, closing);
    };
  }

  private Outcome delta(Bound end, Closing closing) {
    SampleValue from = start.value();
    SampleValue to = end.value();
    if (from == null || to == null) {
      return noData(closing);
    }
    StatusCode code =
        start.status().isGood() && end.status().isGood()
            ? StatusCode.GOOD
            : AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
    return result(
        difference(to, end.number(), from, start.number()),
        code,
        AggregateStatus.CALCULATED,
        percentGood(code),
        closing);
  }

  private static double percentGood(StatusCode status) {
    return status.isGood() ? 100 : 0;
  }
}
