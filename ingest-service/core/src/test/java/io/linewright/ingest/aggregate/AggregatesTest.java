package io.linewright.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the tables of annex A do not show. */
class AggregatesTest {

  private static final AggregateConfiguration SLOPED = AggregateConfiguration.DEFAULT;
  private static final AggregateConfiguration STEPPED = SLOPED.withStepped(true);
  private static final StatusCode SUB_NORMAL = AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;

  @Test
  void aBucketWithoutValuesWithinTheDataCountsNothingAndIsGood() {
    var samples = List.of(good(0, 1), good(100, 2));

    AggregateValue count = one(Aggregate.COUNT, SLOPED, samples, 40, 60);
    assertThat(count.value()).isEqualTo(SampleValue.of(0L));
    assertThat(count.status())
        .isEqualTo(AggregateStatus.with(StatusCode.GOOD, AggregateStatus.CALCULATED));
    assertThat(one(Aggregate.NUMBER_OF_TRANSITIONS, SLOPED, samples, 40, 60).value())
        .isEqualTo(SampleValue.of(0L));
    assertThat(code(one(Aggregate.AVERAGE, SLOPED, samples, 40, 60)))
        .isEqualTo(AggregateStatus.BAD_NO_DATA);
    assertThat(number(one(Aggregate.TIME_AVERAGE2, SLOPED, samples, 40, 60))).isEqualTo(1.5);
    assertThat(number(one(Aggregate.TIME_AVERAGE2, STEPPED, samples, 40, 60))).isEqualTo(1);
  }

  @Test
  void nothingIsSaidOfTimeOutsideOfTheData() {
    var samples = List.of(good(10, 1), good(20, 2));
    for (Aggregate aggregate : computable()) {
      assertThat(code(one(aggregate, SLOPED, samples, 0, 10)))
          .as("%s before", aggregate)
          .isEqualTo(AggregateStatus.BAD_NO_DATA);
      StatusCode after = code(one(aggregate, SLOPED, samples, 21, 30));
      assertThat(after)
          .as("%s after", aggregate)
          .isEqualTo(
              aggregate == Aggregate.INTERPOLATIVE ? SUB_NORMAL : AggregateStatus.BAD_NO_DATA);
      assertThat(code(one(aggregate, SLOPED, List.of(), 0, 10)))
          .as("%s without samples", aggregate)
          .isEqualTo(AggregateStatus.BAD_NO_DATA);
    }
  }

  @Test
  void percentagesDecideByTimeAndByCount() {
    // 30 % Good by time, 75 % by count
    var samples = List.of(good(0, 1), good(10, 1), good(20, 1), bad(30), good(100, 1));

    var badFrom60 = new AggregateConfiguration(true, 60, 80, false, true, 1);
    assertThat(code(one(Aggregate.TIME_AVERAGE2, badFrom60, samples, 0, 100)))
        .isEqualTo(StatusCode.BAD);
    assertThat(one(Aggregate.TIME_AVERAGE2, badFrom60, samples, 0, 100).value()).isNull();
    assertThat(code(one(Aggregate.AVERAGE, badFrom60, samples, 0, 100))).isEqualTo(SUB_NORMAL);
    var goodFrom75 = new AggregateConfiguration(true, 100, 75, false, true, 1);
    assertThat(code(one(Aggregate.AVERAGE, goodFrom75, samples, 0, 100)))
        .isEqualTo(StatusCode.GOOD);
    assertThat(code(one(Aggregate.TIME_AVERAGE2, goodFrom75, samples, 0, 100)))
        .isEqualTo(SUB_NORMAL);
    assertThat(one(Aggregate.AVERAGE, goodFrom75, samples, 0, 100).percentGood()).isEqualTo(75);
    assertThat(one(Aggregate.TIME_AVERAGE2, goodFrom75, samples, 0, 100).percentGood())
        .isEqualTo(30);
  }

  @Test
  void anUncertainMinimumAtTheStartIsCalculated() {
    var good = List.of(good(0, 1), good(10, 2), good(20, 2));
    var spoilt = List.of(good(0, 1), bad(10), good(20, 2));

    assertThat(info(one(Aggregate.MINIMUM, SLOPED, good, 0, 20))).isZero();
    AggregateValue uncertain = one(Aggregate.MINIMUM, SLOPED, spoilt, 0, 20);
    assertThat(code(uncertain)).isEqualTo(SUB_NORMAL);
    assertThat(info(uncertain)).isEqualTo(AggregateStatus.CALCULATED);
    assertThat(info(one(Aggregate.MINIMUM_ACTUAL_TIME, SLOPED, spoilt, 0, 20))).isZero();
  }

