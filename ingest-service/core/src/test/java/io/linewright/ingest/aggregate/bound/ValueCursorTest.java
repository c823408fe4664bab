package io.linewright.ingest.aggregate.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ValueCursorTest {

  private static final AggregateConfiguration SLOPED = AggregateConfiguration.DEFAULT;
  private static final AggregateConfiguration STEPPED = SLOPED.withStepped(true);
  private static final StatusCode SUB_NORMAL = AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;

  private static final List<Sample> TRACE =
      List.of(good(10, 1), good(20, 2), bad(30), good(40, 4), good(50, 5), bad(60));

  @Test
  void interpolatesOverWhatIsBad() {
    var cursor = new ValueCursor(Fill.INTERPOLATED, SLOPED, TRACE.iterator());

    nothing(cursor.at(5));
    raw(cursor.at(10), 1);
    interpolated(cursor.at(15), 1.5, StatusCode.GOOD);
    interpolated(cursor.at(25), 2.5, SUB_NORMAL);
    interpolated(cursor.at(30), 3, SUB_NORMAL);
    raw(cursor.at(40), 4);
    interpolated(cursor.at(70), 5, SUB_NORMAL);
  }

  @Test
  void extrapolatesAlongTheLineIfToldSo() {
    var slopedExtrapolation = new AggregateConfiguration(true, 100, 100, true, false, 1);

    interpolated(
        new ValueCursor(Fill.INTERPOLATED, slopedExtrapolation, TRACE.iterator()).at(70),
        7,
        SUB_NORMAL);
    interpolated(
        new ValueCursor(Fill.INTERPOLATED, slopedExtrapolation, List.of(good(10, 1)).iterator())
            .at(70),
        1,
        SUB_NORMAL);
  }

  @Test
  void aSteppedValueHoldsGoodUntilSomethingBadComes() {
    var cursor = new ValueCursor(Fill.INTERPOLATED, STEPPED, TRACE.iterator());

    interpolated(cursor.at(15), 1, StatusCode.GOOD);
    interpolated(cursor.at(29), 2, StatusCode.GOOD);
    interpolated(cursor.at(30), 2, SUB_NORMAL);
    interpolated(cursor.at(39), 2, SUB_NORMAL);
    interpolated(cursor.at(55), 5, SUB_NORMAL);
  }

  @Test
  void simpleBoundsStopAtWhatIsBad() {
    var cursor = new ValueCursor(Fill.SIMPLE, SLOPED, TRACE.iterator());

    nothing(cursor.at(5));
    interpolated(cursor.at(15), 1.5, StatusCode.GOOD);
    interpolated(cursor.at(25), 2, SUB_NORMAL);
    nothing(cursor.at(30));
    nothing(cursor.at(35));
    raw(cursor.at(40), 4);
    interpolated(cursor.at(55), 5, SUB_NORMAL);
    nothing(cursor.at(60));
    nothing(cursor.at(70));
  }

  @Test
  void theLastKnownValueKeepsItsStatus() {
    Sample worn = new Sample(SampleValue.of(7L), StatusCode.UNCERTAIN_LAST_USABLE_VALUE, 20, 0);
    var samples = List.of(good(10, 1), worn, bad(30));
    var cursor = new ValueCursor(Fill.LAST_KNOWN, SLOPED, samples.iterator());

    nothing(cursor.at(9));
    interpolated(cursor.at(19), 1, StatusCode.GOOD);
    Bound held = cursor.at(25);
    assertThat(held.value()).isEqualTo(SampleValue.of(7L));
    assertThat(AggregateStatus.code(held.status()))
        .isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
    Bound lost = cursor.at(35);
    assertThat(lost.value()).isNull();
    assertThat(AggregateStatus.code(lost.status())).isEqualTo(StatusCode.BAD);
  }

  @Test
  void truthValuesAndTextsNeverLieOnALine() {
    var states =
        List.of(
            new Sample(SampleValue.of(true), StatusCode.GOOD, 10, 0),
            new Sample(SampleValue.of(false), StatusCode.GOOD, 20, 0));
    var texts =
        List.of(
            new Sample(SampleValue.of("idle"), StatusCode.GOOD, 10, 0),
            new Sample(SampleValue.of("run"), StatusCode.GOOD, 20, 0));

    for (Fill fill : Fill.values()) {
      assertThat(new ValueCursor(fill, SLOPED, states.iterator()).at(15).value())
          .isEqualTo(SampleValue.of(true));
      assertThat(new ValueCursor(fill, SLOPED, texts.iterator()).at(15).value())
          .isEqualTo(SampleValue.of("idle"));
    }
  }

  @Test
  void whatSupersedesOthersOfTheInstantSaysSo() {
    var samples =
        List.of(
            new Sample(SampleValue.of(1.0), StatusCode.GOOD, 10, 0),
            new Sample(SampleValue.of(2.0), StatusCode.GOOD, 10, 1),
            good(20, 4));
    var cursor = new ValueCursor(Fill.INTERPOLATED, SLOPED, samples.iterator());

    Bound bound = cursor.at(10);
    assertThat(bound.value()).isEqualTo(SampleValue.of(2.0));
    assertThat(AggregateStatus.info(bound.status())).isEqualTo(AggregateStatus.EXTRA_DATA);
    interpolated(cursor.at(15), 3, StatusCode.GOOD);
  }

  @Test
  void archivesBeginWithTheFirstRealEntry() {
    var samples =
        List.of(new Sample(null, AggregateStatus.BAD_NO_DATA, 0, 0), good(10, 1), good(20, 2));

    assertThat(new ValueCursor(Fill.SIMPLE, SLOPED, samples.iterator()).nextMicros()).hasValue(10);
  }

  @Test
  void agreesWithASearchThroughAllSamples() {
    Seeded.check(
        300,
        random -> {
          var configuration =
              new AggregateConfiguration(
                  random.nextBoolean(), 100, 100, random.nextBoolean(), random.nextBoolean(), 1);
          List<Sample> samples = random(random);
          var interpolated = new ValueCursor(Fill.INTERPOLATED, configuration, samples.iterator());
          var simple = new ValueCursor(Fill.SIMPLE, configuration, samples.iterator());
          for (long t = 0; t < 120; t += random.nextInt(4)) {
            same(interpolated.at(t), searched(samples, configuration, t));
            same(simple.at(t), searchedSimple(samples, configuration, t));
          }
        });
  }

  @Test
  void refusesToGoBack() {
    var cursor = new ValueCursor(Fill.SIMPLE, SLOPED, TRACE.iterator());
    cursor.at(20);

    assertThatThrownBy(() -> cursor.at(19)).hasMessageContaining("19 follows 20");
    var descending = List.of(good(20, 1), good(10, 1), good(30, 1));
    assertThatThrownBy(() -> new ValueCursor(Fill.SIMPLE, SLOPED, descending.iterator()).at(30))
        .hasMessageContaining("(10, 0) follows (20, 0)");
  }

  private record Found(double number, StatusCode code) {}

  private static Found searched(List<Sample> samples, AggregateConfiguration c, long t) {
    List<Sample> usable = samples.stream().filter(s -> usable(s, c)).toList();
    Sample earlier = null;
    Sample before = null;
    Sample after = null;
    for (Sample s : usable) {
      if (s.sourceMicros() <= t) {
        earlier = before;
        before = s;
      } else if (after == null) {
        after = s;
      }
    }
    if (before == null) {
      return new Found(Double.NaN, AggregateStatus.BAD_NO_DATA);
    }
    if (before.sourceMicros() == t) {
      return new Found(number(before), before.status());
    }
    long until = c.stepped() ? t + 1 : after == null ? Long.MAX_VALUE : after.sourceMicros();
    long since = before.sourceMicros();
    boolean badBetween =
        samples.stream()
            .filter(s -> s.sourceMicros() > since && s.sourceMicros() < until)
            .anyMatch(s -> !usable(s, c));
    boolean good = !badBetween && after != null && before.status().isGood();
    if (c.stepped()) {
      return new Found(number(before), good ? StatusCode.GOOD : SUB_NORMAL);
    }
    if (after == null) {
      return earlier != null && c.useSlopedExtrapolation()
          ? new Found(line(earlier, before, t), SUB_NORMAL)
          : new Found(number(before), SUB_NORMAL);
    }
    good &= after.status().isGood();
    return new Found(line(before, after, t), good ? StatusCode.GOOD : SUB_NORMAL);
  }

  private static Found searchedSimple(List<Sample> samples, AggregateConfiguration c, long t) {
    Sample before = null;
    Sample after = null;
    for (Sample s : samples) {
      if (s.sourceMicros() <= t) {
        before = s;
      } else if (after == null) {
        after = s;
      }
    }
    if (before == null || !usable(before, c) || (after == null && before.sourceMicros() != t)) {
      return new Found(Double.NaN, AggregateStatus.BAD_NO_DATA);
    }
    if (before.sourceMicros() == t || after == null) {
      return new Found(number(before), before.status());
    }
    boolean good = before.status().isGood() && (c.stepped() || after.status().isGood());
    boolean line = !c.stepped() && usable(after, c);
    return new Found(
        line ? line(before, after, t) : number(before), good ? StatusCode.GOOD : SUB_NORMAL);
  }

  private static double line(Sample one, Sample other, long t) {
    double slope = (number(other) - number(one)) / (other.sourceMicros() - one.sourceMicros());
    return number(one) + slope * (t - one.sourceMicros());
  }

  private static boolean usable(Sample sample, AggregateConfiguration c) {
    return !c.countsAsBad(sample.status().severity());
  }

  private static double number(Sample sample) {
    return sample.value() instanceof SampleValue.DoubleValue(double number) ? number : Double.NaN;
  }

  private static List<Sample> random(RandomGenerator random) {
    List<Sample> samples = new ArrayList<>();
    for (long t = random.nextInt(20); t < 100; t += 1 + random.nextInt(9)) {
      Severity severity = Severity.values()[random.nextInt(3)];
      StatusCode code =
          switch (severity) {
            case GOOD -> StatusCode.GOOD;
            case UNCERTAIN -> StatusCode.UNCERTAIN;
            case BAD -> StatusCode.BAD;
          };
      samples.add(new Sample(SampleValue.of(random.nextGaussian()), code, t, 0));
    }
    return samples;
  }

  private static void same(Bound bound, Found found) {
    assertThat(AggregateStatus.code(bound.status())).isEqualTo(found.code());
    if (Double.isNaN(found.number())) {
      assertThat(bound.value()).isNull();
    } else {
      assertThat(bound.number()).isCloseTo(found.number(), within(1e-9));
    }
  }

  private static void raw(Bound bound, double number) {
    assertThat(bound.isRaw()).isTrue();
    assertThat(bound.number()).isEqualTo(number);
    assertThat(bound.status().isGood()).isTrue();
  }

  private static void interpolated(Bound bound, double number, StatusCode code) {
    assertThat(bound.number()).isCloseTo(number, within(1e-12));
    assertThat(AggregateStatus.code(bound.status())).isEqualTo(code);
    assertThat(AggregateStatus.info(bound.status())).isEqualTo(AggregateStatus.INTERPOLATED);
  }

  private static void nothing(Bound bound) {
    assertThat(bound.value()).isNull();
    assertThat(AggregateStatus.code(bound.status())).isEqualTo(AggregateStatus.BAD_NO_DATA);
  }

  private static Sample good(long micros, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample bad(long micros) {
    return new Sample(null, StatusCode.BAD, micros, 0);
  }
}
