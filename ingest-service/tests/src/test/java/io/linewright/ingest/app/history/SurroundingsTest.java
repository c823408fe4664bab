package io.linewright.ingest.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.ValueCursor;
import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.app.history.SampleSource.Ask;
import io.linewright.ingest.app.history.SampleSource.Usable;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is computed from a range and its surroundings is what the whole history would give. */
class SurroundingsTest {

  private static final long MINUTE = 60_000_000L;
  private static final StatusCode[] CODES = {
    StatusCode.GOOD,
    StatusCode.UNCERTAIN,
    StatusCode.BAD_NO_COMMUNICATION,
    AggregateStatus.BAD_NO_DATA
  };

  @Test
  void anAggregateOfARangeIsThatOfTheWholeHistory() {
    Seeded.check(
        300,
        random -> {
          List<Sample> history = history(random);
          AggregateConfiguration configuration = configuration(random);
          long from = pick(random, history);
          long to = from + 1 + random.nextLong(random.nextBoolean() ? 5 : 500) * MINUTE;
          FixedBuckets buckets = new FixedBuckets(from, Math.max(1, (to - from) / 3));
          for (Aggregate aggregate : Aggregate.values()) {
            if (aggregate == Aggregate.ANNOTATION_COUNT) {
              continue;
            }
            List<AggregateValue> whole = new ArrayList<>();
            Aggregates.over(aggregate, configuration, buckets.between(from, to), history.iterator())
                .forEachRemaining(whole::add);
            List<AggregateValue> ranged = new ArrayList<>();
            List<Sample> read = around(history, from, to, Need.of(aggregate, configuration));
            Aggregates.over(aggregate, configuration, buckets.between(from, to), read.iterator())
                .forEachRemaining(ranged::add);
            assertThat(ranged).as(aggregate + " of " + configuration).isEqualTo(whole);
          }
        });
  }

  @Test
  void aValueAtAnInstantIsThatOfTheWholeHistory() {
    Seeded.check(
        1_000,
        random -> {
          List<Sample> history = history(random);
          AggregateConfiguration configuration = configuration(random);
          long at = pick(random, history) + random.nextInt(2) * MINUTE / 2;
          for (Fill fill : Fill.values()) {
            Bound whole = new ValueCursor(fill, configuration, history.iterator()).at(at);
            List<Sample> read = around(history, at, at + 1, Need.of(fill, configuration));
            assertThat(new ValueCursor(fill, configuration, read.iterator()).at(at))
                .as(fill + " of " + configuration)
                .isEqualTo(whole);
          }
        });
  }

  @Test
  void longStretchesOfBadSamplesAreNotReadBack() {
    List<Sample> history = new ArrayList<>();
    history.add(new Sample(SampleValue.of(1.0), StatusCode.GOOD, 0, 0));
    for (int i = 1; i <= 100_000; i++) {
      history.add(new Sample(null, StatusCode.BAD_NO_COMMUNICATION, i * MINUTE, 0));
    }
    long from = 100_001 * MINUTE;

    List<Sample> before =
        new Surroundings(ask -> read(history, ask))
            .before(from, Need.of(Aggregate.TOTAL, AggregateConfiguration.DEFAULT));

    assertThat(before).hasSize(18);
    assertThat(before.get(0).sourceMicros()).isZero();
    assertThat(before.get(1).sourceMicros()).isEqualTo(MINUTE);
  }

  /** Bad_NoData is where an archive begins only if nothing else came before, however long ago. */
  @Test
  void aStoredBadNoDataIsNotTheBeginOfTheArchive() {
    for (int noData : new int[] {1, 15, 16, 40}) {
      List<Sample> history = new ArrayList<>();
      long first = 10_000 * MINUTE;
      history.add(new Sample(SampleValue.of(1.0), StatusCode.GOOD, first - 3 * 1_440 * MINUTE, 0));
      for (int i = 0; i < noData; i++) {
        history.add(new Sample(null, AggregateStatus.BAD_NO_DATA, first + i * MINUTE, 0));
      }
      long from = first + noData * MINUTE + 1;
      history.add(new Sample(SampleValue.of(2.0), StatusCode.GOOD, from + 120 * MINUTE, 0));
      Need need = Need.of(Aggregate.PERCENT_BAD, AggregateConfiguration.DEFAULT);

      AggregateValue bad =
          Aggregates.over(
                  Aggregate.PERCENT_BAD,
                  AggregateConfiguration.DEFAULT,
                  new FixedBuckets(from, 60 * MINUTE).between(from, from + 60 * MINUTE),
                  around(history, from, from + 60 * MINUTE, need).iterator())
              .next();

      assertThat(bad.value()).as(noData + " times").isEqualTo(SampleValue.of(100.0));
      assertThat(AggregateStatus.info(bad.status())).isEqualTo(AggregateStatus.CALCULATED);
    }
    List<Sample> onlyNoData =
        List.of(
            new Sample(null, AggregateStatus.BAD_NO_DATA, 1, 0),
            new Sample(null, AggregateStatus.BAD_NO_DATA, 2, 0));
    assertThat(
            new Surroundings(ask -> read(onlyNoData, ask))
                .before(MINUTE, Need.of(Aggregate.AVERAGE, AggregateConfiguration.DEFAULT)))
        .isEqualTo(onlyNoData);
  }

