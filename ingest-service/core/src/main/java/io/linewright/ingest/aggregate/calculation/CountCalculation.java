package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Count of the Good values, and NumberOfTransitions among those that are not Bad. A bucket within
 * the data that has no value counts 0, Good: nothing in it is Bad.
 */
final class CountCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Shares shares;
  private @Nullable Reading last;
  private long good;
  private long transitions;

  CountCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofValues(configuration);
    this.last = opening.lastNonBad();
  }

  @Override
  public void raw(Reading reading) {
    shares.add(reading.severity(), 1);
    if (reading.severity() == Severity.GOOD) {
      good++;
    }
    if (!reading.bad() && reading.value() != null) {
      if (last == null || !reading.value().equals(last.value())) {
        transitions++;
      }
      last = reading;
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    boolean nothingUsable = !shares.isEmpty() && shares.allBad();
    return result(
        SampleValue.of(aggregate == Aggregate.COUNT ? good : transitions),
        shares.status(),
        nothingUsable ? 0 : AggregateStatus.CALCULATED,
        shares.isEmpty() ? 100 : shares.percentGood(),
        closing);
  }
}