  @Test
  void tooMuchBadLeavesNoValue() {
    var samples = List.of(good(0, 1), bad(10), good(100, 2));
    var badFromHalf = new AggregateConfiguration(true, 50, 80, false, true, 1);

    AggregateValue least = one(Aggregate.MINIMUM2, badFromHalf, samples, 0, 100);
    assertThat(least.value()).isNull();
    assertThat(code(least)).isEqualTo(StatusCode.BAD);
    assertThat(info(least)).isEqualTo(AggregateStatus.CALCULATED);
    AggregateValue when = one(Aggregate.MAXIMUM_ACTUAL_TIME2, badFromHalf, samples, 0, 100);
    assertThat(when.micros()).isZero();
    assertThat(code(when)).isEqualTo(StatusCode.BAD);
    assertThat(code(one(Aggregate.RANGE2, badFromHalf, samples, 0, 100)))
        .isEqualTo(AggregateStatus.BAD_NO_DATA);
    AggregateValue zero = one(Aggregate.DURATION_IN_STATE_ZERO, badFromHalf, samples, 20, 90);
    assertThat(zero.value()).isNull();
    assertThat(zero.status()).isEqualTo(AggregateStatus.with(StatusCode.BAD, 0));
  }

  @Test
  void wholeNumbersStayWhole() {
    long big = (1L << 53) + 1;
    var samples = List.of(integer(0, big), integer(10, big + 1), integer(20, big + 2));

    assertThat(one(Aggregate.MAXIMUM, STEPPED, samples, 0, 15).value())
        .isEqualTo(SampleValue.of(big + 1));
    assertThat(one(Aggregate.RANGE, STEPPED, samples, 0, 15).value()).isEqualTo(SampleValue.of(1L));
    assertThat(one(Aggregate.DELTA_BOUNDS, STEPPED, samples, 0, 20).value())
        .isEqualTo(SampleValue.of(2L));
    var far = List.of(integer(0, Long.MIN_VALUE), integer(10, Long.MAX_VALUE), integer(20, 0));
    assertThat(number(one(Aggregate.DELTA, STEPPED, far, 0, 15))).isEqualTo(0x1p64);
  }

  @Test
  void textsCanBeCountedAndTheirChangesToo() {
    var samples =
        List.of(text(0, "idle"), text(10, "run"), text(20, "run"), text(30, "stop"), text(60, "x"));

    assertThat(one(Aggregate.COUNT, STEPPED, samples, 5, 50).value()).isEqualTo(SampleValue.of(3L));
    assertThat(one(Aggregate.NUMBER_OF_TRANSITIONS, STEPPED, samples, 5, 50).value())
        .isEqualTo(SampleValue.of(2L));
    assertThat(one(Aggregate.END, STEPPED, samples, 5, 50).value())
        .isEqualTo(SampleValue.of("stop"));
    assertThat(number(one(Aggregate.PERCENT_GOOD, STEPPED, samples, 5, 50))).isEqualTo(100);
    // no number, so Bad where numbers are needed
    assertThat(code(one(Aggregate.AVERAGE, STEPPED, samples, 5, 50)))
        .isEqualTo(AggregateStatus.BAD_NO_DATA);
  }

  @Test
  void whatIsNoFiniteNumberSpoilsNoAverage() {
    var samples = List.of(good(0, 1), good(5, Double.NaN), good(10, 3), good(20, 3));

    AggregateValue average = one(Aggregate.AVERAGE, SLOPED, samples, 0, 15);
    assertThat(number(average)).isEqualTo(2);
    assertThat(code(average)).isEqualTo(SUB_NORMAL);
  }

  @Test
  void severalValuesOfOneInstantAllCountAndTheLastStands() {
    var samples =
        List.of(
            good(0, 0),
            new Sample(SampleValue.of(7.0), StatusCode.GOOD, 10, 0),
            new Sample(SampleValue.of(8.0), StatusCode.GOOD, 10, 1),
            good(30, 8));

    assertThat(one(Aggregate.COUNT, STEPPED, samples, 10, 20).value())
        .isEqualTo(SampleValue.of(2L));
    assertThat(number(one(Aggregate.TIME_AVERAGE2, STEPPED, samples, 10, 20))).isEqualTo(8);
    AggregateValue start = one(Aggregate.START, STEPPED, samples, 10, 20);
    assertThat(number(start)).isEqualTo(8);
    assertThat(AggregateStatus.info(start.status())).isEqualTo(AggregateStatus.EXTRA_DATA);
    assertThat(number(one(Aggregate.MINIMUM, STEPPED, samples, 10, 20))).isEqualTo(7);
  }

