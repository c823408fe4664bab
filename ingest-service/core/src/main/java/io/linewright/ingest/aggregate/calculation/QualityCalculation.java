package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * WorstQuality of the values, and WorstQuality2 with both simple bounding values: the first status
 * of the worst severity. MultipleValues tells that several are as bad; for Good it says nothing,
 * and is not set (so Annex A).
 */
final class QualityCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Shares shares;
  private @Nullable StatusCode worst;
  private boolean twice;

  QualityCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofValues(configuration);
    // A reading at the start is told of as such
    if (aggregate == Aggregate.WORST_QUALITY2 && !opening.startsWithReading()) {
      offer(opening.startBound().status());
    }
  }

  @Override
  public void raw(Reading reading) {
    shares.add(reading.severity(), 1);
    offer(reading.status());
  }

  private void offer(StatusCode status) {
    Severity severity = status.severity();
    if (worst == null || severity.compareTo(worst.severity()) > 0) {
      worst = status;
      twice = false;
    } else {
      twice |= severity != Severity.GOOD && severity == worst.severity();
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    if (aggregate == Aggregate.WORST_QUALITY2) {
      offer(closing.endBound().status());
    }
    if (worst == null) {
      return noData(closing);
    }
    long code = Integer.toUnsignedLong(AggregateStatus.code(worst).bits());
    int info = AggregateStatus.CALCULATED | (twice ? AggregateStatus.MULTIPLE_VALUES : 0);
    return result(SampleValue.of(code), StatusCode.GOOD, info, shares.percentGood(), closing);
  }
}
