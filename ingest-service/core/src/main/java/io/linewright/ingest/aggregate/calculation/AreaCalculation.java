package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;

/**
 * The area under the values: TimeAverage and Total over interpolated regions, TimeAverage2 and
 * Total2 over simple ones. The average divides by the time that has a value.
 */
final class AreaCalculation extends Calculation {

  private static final double MICROS_PER_SECOND = 1e6;

  private final Aggregate aggregate;
  private final Shares shares;
  private boolean everywhereGood = true;
  private double valueMicros;
  private long valuedMicros;

  AreaCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofTime(configuration);
  }

  @Override
  public void region(Region region) {
    shares.add(region.severity(), region.micros());
    everywhereGood &= region.severity() == Severity.GOOD;
    if (region.valued()) {
      valuedMicros += region.micros();
      valueMicros += (region.startNumber() / 2 + region.endNumber() / 2) * region.micros();
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    if (valuedMicros == 0) {
      return noData(closing);
    }
    boolean average = aggregate == Aggregate.TIME_AVERAGE || aggregate == Aggregate.TIME_AVERAGE2;
    double value = average ? valueMicros / valuedMicros : valueMicros / MICROS_PER_SECOND;
    return result(
        SampleValue.of(value), code(), AggregateStatus.CALCULATED, shares.percentGood(), closing);
  }

  private StatusCode code() {
    return switch (aggregate) {
      case TIME_AVERAGE2, TOTAL2 -> shares.status();
      // Percentages have no say where Bad stretches are interpolated (clause 5.4.3.6)
      default -> everywhereGood ? StatusCode.GOOD : AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
    };
  }
}
