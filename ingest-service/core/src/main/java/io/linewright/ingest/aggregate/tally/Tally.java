package io.linewright.ingest.aggregate.tally;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.calculation.Shares;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.Rollup;
import io.linewright.ingest.rollup.Rollup.Edge;
import io.linewright.ingest.rollup.Rollup.Extreme;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the roll-ups of one bucket amount to, and the aggregates that they determine: value, status
 * with info bits, time and percent good as {@link Aggregates} computes them of the samples; means
 * but for the last digits. Whether data begin or end in the bucket its user has to know: then, and
 * where this does not answer, only the samples tell.
 */
public final class Tally {

  /** Whole numbers nearer to 0 are exact as doubles. */
  private static final double EXACT = 0x1p53;

  /** A question for samples takes about as long as so many samples. */
  private static final int SAMPLES_PER_QUESTION = 1_000;

  private static final double MICROS_PER_MILLI = 1e3;

  /**
   * A least or greatest value.
   *
   * @param first the roll-up in which it comes first
   * @param samples how many that one has
   * @param again whether it comes in a later one, too
   */
  private record Found(double value, Bucket first, int samples, boolean again) {

    static Found of(@Nullable Found before, Extreme extreme, Bucket part, Rollup rollup, int sign) {
      double value = extreme.value();
      if (before == null || sign * value > sign * before.value) {
        return new Found(value, part, rollup.samples(), false);
      }
      return value == before.value ? new Found(value, before.first, before.samples, true) : before;
    }
  }

  private final Bucket bucket;
  private final DataType type;
  private long good;
  private long uncertain;
  private long bad;
  private long numbers;
  private double sum;
  private @Nullable Found least;
  private @Nullable Found greatest;
  private @Nullable Edge first;
  private @Nullable Edge last;

  /**
   * @param type of the samples' values
   */
  Tally(Bucket bucket, DataType type) {
    this.bucket = bucket;
    this.type = type;
  }

  /** Whether roll-ups ever determine it. */
  public static boolean knows(Aggregate aggregate) {
    return switch (aggregate) {
      case COUNT,
          AVERAGE,
          MINIMUM,
          MAXIMUM,
          MINIMUM_ACTUAL_TIME,
          MAXIMUM_ACTUAL_TIME,
          RANGE,
          DURATION_GOOD,
          DURATION_BAD,
          PERCENT_GOOD,
          PERCENT_BAD,
          WORST_QUALITY ->
          true;
      default -> false;
    };
  }

  /** Adds a roll-up of a part of the bucket, behind those that were added before. */
  void add(Rollup rollup, Level level) {
    Bucket part = new Bucket(rollup.startMicros(), rollup.startMicros() + level.micros());
    good += rollup.good();
    uncertain += rollup.uncertain();
    bad += rollup.bad();
    numbers += rollup.numbers().count();
    sum += rollup.numbers().sum();
    Extreme low = rollup.numbers().minimum();
    if (low != null) {
      least = Found.of(least, low, part, rollup, -1);
    }
    Extreme high = rollup.numbers().maximum();
    if (high != null) {
      greatest = Found.of(greatest, high, part, rollup, 1);
    }
    if (first == null) {
      first = rollup.first();
    }
    last = rollup.last();
  }

  /** How many samples the roll-ups are of. */
  long samples() {
    return good + uncertain + bad;
  }

  /** Whether one of them is no entry Bad_NoData for certain. */
  boolean hasNumbers() {
    return numbers > 0;
  }

  /** Whether the last of them is Good and a number. */
  boolean endsGood() {
    return last != null && last.status().isGood() && last.value() != null;
  }

  /**
   * Whether the aggregate is determined, if the data go on before and after the bucket.
   *
   * @param goodBefore whether the last sample before the bucket is Good and a number
   */
  boolean answers(Aggregate aggregate, boolean goodBefore) {
    if (samples() == 0 || numbers != good + uncertain) {
      return false; // a value that is missing, no number or not finite counts in several ways
    }
    return switch (aggregate) {
      case COUNT -> true;
      case AVERAGE -> uncertain == 0 && Double.isFinite(sum);
      case MINIMUM, MAXIMUM, MINIMUM_ACTUAL_TIME, MAXIMUM_ACTUAL_TIME, RANGE ->
          uncertain == 0 && extremesAreExact();
      case DURATION_GOOD, DURATION_BAD, PERCENT_GOOD, PERCENT_BAD ->
          goodBefore && uncertain == 0 && bad == 0;
      case WORST_QUALITY -> uncertain == 0 && bad == 0;
      default -> false;
    };
  }

  private boolean extremesAreExact() {
    return type != DataType.INTEGER
        || ((least == null || Math.abs(least.value) < EXACT)
            && (greatest == null || Math.abs(greatest.value) < EXACT));
  }

  /** What is still to be read for an aggregate that it answers, as if it were so many samples. */
  long toBeRead(Aggregate aggregate) {
    Found found = extreme(aggregate);
    return found == null ? 0 : found.samples + SAMPLES_PER_QUESTION;
  }

