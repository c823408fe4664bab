package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;

/**
 * Average, variance and standard deviation of the Good values, by Welford's recurrence (B. P.
 * Welford, Technometrics 4 (1962), doi:10.1080/00401706.1962.10490022). One value has variance 0.
 */
final class MomentCalculation extends Calculation {

  private final Aggregate aggregate;
  private final Shares shares;
  private long count;
  private double mean;
  private double squares;

  MomentCalculation(Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    super(configuration, opening.bucket());
    this.aggregate = aggregate;
    this.shares = Shares.ofValues(configuration);
  }

  @Override
  public void raw(Reading reading) {
    shares.add(reading.severity(), 1);
    if (reading.severity() == Severity.GOOD) {
      count++;
      double distance = reading.number() - mean;
      mean += distance / count;
      squares += distance * (reading.number() - mean);
    }
  }

  @Override
  public Outcome outcome(Closing closing) {
    if (aggregate == Aggregate.AVERAGE) {
      // An average is never Partial (table of clause 5.4.3.5)
      Closing whole = new Closing(closing.endBound(), false);
      return count == 0
          ? noData(whole)
          : result(
              SampleValue.of(mean),
              shares.status(),
              AggregateStatus.CALCULATED,
              shares.percentGood(),
              whole);
    }
    if (count == 0) {
      return noData(closing);
    }
    StatusCode code =
        shares.allGood() ? StatusCode.GOOD : AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
    return result(
        SampleValue.of(spread()), code, AggregateStatus.CALCULATED, shares.percentGood(), closing);
  }

  private double spread() {
    double sample = count == 1 ? 0 : squares / (count - 1);
    double population = squares / count;
    return switch (aggregate) {
      case VARIANCE_SAMPLE -> sample;
      case STANDARD_DEVIATION_SAMPLE -> Math.sqrt(sample);
      case VARIANCE_POPULATION -> population;
      default -> Math.sqrt(population);
    };
  }
}
