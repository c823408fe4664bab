package io.linewright.ingest.aggregate.config;

import io.linewright.model.sample.DataType;
import java.util.Arrays;
import java.util.Optional;

/**
 * The aggregates of OPC UA part 13, clause 5.4.3, with the names of the standard. Each constant
 * says what its value is per bucket.
 */
public enum Aggregate {
  /** Interpolated bounding value at the start of the bucket (5.4.3.4). */
  INTERPOLATIVE("Interpolative", Bounds.INTERPOLATED, false),
  /** Mean of the Good values, each counted once (5.4.3.5). */
  AVERAGE("Average", Bounds.NONE, true),
  /** Mean over time, Bad stretches interpolated (5.4.3.6). */
  TIME_AVERAGE("TimeAverage", Bounds.INTERPOLATED, true),
  /** Mean over the time that is not Bad (5.4.3.7). */
  TIME_AVERAGE2("TimeAverage2", Bounds.SIMPLE, true),
  /** Integral over seconds, Bad stretches interpolated (5.4.3.8): unit of the tag times s. */
  TOTAL("Total", Bounds.INTERPOLATED, true),
  /** Integral over the seconds that are not Bad (5.4.3.9): unit of the tag times s. */
  TOTAL2("Total2", Bounds.SIMPLE, true),
  /** Least Good value, time of the bucket (5.4.3.10). */
  MINIMUM("Minimum", Bounds.NONE, true),
  /** Greatest Good value, time of the bucket (5.4.3.11). */
  MAXIMUM("Maximum", Bounds.NONE, true),
  /** Least Good value with its time (5.4.3.12). */
  MINIMUM_ACTUAL_TIME("MinimumActualTime", Bounds.NONE, true),
  /** Greatest Good value with its time (5.4.3.13). */
  MAXIMUM_ACTUAL_TIME("MaximumActualTime", Bounds.NONE, true),
  /** Greatest minus least Good value (5.4.3.14). */
  RANGE("Range", Bounds.NONE, true),
  /** Least value, bounding values included, time of the bucket (5.4.3.15). */
  MINIMUM2("Minimum2", Bounds.SIMPLE, true),
  /** Greatest value, bounding values included, time of the bucket (5.4.3.16). */
  MAXIMUM2("Maximum2", Bounds.SIMPLE, true),
  /** Least value, bounding values included, with its time (5.4.3.17). */
  MINIMUM_ACTUAL_TIME2("MinimumActualTime2", Bounds.SIMPLE, true),
  /** Greatest value, bounding values included, with its time (5.4.3.18). */
  MAXIMUM_ACTUAL_TIME2("MaximumActualTime2", Bounds.SIMPLE, true),
  /** Greatest minus least value, bounding values included (5.4.3.19). */
  RANGE2("Range2", Bounds.SIMPLE, true),
  /** Number of annotations; they are given beside the samples (5.4.3.20). */
  ANNOTATION_COUNT("AnnotationCount", Bounds.NONE, false),
  /** Number of Good values (5.4.3.21). */
  COUNT("Count", Bounds.NONE, false),
  /** Milliseconds during which the value was 0 or false (5.4.3.22). */
  DURATION_IN_STATE_ZERO("DurationInStateZero", Bounds.SIMPLE, true),
  /** Milliseconds during which the value was neither 0 nor false (5.4.3.23). */
  DURATION_IN_STATE_NON_ZERO("DurationInStateNonZero", Bounds.SIMPLE, true),
  /** How often the value changed against the one before (5.4.3.24). */
  NUMBER_OF_TRANSITIONS("NumberOfTransitions", Bounds.LAST_NON_BAD, false),
  /** First value with its time and status, whatever that is (5.4.3.25). */
  START("Start", Bounds.NONE, false),
  /** Last value with its time and status, whatever that is (5.4.3.26). */
  END("End", Bounds.NONE, false),
  /** Last minus first Good value (5.4.3.27). */
  DELTA("Delta", Bounds.NONE, true),
  /** Simple bounding value at the start (5.4.3.28). */
  START_BOUND("StartBound", Bounds.SIMPLE, false),
  /** Simple bounding value at the end (5.4.3.29). */
  END_BOUND("EndBound", Bounds.SIMPLE, false),
  /** Simple bounding value at the end minus the one at the start (5.4.3.30). */
  DELTA_BOUNDS("DeltaBounds", Bounds.SIMPLE, true),
  /** Milliseconds with Good values (5.4.3.31). */
  DURATION_GOOD("DurationGood", Bounds.SIMPLE, false),
  /** Milliseconds with Bad values (5.4.3.32). */
  DURATION_BAD("DurationBad", Bounds.SIMPLE, false),
  /** Share of the time with Good values, 0 to 100 (5.4.3.33). */
  PERCENT_GOOD("PercentGood", Bounds.SIMPLE, false),
  /** Share of the time with Bad values, 0 to 100 (5.4.3.34). */
  PERCENT_BAD("PercentBad", Bounds.SIMPLE, false),
  /** Worst status of the values, as the unsigned number of its code (5.4.3.35). */
  WORST_QUALITY("WorstQuality", Bounds.NONE, false),
  /** Worst status, bounding values included, as the unsigned number of its code (5.4.3.36). */
  WORST_QUALITY2("WorstQuality2", Bounds.SIMPLE, false),
  /** Standard deviation of the Good values as a sample, divisor n - 1 (5.4.3.37). */
  STANDARD_DEVIATION_SAMPLE("StandardDeviationSample", Bounds.NONE, true),
  /** Variance of the Good values as a sample, divisor n - 1 (5.4.3.38). */
  VARIANCE_SAMPLE("VarianceSample", Bounds.NONE, true),
  /** Standard deviation of the Good values, divisor n (5.4.3.39). */
  STANDARD_DEVIATION_POPULATION("StandardDeviationPopulation", Bounds.NONE, true),
  /** Variance of the Good values, divisor n (5.4.3.40). */
  VARIANCE_POPULATION("VariancePopulation", Bounds.NONE, true);

