package io.linewright.ingest.aggregate.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.Buckets;
import io.linewright.ingest.bucket.CalendarBuckets;
import io.linewright.ingest.bucket.CalendarUnit;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.Rollup;
import io.linewright.ingest.rollup.RollupFold;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What roll-ups determine is what the samples give: value, time, every bit of the status. */
class TalliesTest {

  private static final long MINUTE = Level.MINUTE.micros();
  private static final long HOUR = Level.HOUR.micros();
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  /** Two days before the clocks of Vienna go forward. */
  private static final long BEGIN =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2025-03-28T00:00:00Z"));

  private static final List<StatusCode> CODES =
      List.of(
          StatusCode.GOOD,
          StatusCode.GOOD,
          StatusCode.of(0x00300000),
          StatusCode.UNCERTAIN_LAST_USABLE_VALUE,
          StatusCode.BAD_NO_COMMUNICATION,
          AggregateStatus.BAD_NO_DATA);

  /** A question about samples, and what roll-ups tell of it. */
  private record Told(List<Bucket> buckets, Tallies tallies) {}

  @Test
  void rollupsGiveWhatTheSamplesGive() {
    Map<Aggregate, Integer> answered = new EnumMap<>(Aggregate.class);
    Seeded.check(
        500,
        random -> {
          DataType type = pick(random, DataType.DOUBLE, DataType.INTEGER, DataType.BOOLEAN);
          List<Sample> samples = samples(random, type);
          Optional<Told> told = tell(random, type, samples);
          if (told.isEmpty()) {
            return;
          }
          AggregateConfiguration configuration = configuration(random);
          for (Aggregate aggregate : Aggregate.values()) {
            if (Tally.knows(aggregate)) {
              int count = compare(told.get(), aggregate, configuration, samples);
              answered.merge(aggregate, count, Integer::sum);
            }
          }
        });
    for (Aggregate aggregate : Aggregate.values()) {
      if (Tally.knows(aggregate)) {
        assertThat(answered.getOrDefault(aggregate, 0))
            .as("buckets in which roll-ups gave " + aggregate)
            .isGreaterThan(100);
      }
    }
  }

  private static int compare(
      Told told, Aggregate aggregate, AggregateConfiguration configuration, List<Sample> samples) {
    BitSet answered = told.tallies().answered(aggregate, Long.MIN_VALUE);
    Iterator<AggregateValue> all =
        Aggregates.over(aggregate, configuration, told.buckets().iterator(), samples.iterator());
    Function<Bucket, Iterator<Sample>> reader = part -> inside(samples, part).iterator();
    for (int i = 0; i < told.buckets().size(); i++) {
      AggregateValue expected = all.next();
      if (answered.get(i)) {
        Optional<AggregateValue> found = told.tallies().value(i, aggregate, configuration, reader);
        assertThat(found).as(aggregate + " of " + expected).isPresent();
        same(aggregate, found.get(), expected, samples);
      }
    }
    return answered.cardinality();
  }

  private static void same(
      Aggregate aggregate, AggregateValue found, AggregateValue expected, List<Sample> samples) {
    String as = aggregate + " of " + expected.bucket();
    assertThat(found.bucket()).as(as).isEqualTo(expected.bucket());
    assertThat(found.micros()).as(as).isEqualTo(expected.micros());
    assertThat(found.status()).as(as).isEqualTo(expected.status());
    assertThat(found.percentGood()).as(as).isCloseTo(expected.percentGood(), within(1e-9));
    if (aggregate == Aggregate.AVERAGE && expected.value() != null) {
      double greatest =
          inside(samples, expected.bucket()).stream()
              .filter(sample -> sample.status().isGood())
              .mapToDouble(sample -> Math.abs(SampleNumber.of(sample.value())))
              .max()
              .orElse(0);
      assertThat(SampleNumber.of(found.value()))
          .as(as)
          .isCloseTo(SampleNumber.of(expected.value()), within(1e-9 * greatest));
    } else {
      assertThat(found.value()).as(as).isEqualTo(expected.value());
    }
  }

