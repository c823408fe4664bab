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
 * Start and End: the first and last value, whatever its status. Delta: the last minus the first
 * Good value, Uncertain if others were passed over to find them.
 */
final class EdgeCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Shares shares;
  private @Nullable Reading first;
  private @Nullable Reading last;
  private @Nullable Reading firstGood;
  private @Nullable Reading lastGood;
  private boolean passedOverFirst;

  EdgeCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofValues(configuration);
  }

  @Override
  public void raw(Reading reading) {
    shares.add(reading.severity(), 1);
    if (first == null || first.micros() == reading.micros()) {
      first = reading;
    }
    last = reading;
    if (reading.severity() == Severity.GOOD) {
      if (firstGood == null || firstGood.micros() == reading.micros()) {
        firstGood = reading;
      }
      lastGood = reading;
    } else if (firstGood == null) {
      passedOverFirst = true;
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    return switch (aggregate) {
      case START -> stored(first, closing);
      case END -> stored(last, closing);
      default -> delta(closing);
    };
  }

  private Outcome stored(@Nullable Reading reading, Closing closing) {
    return reading == null
        ? noData(closing)
        : result(
            reading.micros(),
            reading.value(),
            reading.status(),
            reading.info(),
            shares.percentGood(),
            closing);
  }

  private Outcome delta(Closing closing) {
    SampleValue from = firstGood == null ? null : firstGood.value();
    SampleValue to = lastGood == null ? null : lastGood.value();
    if (firstGood == null || lastGood == null || from == null || to == null) {
      return noData(closing);
    }
    StatusCode code =
        passedOverFirst || lastGood != last
            ? AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL
            : StatusCode.GOOD;
    return result(
        difference(to, lastGood.number(), from, firstGood.number()),
        code,
        AggregateStatus.CALCULATED,
        shares.percentGood(),
        closing);
  }
}