  /**
   * Which samples around the buckets are needed beside those in them. Without a sample before and
   * one after them, the first and the last bucket count as Partial in any case.
   */
  public enum Bounds {
    /** Any sample before and any after, to know that the data go on there. */
    NONE,
    /** The last one before that is not Bad, and any after. */
    LAST_NON_BAD,
    /** The last one before and the first one at or after the end. */
    SIMPLE,
    /**
     * The last one before that is not Bad and the first one at or after the end that is not Bad,
     * with all between; two before the end of data for sloped extrapolation.
     */
    INTERPOLATED
  }

  private final String browseName;
  private final Bounds bounds;
  private final boolean needsNumbers;

  Aggregate(String browseName, Bounds bounds, boolean needsNumbers) {
    this.browseName = browseName;
    this.bounds = bounds;
    this.needsNumbers = needsNumbers;
  }

  /** Name in the standard, {@code TimeAverage2}. */
  public String browseName() {
    return browseName;
  }

  /** The aggregate of that name in the standard, upper and lower case as there. */
  public static Optional<Aggregate> named(String browseName) {
    return Arrays.stream(values()).filter(a -> a.browseName.equals(browseName)).findFirst();
  }

  /** Which samples around the buckets are needed. */
  public Bounds bounds() {
    return bounds;
  }

  /** Whether values must be finite numbers or truth values; others then count as Bad. */
  public boolean needsNumbers() {
    return needsNumbers;
  }

  /** Whether it has a meaning for tags of a type. */
  public boolean accepts(DataType type) {
    return switch (type) {
      case BOOLEAN, INTEGER, DOUBLE -> true;
      case STRING, BYTES -> !needsNumbers;
    };
  }

  @Override
  public String toString() {
    return browseName;
  }
}
