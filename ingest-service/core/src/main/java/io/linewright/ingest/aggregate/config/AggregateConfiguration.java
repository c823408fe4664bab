package io.linewright.ingest.aggregate.config;

import io.linewright.model.sample.Severity;

/**
 * How aggregates of a tag are computed (OPC UA part 13, clause 4.2.1.2; Stepped from part 11).
 *
 * @param treatUncertainAsBad whether Uncertain values count as Bad; else they are used, and count
 *     as Good where time is weighed
 * @param percentDataBad from which share of Bad data a result is Bad, 0 to 100
 * @param percentDataGood from which share of Good data a result is Good, 0 to 100 and at least
 *     {@code 100 - percentDataBad}. If it is equal to that, it alone decides between Good and
 *     Uncertain
 * @param useSlopedExtrapolation whether interpolated bounding values after the last value follow
 *     the line through the last two; else the last one is held. Simple bounding values know neither
 * @param stepped whether a value holds until the next one (states, set points); else values lie on
 *     straight lines between neighbours (measured quantities). What is no number is always stepped
 * @param resolutionMicros unit of time, at least 1: it lies between the EffectiveEndTime and the
 *     end of a bucket, and is the length of a bucket whose only value stands at its start (clause
 *     5.4.2.4)
 */
public record AggregateConfiguration(
    boolean treatUncertainAsBad,
    int percentDataBad,
    int percentDataGood,
    boolean useSlopedExtrapolation,
    boolean stepped,
    long resolutionMicros) {

  /** The defaults of the standard for a sloped tag; the platform's microsecond. */
  public static final AggregateConfiguration DEFAULT =
      new AggregateConfiguration(true, 100, 100, false, false, 1);

  /**
   * @throws IllegalArgumentException if a percentage is not in 0..100, both together leave a share
   *     that is neither Good nor Bad enough (Bad_AggregateInvalidInputs), or the resolution is not
   *     positive
   */
  public AggregateConfiguration {
    percentage("percentDataBad", percentDataBad);
    percentage("percentDataGood", percentDataGood);
    if (percentDataGood < 100 - percentDataBad) {
      throw new IllegalArgumentException(
          "percentDataGood must be at least 100 - percentDataBad = %d, not %d"
              .formatted(100 - percentDataBad, percentDataGood));
    }
    if (resolutionMicros < 1) {
      throw new IllegalArgumentException(
          "resolutionMicros must be at least 1, not " + resolutionMicros);
    }
  }

  /** The same, but stepped or sloped. */
  public AggregateConfiguration withStepped(boolean steps) {
    return new AggregateConfiguration(
        treatUncertainAsBad,
        percentDataBad,
        percentDataGood,
        useSlopedExtrapolation,
        steps,
        resolutionMicros);
  }

  /** The same, but Uncertain values counted as Bad or used. */
  public AggregateConfiguration withTreatUncertainAsBad(boolean asBad) {
    return new AggregateConfiguration(
        asBad, percentDataBad, percentDataGood, useSlopedExtrapolation, stepped, resolutionMicros);
  }

  /** Whether values of a severity count as Bad here. */
  public boolean countsAsBad(Severity severity) {
    return severity == Severity.BAD || (severity == Severity.UNCERTAIN && treatUncertainAsBad);
  }

  private static void percentage(String name, int value) {
    if (value < 0 || value > 100) {
      throw new IllegalArgumentException(name + " must be 0 to 100, not " + value);
    }
  }
}