  private @Nullable Found extreme(Aggregate aggregate) {
    return switch (aggregate) {
      case MINIMUM, MINIMUM_ACTUAL_TIME -> least;
      case MAXIMUM, MAXIMUM_ACTUAL_TIME -> greatest;
      default -> null;
    };
  }

  /**
   * The value of an aggregate that it answers.
   *
   * @param reader the samples of a part of the bucket, ascending; asked at most once
   * @return empty if the samples read are not those of the roll-ups any more
   */
  Optional<AggregateValue> value(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Function<Bucket, Iterator<Sample>> reader) {
    Shares shares = Shares.ofValues(configuration);
    shares.add(Severity.GOOD, good);
    shares.add(Severity.UNCERTAIN, uncertain);
    shares.add(Severity.BAD, bad);
    double percentGood = shares.percentGood();
    return switch (aggregate) {
      case COUNT ->
          Optional.of(
              result(
                  SampleValue.of(good),
                  shares.status(),
                  shares.allBad() ? 0 : AggregateStatus.CALCULATED,
                  percentGood));
      case AVERAGE ->
          Optional.of(
              good == 0
                  ? noData()
                  : calculated(SampleValue.of(sum / good), shares.status(), percentGood));
      case RANGE -> Optional.of(range(shares));
      case DURATION_GOOD ->
          Optional.of(
              calculated(SampleValue.of(bucket.micros() / MICROS_PER_MILLI), StatusCode.GOOD, 100));
      case PERCENT_GOOD -> Optional.of(calculated(SampleValue.of(100.0), StatusCode.GOOD, 100));
      case DURATION_BAD, PERCENT_BAD ->
          Optional.of(calculated(SampleValue.of(0.0), StatusCode.GOOD, 100));
      case WORST_QUALITY -> Optional.of(worstQuality(percentGood));
      default -> extreme(aggregate, configuration, shares, reader);
    };
  }

  private AggregateValue range(Shares shares) {
    Found low = least;
    Found high = greatest;
    if (low == null || high == null) {
      return noData();
    }
    SampleValue difference =
        type == DataType.INTEGER
            ? SampleValue.of((long) high.value - (long) low.value)
            : SampleValue.of(high.value - low.value);
    return calculated(difference, extremeCode(shares), shares.percentGood());
  }

  private AggregateValue worstQuality(double percentGood) {
    StatusCode status = first == null ? StatusCode.GOOD : first.status();
    long code = Integer.toUnsignedLong(AggregateStatus.code(status).bits());
    return calculated(SampleValue.of(code), StatusCode.GOOD, percentGood);
  }

  /**
   * The extreme is known; whether several instants of one roll-up have it, or it supersedes another
   * value, only samples tell: those of the roll-up in which it comes first.
   */
  private Optional<AggregateValue> extreme(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Shares shares,
      Function<Bucket, Iterator<Sample>> reader) {
    Found found = extreme(aggregate);
    if (found == null) {
      return Optional.of(noData());
    }
    AggregateValue there =
        Aggregates.over(
                aggregate,
                configuration,
                List.of(bucket).iterator(),
                behindOther(reader.apply(found.first)))
            .next();
    SampleValue value = there.value();
    if (value == null || SampleNumber.of(value) != found.value) {
      return Optional.empty();
    }
    boolean actualTime =
        aggregate == Aggregate.MINIMUM_ACTUAL_TIME || aggregate == Aggregate.MAXIMUM_ACTUAL_TIME;
    StatusCode code = extremeCode(shares);
    int several = AggregateStatus.info(there.status()) & AggregateStatus.MULTIPLE_VALUES;
    int info =
        AggregateStatus.info(there.status())
            & ~(AggregateStatus.MULTIPLE_VALUES | AggregateStatus.PARTIAL);
    if (!actualTime && !code.isGood()) {
      info = AggregateStatus.CALCULATED;
    }
    info |= found.again ? AggregateStatus.MULTIPLE_VALUES : several;
    return Optional.of(
        new AggregateValue(
            bucket, there.micros(), value, AggregateStatus.with(code, info), shares.percentGood()));
  }

  /** Not the first of all: at the archive's begin a Bad_NoData would be passed over. */
  private Iterator<Sample> behindOther(Iterator<Sample> samples) {
    Sample before = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, bucket.startMicros() - 1, 0);
    return Stream.concat(
            Stream.of(before),
            StreamSupport.stream(Spliterators.spliteratorUnknownSize(samples, 0), false))
        .iterator();
  }

  private static StatusCode extremeCode(Shares shares) {
    return shares.anyBad() ? AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL : StatusCode.GOOD;
  }

  private AggregateValue noData() {
    return result(null, AggregateStatus.BAD_NO_DATA, 0, 0);
  }

  private AggregateValue calculated(SampleValue value, StatusCode code, double percentGood) {
    return result(value, code, AggregateStatus.CALCULATED, percentGood);
  }

  private AggregateValue result(
      @Nullable SampleValue value, StatusCode code, int info, double percentGood) {
    return new AggregateValue(
        bucket,
        bucket.startMicros(),
        code.isBad() ? null : value,
        AggregateStatus.with(code, info),
        percentGood);
  }
}
