package io.linewright.ingest.aggregate.calculation;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * The running state of one aggregate in one bucket. It is told the bucket's readings and regions in
 * the order of time, and asked once for the outcome. None grows with the number of readings.
 */
public abstract class Calculation {

  /**
   * What is known when a bucket begins.
   *
   * @param startBound simple bounding value at its start
   * @param startsWithReading whether a reading, Bad or not, stands at its start
   * @param lastNonBad last reading before it that is not Bad; null if there is none
   */
  public record Opening(
      Bucket bucket, Bound startBound, boolean startsWithReading, @Nullable Reading lastNonBad) {}

  /**
   * A stretch of time between two neighbours, cut at the ends of the bucket.
   *
   * @param fromMicros first instant
   * @param toMicros first instant after it
   * @param startNumber value at its beginning, NaN if it has none
   * @param endNumber value that it runs up to, NaN if it has none
   * @param valued whether it has a value
   * @param startSeverity severity of the reading or bounding value at its beginning
   * @param severity severity of the stretch: also what follows counts if values slope towards it
   */
  public record Region(
      long fromMicros,
      long toMicros,
      double startNumber,
      double endNumber,
      boolean valued,
      Severity startSeverity,
      Severity severity) {

    /** A stretch without a usable value. */
    public static Region bad(long fromMicros, long toMicros) {
      return new Region(
          fromMicros, toMicros, Double.NaN, Double.NaN, false, Severity.BAD, Severity.BAD);
    }

    long micros() {
      return toMicros - fromMicros;
    }
  }

  /**
   * What is known when a bucket ends.
   *
   * @param endBound simple bounding value at its end
   * @param partial whether the data begin or end within it
   */
  public record Closing(Bound endBound, boolean partial) {}

  /**
   * What came out.
   *
   * @param micros time of the value
   * @param value null if there is none, then the status is Bad
   * @param status with info bits
   * @param percentGood share of values or time that the status took as Good, 0 to 100
   */
  public record Outcome(
      long micros, @Nullable SampleValue value, StatusCode status, double percentGood) {}

  final AggregateConfiguration configuration;
  final Bucket bucket;

  Calculation(AggregateConfiguration configuration, Bucket bucket) {
    this.configuration = configuration;
    this.bucket = bucket;
  }

  /**
   * A new calculation for a bucket.
   *
   * @throws IllegalArgumentException for Interpolative and AnnotationCount, which are no sums over
   *     readings
   */
  public static Calculation of(
      Aggregate aggregate, AggregateConfiguration configuration, Opening opening) {
    return switch (aggregate) {
      case AVERAGE,
          STANDARD_DEVIATION_SAMPLE,
          VARIANCE_SAMPLE,
          STANDARD_DEVIATION_POPULATION,
          VARIANCE_POPULATION ->
          new MomentCalculation(aggregate, configuration, opening);
      case TIME_AVERAGE, TOTAL, TIME_AVERAGE2, TOTAL2 ->
          new AreaCalculation(aggregate, configuration, opening);
      case MINIMUM, MAXIMUM, MINIMUM_ACTUAL_TIME, MAXIMUM_ACTUAL_TIME, RANGE ->
          new ExtremeCalculation(aggregate, configuration, opening);
      case MINIMUM2, MAXIMUM2, MINIMUM_ACTUAL_TIME2, MAXIMUM_ACTUAL_TIME2, RANGE2 ->
          new BoundedExtremeCalculation(aggregate, configuration, opening);
      case COUNT, NUMBER_OF_TRANSITIONS -> new CountCalculation(aggregate, configuration, opening);
      case START, END, DELTA -> new EdgeCalculation(aggregate, configuration, opening);
      case START_BOUND, END_BOUND, DELTA_BOUNDS ->
          new BoundCalculation(aggregate, configuration, opening);
      case DURATION_IN_STATE_ZERO,
          DURATION_IN_STATE_NON_ZERO,
          DURATION_GOOD,
          DURATION_BAD,
          PERCENT_GOOD,
          PERCENT_BAD ->
          new DurationCalculation(aggregate, configuration, opening);
      case WORST_QUALITY, WORST_QUALITY2 ->
          new QualityCalculation(aggregate, configuration, opening);
      case INTERPOLATIVE, ANNOTATION_COUNT ->
          throw new IllegalArgumentException(aggregate + " is no sum over readings");
    };
  }

  /** Tells of a reading in the bucket, superseded ones of the same instant before the others. */
  public void raw(Reading reading) {}

  /** Tells of a stretch of time in the bucket. Those told fill it, up to the end of data. */
  public void region(Region region) {}

  /** The outcome; asked once, after everything was told. */
  public abstract Outcome outcome(Closing closing);

  /** Nothing to compute from. */
  final Outcome noData(Closing closing) {
    return result(null, AggregateStatus.BAD_NO_DATA, 0, 0, closing);
  }

  /** A result at the start of the bucket; without value if the code is Bad. */
  final Outcome result(
      @Nullable SampleValue value, StatusCode code, int info, double percentGood, Closing closing) {
    return result(bucket.startMicros(), value, code, info, percentGood, closing);
  }

  /** A result at an instant; without value if the code is Bad. */
  static Outcome result(
      long micros,
      @Nullable SampleValue value,
      StatusCode code,
      int info,
      double percentGood,
      Closing closing) {
    int partial = closing.partial() ? AggregateStatus.PARTIAL : 0;
    return new Outcome(
        micros,
        code.isBad() ? null : value,
        AggregateStatus.with(code, info | partial),
        percentGood);
  }

  /** Orders two values that have numbers; whole numbers exactly. -0.0 equals 0.0. */
  static int compare(SampleValue one, double number, SampleValue other, double otherNumber) {
    if (one instanceof IntegerValue(long a) && other instanceof IntegerValue(long b)) {
      return Long.compare(a, b);
    }
    return number == otherNumber ? 0 : Double.compare(number, otherNumber);
  }

  /** One value minus the other; whole if both are and the difference fits 64 bits. */
  static SampleValue difference(
      SampleValue one, double number, SampleValue other, double otherNumber) {
    if (one instanceof IntegerValue(long a) && other instanceof IntegerValue(long b)) {
      long difference = a - b;
      boolean overflows = ((a ^ b) & (a ^ difference)) < 0;
      if (!overflows) {
        return SampleValue.of(difference);
      }
    }
    return SampleValue.of(number - otherNumber);
  }
}