  @Test
  void aSkippedBadValueInTheMiddleLeavesDeltaGood() {
    var inner = List.of(good(0, 1), bad(5), good(8, 4), good(20, 4));
    var outer = List.of(good(0, 1), good(5, 4), bad(8), good(20, 4));

    assertThat(code(one(Aggregate.DELTA, SLOPED, inner, 0, 10))).isEqualTo(StatusCode.GOOD);
    assertThat(code(one(Aggregate.DELTA, SLOPED, outer, 0, 10))).isEqualTo(SUB_NORMAL);
  }

  @Test
  void gapsBetweenBucketsAreAllowed() {
    var samples = List.of(good(0, 0), good(10, 1), good(20, 2), good(30, 3), good(40, 4));
    var values =
        Aggregates.over(
            Aggregate.AVERAGE,
            SLOPED,
            List.of(new Bucket(5, 15), new Bucket(25, 35)).iterator(),
            samples.iterator());

    assertThat(number(values.next())).isEqualTo(1);
    assertThat(number(values.next())).isEqualTo(3);
    assertThat(values.hasNext()).isFalse();
  }

  @Test
  void partsAddUpToTheWhole() {
    Seeded.check(
        200,
        random -> {
          List<Sample> samples = random(random);
          boolean stepped = random.nextBoolean();
          // On lines, cutting makes bounding values Uncertain that lead to what is not Good
          boolean uncertainAsBad = stepped && random.nextBoolean();
          var configuration = new AggregateConfiguration(uncertainAsBad, 100, 0, false, stepped, 1);
          long width = 1 + random.nextInt(300);
          List<Aggregate> additive =
              new ArrayList<>(
                  List.of(Aggregate.TOTAL2, Aggregate.COUNT, Aggregate.NUMBER_OF_TRANSITIONS));
          if (stepped) {
            additive.add(Aggregate.DURATION_IN_STATE_ZERO);
          }
          for (Aggregate aggregate : additive) {
            double whole = number(one(aggregate, configuration, samples, 0, 1_000));
            double sum = 0;
            for (AggregateValue part : all(aggregate, configuration, samples, width)) {
              sum += part.value() == null ? 0 : number(part);
            }
            assertThat(sum).as("%s", aggregate).isCloseTo(whole, within(1e-9));
          }
        });
  }

  @Test
  void formsAgreeWhereAllIsGood() {
    Seeded.check(
        100,
        random -> {
          List<Sample> samples = new ArrayList<>();
          for (long t = -50; t < 1_200; t += 1 + random.nextInt(40)) {
            samples.add(good(t, random.nextInt(20)));
          }
          var configuration = SLOPED.withStepped(random.nextBoolean());
          long width = 1 + random.nextInt(300);
          var simple = all(Aggregate.TIME_AVERAGE2, configuration, samples, width);
          var interpolated = all(Aggregate.TIME_AVERAGE, configuration, samples, width);
          var least = all(Aggregate.MINIMUM2, configuration, samples, width);
          var greatest = all(Aggregate.MAXIMUM2, configuration, samples, width);
          for (int i = 0; i < simple.size(); i++) {
            assertThat(simple.get(i).status().isGood()).isTrue();
            assertThat(simple.get(i).percentGood()).isEqualTo(100);
            assertThat(number(simple.get(i)))
                .isCloseTo(number(interpolated.get(i)), within(1e-9))
                .isBetween(number(least.get(i)) - 1e-9, number(greatest.get(i)) + 1e-9);
          }
        });
  }