  @Test
  void theBeginOfTheArchiveIsLookedForOnce() {
    for (boolean begun : List.of(false, true)) {
      List<Sample> history = new ArrayList<>();
      if (begun) {
        for (int i = 0; i < 20; i++) {
          history.add(new Sample(null, AggregateStatus.BAD_NO_DATA, i, 0));
        }
        history.add(new Sample(SampleValue.of(1.0), StatusCode.GOOD, 20, 0));
      }
      for (int i = 1; i <= 100; i++) {
        history.add(new Sample(null, AggregateStatus.BAD_NO_DATA, i * MINUTE, 0));
      }
      List<Ask> scans = new ArrayList<>();
      Surroundings surroundings =
          new Surroundings(
              ask -> {
                if (ask.usable() == Usable.KNOWN) {
                  scans.add(ask);
                }
                return read(history, ask);
              });
      Need need = Need.of(Aggregate.COUNT, AggregateConfiguration.DEFAULT);
      for (int i = 50; i <= 90; i += 20) {
        assertThat(surroundings.before(i * MINUTE, need).stream().anyMatch(Usable.KNOWN::admits))
            .isEqualTo(begun);
      }
      for (int i = 1; i < scans.size(); i++) {
        assertThat(scans.get(i).fromMicros())
            .as("only what has not been looked through")
            .isEqualTo(scans.get(i - 1).toMicros());
      }
      assertThat(scans).hasSize(begun ? 1 : 3);
      assertThat(surroundings.before(40 * MINUTE, need)).hasSize(begun ? 17 : 16);
      assertThat(scans).hasSize(begun ? 1 : 3);
    }
  }

  private static List<Sample> around(List<Sample> history, long from, long to, Need need) {
    Surroundings surroundings = new Surroundings(ask -> read(history, ask));
    List<Sample> all = new ArrayList<>(surroundings.before(from, need));
    history.stream()
        .filter(s -> s.sourceMicros() >= from && s.sourceMicros() < to)
        .forEach(all::add);
    all.addAll(surroundings.after(to, need));
    return all;
  }

  /** What the database answers. */
  private static List<Sample> read(List<Sample> history, Ask ask) {
    Comparator<Sample> order =
        Comparator.comparingLong(Sample::sourceMicros).thenComparingInt(Sample::ordinal);
    return history.stream()
        .filter(s -> s.sourceMicros() >= ask.fromMicros() && s.sourceMicros() < ask.toMicros())
        .filter(s -> s.sourceMicros() > ask.fromMicros() || s.ordinal() > ask.afterOrdinal())
        .filter(s -> matches(s, ask.usable()))
        .sorted(ask.newestFirst() ? order.reversed() : order)
        .limit(ask.limit())
        .toList();
  }

  private static boolean matches(Sample sample, Usable usable) {
    boolean finite =
        sample.value() instanceof DoubleValue(double number) && Double.isFinite(number);
    return switch (usable) {
      case ANY -> true;
      case KNOWN -> !sample.status().equals(AggregateStatus.BAD_NO_DATA);
      case GOOD -> sample.status().isGood() && sample.value() != null;
      case NOT_BAD -> !sample.status().isBad() && sample.value() != null;
      case GOOD_NUMBER -> sample.status().isGood() && finite;
      case NOT_BAD_NUMBER -> !sample.status().isBad() && finite;
    };
  }

  private static List<Sample> history(RandomGenerator random) {
    List<Sample> history = new ArrayList<>();
    long micros = 1_000 * MINUTE;
    StatusCode code = StatusCode.GOOD;
    int most = random.nextInt(200);
    for (int i = 0; i < most; i++) {
      // Quality comes in runs, some longer than what is read at once; times too
      if (random.nextInt(12) == 0) {
        code = CODES[random.nextInt(CODES.length)];
      }
      micros += MINUTE * (random.nextInt(40) == 0 ? 1_500 * (1 + random.nextInt(40)) : 1);
      int ordinals = random.nextInt(15) == 0 ? 1 + random.nextInt(20) : 1;
      for (int ordinal = 0; ordinal < ordinals; ordinal++) {
        StatusCode own = ordinals > 1 ? CODES[random.nextInt(CODES.length)] : code;
        history.add(new Sample(value(random, own), own, micros, ordinal));
      }
      micros += ordinals > 1 ? 1 : 0;
    }
    return history;
  }

  private static SampleValue value(RandomGenerator random, StatusCode code) {
    if (random.nextInt(20) == 0) {
      return SampleValue.of(Double.NaN);
    }
    return SampleValue.of(code.isBad() ? 0.0 : (double) random.nextInt(100));
  }

  private static AggregateConfiguration configuration(RandomGenerator random) {
    return new AggregateConfiguration(
        random.nextBoolean(), 100, 100, random.nextBoolean(), random.nextBoolean(), 1);
  }

  private static long pick(RandomGenerator random, List<Sample> history) {
    if (history.isEmpty()) {
      return 0;
    }
    return history.get(random.nextInt(history.size())).sourceMicros()
        + (random.nextInt(5) - 2) * MINUTE;
  }
}