  @Test
  void bucketsAreMadeOfHoursWhereAllBeginWithOne() {
    long day = 24 * HOUR;
    assertThat(level(new CalendarBuckets(CalendarUnit.DAY, VIENNA), BEGIN + 7, BEGIN + 5 * day))
        .contains(Level.HOUR);
    assertThat(
            level(
                new CalendarBuckets(CalendarUnit.DAY, ZoneId.of("Asia/Kolkata")),
                BEGIN,
                BEGIN + 5 * day))
        .contains(Level.MINUTE);
    assertThat(level(new FixedBuckets(0, 4 * MINUTE), BEGIN, BEGIN + day)).contains(Level.MINUTE);
    assertThat(level(new FixedBuckets(0, 3 * MINUTE), BEGIN, BEGIN + day)).isEmpty();
    assertThat(level(new FixedBuckets(1, HOUR), BEGIN, BEGIN + day)).isEmpty();
    assertThat(level(new FixedBuckets(0, 100 * day), BEGIN, BEGIN + day)).contains(Level.HOUR);
    assertThat(level(new FixedBuckets(0, 100 * day), BEGIN, BEGIN + day + MINUTE))
        .contains(Level.MINUTE);
    assertThat(level(new FixedBuckets(0, 100 * day), BEGIN, BEGIN + day + 1)).isEmpty();
  }

  private static Optional<Level> level(Buckets buckets, long from, long to) {
    return Tallies.level(list(buckets, from, to), 4);
  }

