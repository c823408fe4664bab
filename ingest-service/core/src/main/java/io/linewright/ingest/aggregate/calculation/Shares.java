package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;

/**
 * How much of a bucket was Good and Bad, and the status that follows (OPC UA part 13, clause
 * 5.4.3.2.1). Where time is weighed, usable Uncertain stretches count as Good; where values are
 * counted, they count as neither (so Annex A).
 */
public final class Shares {

  private final AggregateConfiguration configuration;
  private final boolean uncertainIsGood;
  private long good;
  private long bad;
  private long total;

  private Shares(AggregateConfiguration configuration, boolean uncertainIsGood) {
    this.configuration = configuration;
    this.uncertainIsGood = uncertainIsGood;
  }

  /** Of time, in microseconds. */
  static Shares ofTime(AggregateConfiguration configuration) {
    return new Shares(configuration, true);
  }

  /** Of values. */
  public static Shares ofValues(AggregateConfiguration configuration) {
    return new Shares(configuration, false);
  }

  /** Adds so much of a severity. */
  public void add(Severity severity, long amount) {
    total += amount;
    if (configuration.countsAsBad(severity)) {
      bad += amount;
    } else if (severity == Severity.GOOD || uncertainIsGood) {
      good += amount;
    }
  }

  boolean isEmpty() {
    return total == 0;
  }

  boolean allGood() {
    return good == total;
  }

  /** Whether something counts as Bad. */
  public boolean anyBad() {
    return bad > 0;
  }

  /** Whether all that was added counts as Bad; also if nothing was. */
  public boolean allBad() {
    return bad == total;
  }

  /** Good if nothing was added. */
  public StatusCode status() {
    if (allGood()) {
      return StatusCode.GOOD;
    }
    if (allBad()) {
      return StatusCode.BAD;
    }
    boolean goodDecides = configuration.percentDataGood() == 100 - configuration.percentDataBad();
    if (!goodDecides && anyBad() && reaches(bad, configuration.percentDataBad())) {
      return StatusCode.BAD;
    }
    return reaches(good, configuration.percentDataGood())
        ? StatusCode.GOOD
        : AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
  }

  /** 0 to 100; 0 if nothing was added. */
  public double percentGood() {
    return total == 0 ? 0 : 100.0 * good / total;
  }

  private boolean reaches(long amount, int percent) {
    return amount * 100 >= total * percent;
  }
}