  @Test
  void goodAndBadTimeFillTheBucketIfUncertainIsBad() {
    Seeded.check(
        100,
        random -> {
          List<Sample> samples = random(random);
          long width = 1 + random.nextInt(300);
          var good = all(Aggregate.DURATION_GOOD, STEPPED, samples, width);
          var bad = all(Aggregate.DURATION_BAD, STEPPED, samples, width);
          var percentGood = all(Aggregate.PERCENT_GOOD, STEPPED, samples, width);
          var percentBad = all(Aggregate.PERCENT_BAD, STEPPED, samples, width);
          for (int i = 0; i < good.size(); i++) {
            assertThat(number(good.get(i)) + number(bad.get(i)))
                .isCloseTo(good.get(i).bucket().micros() / 1e3, within(1e-9));
            assertThat(number(percentGood.get(i)) + number(percentBad.get(i)))
                .isCloseTo(100, within(1e-9));
          }
        });
  }

  @Test
  void aBucketOfMillionsIsReadAsAStream() {
    int millions = 3_000_000;
    for (Aggregate aggregate :
        List.of(Aggregate.TIME_AVERAGE, Aggregate.MAXIMUM2, Aggregate.STANDARD_DEVIATION_SAMPLE)) {
      Iterator<Sample> samples =
          LongStream.rangeClosed(0, millions).mapToObj(t -> good(t, t % 100)).iterator();
      AggregateValue value =
          Aggregates.over(
                  aggregate, SLOPED, new FixedBuckets(0, millions).between(0, millions), samples)
              .next();
      assertThat(value.status())
          .isEqualTo(
              AggregateStatus.with(
                  StatusCode.GOOD,
                  AggregateStatus.CALCULATED
                      | (aggregate == Aggregate.MAXIMUM2 ? AggregateStatus.MULTIPLE_VALUES : 0)));
    }
  }

  @Test
  void annotationsAreCountedByTheirTimes() {
    var samples = List.of(good(0, 1), good(100, 1));
    var counts =
        Aggregates.annotationCount(
            SLOPED,
            List.of(new Bucket(0, 10), new Bucket(20, 30), new Bucket(200, 210)).iterator(),
            samples.iterator(),
            LongStream.of(0, 9, 10, 15, 29, 205).iterator());

    assertThat(counts.next().value()).isEqualTo(SampleValue.of(2L));
    assertThat(counts.next().value()).isEqualTo(SampleValue.of(1L));
    assertThat(code(counts.next())).isEqualTo(AggregateStatus.BAD_NO_DATA);
    assertThatThrownBy(
            () ->
                Aggregates.over(
                    Aggregate.ANNOTATION_COUNT,
                    SLOPED,
                    List.<Bucket>of().iterator(),
                    samples.iterator()))
        .hasMessageContaining("annotationCount()");
  }

  private static List<Aggregate> computable() {
    return List.of(Aggregate.values()).stream()
        .filter(a -> a != Aggregate.ANNOTATION_COUNT)
        .toList();
  }

  /** Samples of all severities from before 0 to after 1,000 microseconds. */
  private static List<Sample> random(RandomGenerator random) {
    List<Sample> samples = new ArrayList<>();
    for (long t = -20; t < 1_100; t += 1 + random.nextInt(60)) {
      StatusCode code =
          switch (random.nextInt(6)) {
            case 0 -> StatusCode.BAD;
            case 1 -> StatusCode.UNCERTAIN;
            default -> StatusCode.GOOD;
          };
      samples.add(new Sample(SampleValue.of((double) random.nextInt(3)), code, t, 0));
    }
    return samples;
  }

  private static List<AggregateValue> all(
      Aggregate aggregate, AggregateConfiguration configuration, List<Sample> samples, long width) {
    List<AggregateValue> values = new ArrayList<>();
    Aggregates.over(
            aggregate,
            configuration,
            new FixedBuckets(0, width).between(0, 1_000),
            samples.iterator())
        .forEachRemaining(values::add);
    return values;
  }

  private static AggregateValue one(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      List<Sample> samples,
      long from,
      long to) {
    return Aggregates.over(
            aggregate, configuration, List.of(new Bucket(from, to)).iterator(), samples.iterator())
        .next();
  }

  private static double number(AggregateValue value) {
    return switch (value.value()) {
      case DoubleValue(double number) -> number;
      case IntegerValue(long whole) -> whole;
      case null, default -> throw new AssertionError("no number: " + value);
    };
  }

  private static StatusCode code(AggregateValue value) {
    return AggregateStatus.code(value.status());
  }

  private static int info(AggregateValue value) {
    return AggregateStatus.info(value.status());
  }

  private static Sample good(long micros, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample integer(long micros, long value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample text(long micros, String value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample bad(long micros) {
    return new Sample(null, StatusCode.BAD, micros, 0);
  }
}