  @Test
  void whatSavesTooLittleIsLeftToSamples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4 * 60; i++) {
      // None in the second hour
      if (i / 60 != 1) {
        samples.add(new Sample(SampleValue.of(1.0), StatusCode.GOOD, BEGIN + i * MINUTE, 0));
      }
    }
    List<Bucket> buckets = list(new FixedBuckets(0, HOUR), BEGIN, BEGIN + 4 * HOUR);
    Tallies tallies = new Tallies(buckets, DataType.DOUBLE);
    rollups(samples, Level.HOUR).forEach(rollup -> tallies.add(rollup, Level.HOUR));
    tallies.around(true, true, true);

    assertThat(tallies.samples()).isEqualTo(180);
    assertThat(tallies.answered(Aggregate.COUNT, 60).toString()).isEqualTo("{0, 2, 3}");
    assertThat(tallies.answered(Aggregate.COUNT, 61).toString()).isEqualTo("{2, 3}");
    assertThat(tallies.answered(Aggregate.COUNT, 121).isEmpty()).isTrue();
    assertThat(tallies.answered(Aggregate.MINIMUM, 0).isEmpty())
        .as("all of them would be read for the least one")
        .isTrue();
    BitSet answered = tallies.answered(Aggregate.COUNT, 61);
    assertThat(tallies.saved(Aggregate.COUNT, answered)).isEqualTo(120);
    assertThat(tallies.answered(Aggregate.TIME_AVERAGE, 0).isEmpty()).isTrue();
  }

  /** Somebody asks, with marks here and there. */
  private static Optional<Told> tell(RandomGenerator random, DataType type, List<Sample> samples) {
    long unit = pick(random, HOUR, MINUTE, 1L);
    long from = BEGIN + random.nextLong(-5 * HOUR, 40 * HOUR) / unit * unit;
    long to = from + unit + random.nextLong(80 * HOUR) / unit * unit;
    List<Bucket> buckets = list(buckets(random), from, to);
    Optional<Level> found = Tallies.level(buckets, 4);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Level level = found.get();
    long inner = Math.ceilDiv(from, level.micros()) * level.micros();
    long behind = Math.floorDiv(to, level.micros()) * level.micros();
    List<long[]> unknown = new ArrayList<>();
    unknown.add(new long[] {from, Math.min(inner, to)});
    unknown.add(new long[] {Math.max(behind, from), to});
    for (int i = random.nextInt(3); i > 0 && inner < behind; i--) {
      long begin = inner + random.nextLong(behind - inner) / level.micros() * level.micros();
      unknown.add(new long[] {begin, begin + level.micros() * (1 + random.nextInt(3))});
    }
    Tallies tallies = new Tallies(buckets, type);
    unknown.forEach(stretch -> tallies.unknown(stretch[0], stretch[1]));
    for (Rollup rollup : rollups(samples, level)) {
      long start = rollup.startMicros();
      if (start >= inner
          && start < behind
          && unknown.stream().noneMatch(s -> start >= s[0] && start < s[1])) {
        tallies.add(rollup, level);
      }
    }
    List<Sample> before = inside(samples, new Bucket(Long.MIN_VALUE, from));
    Sample last = before.isEmpty() ? null : before.getLast();
    tallies.around(
        before.stream().anyMatch(s -> !s.status().equals(AggregateStatus.BAD_NO_DATA)),
        last != null && last.status().isGood() && Double.isFinite(SampleNumber.of(last.value())),
        !inside(samples, new Bucket(to, Long.MAX_VALUE)).isEmpty());
    return Optional.of(new Told(buckets, tallies));
  }

  private static Buckets buckets(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> new CalendarBuckets(CalendarUnit.DAY, VIENNA);
      case 1 -> new FixedBuckets(0, (1 + random.nextInt(9)) * HOUR);
      case 2 -> new FixedBuckets(0, 15 * MINUTE);
      default -> new FixedBuckets(random.nextInt(90) * MINUTE, (4 + random.nextInt(200)) * MINUTE);
    };
  }

  private static List<Bucket> list(Buckets buckets, long from, long to) {
    List<Bucket> list = new ArrayList<>();
    buckets.between(from, to).forEachRemaining(list::add);
    return list;
  }

  private static List<Sample> inside(List<Sample> samples, Bucket bucket) {
    return samples.stream().filter(s -> bucket.contains(s.sourceMicros())).toList();
  }

  /** As the historian makes them: minutes of samples, hours of minutes. */
  private static List<Rollup> rollups(List<Sample> samples, Level level) {
    List<Rollup> rollups = new ArrayList<>();
    RollupFold fold = new RollupFold(level.bucket(0));
    int current = Integer.MIN_VALUE;
    if (level == Level.MINUTE) {
      for (Sample sample : samples) {
        int number = level.numberOf(sample.sourceMicros());
        if (number != current) {
          end(fold, rollups);
          fold = new RollupFold(level.bucket(number));
          current = number;
        }
        fold.add(sample, false);
      }
    } else {
      for (Rollup part : rollups(samples, Level.MINUTE)) {
        int number = level.numberOf(part.startMicros());
        if (number != current) {
          end(fold, rollups);
          fold = new RollupFold(level.bucket(number));
          current = number;
        }
        fold.add(part, Level.MINUTE);
      }
    }
    end(fold, rollups);
    return rollups;
  }

  private static void end(RollupFold fold, List<Rollup> rollups) {
    if (!fold.isEmpty()) {
      rollups.add(fold.result());
    }
  }

  /** Four days; quality comes in runs, some days are all Good. */
  private static List<Sample> samples(RandomGenerator random, DataType type) {
    List<Sample> samples = new ArrayList<>();
    int kind = random.nextInt(4);
    boolean pure = random.nextBoolean();
    int change = 1 + random.nextInt(120);
    long longest = pick(random, 5L, 20L, 60L);
    StatusCode code = pick(random, CODES.getFirst(), CODES.get(random.nextInt(CODES.size())));
    long micros = BEGIN - random.nextLong(10 * HOUR);
    while (micros < BEGIN + 96 * HOUR) {
      if (random.nextInt(change) == 0) {
        code = CODES.get(random.nextInt(pure ? 3 : CODES.size()));
      }
      boolean onTheMinute = random.nextInt(3) == 0;
      micros += 1 + random.nextLong(longest * MINUTE);
      micros = onTheMinute ? Math.ceilDiv(micros, MINUTE) * MINUTE : micros;
      int ordinals = random.nextInt(25) == 0 ? 3 : 1;
      for (int ordinal = 0; ordinal < ordinals; ordinal++) {
        StatusCode own = ordinals > 1 && !pure ? CODES.get(random.nextInt(CODES.size())) : code;
        samples.add(new Sample(value(random, type, kind, pure), own, micros, ordinal));
      }
    }
    return samples;
  }

  private static @Nullable SampleValue value(
      RandomGenerator random, DataType type, int kind, boolean pure) {
    if (!pure && random.nextInt(150) == 0) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> SampleValue.of(random.nextBoolean());
      case INTEGER -> SampleValue.of(whole(random, kind));
      default -> SampleValue.of(number(random, kind, pure));
    };
  }

  private static long whole(RandomGenerator random, int kind) {
    return switch (kind) {
      case 0 -> random.nextLong(-2, 3);
      case 1 -> (1L << 53) - random.nextLong(3);
      case 2 -> random.nextLong();
      default -> random.nextLong(1_000_000);
    };
  }

  private static double number(RandomGenerator random, int kind, boolean pure) {
    if (!pure && random.nextInt(150) == 0) {
      return random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    return switch (kind) {
      case 0 -> random.nextBoolean() ? 1 : random.nextBoolean() ? 0.0 : -0.0;
      case 1 -> 1e9 + random.nextInt(100) / 7.0;
      case 2 -> random.nextGaussian() * 1e300;
      default -> random.nextInt(-800, 800) / 8.0;
    };
  }

  private static AggregateConfiguration configuration(RandomGenerator random) {
    int bad = random.nextInt(101);
    int good = random.nextInt(100 - bad, 101);
    return new AggregateConfiguration(
        random.nextBoolean(), bad, good, random.nextBoolean(), random.nextBoolean(), 1);
  }

  @SafeVarargs
  private static <T> T pick(RandomGenerator random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
