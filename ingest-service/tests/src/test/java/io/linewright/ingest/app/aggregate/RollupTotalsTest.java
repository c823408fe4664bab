package io.linewright.ingest.app.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.tally.Tallies;
import io.linewright.ingest.aggregate.tally.Tally;
import io.linewright.ingest.app.aggregate.RollupTotals.Kept;
import io.linewright.ingest.app.correction.Corrector;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupRows;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.bucket.Buckets;
import io.linewright.ingest.bucket.CalendarBuckets;
import io.linewright.ingest.bucket.CalendarUnit;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.property.Seeded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Aggregates of roll-ups in the database are those of the samples that count, whatever came late,
 * was corrected, is marked or has gone.
 */
@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class RollupTotalsTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 10);
  private static final long BEGIN = FIRST.toEpochDay() * Level.DAY.micros();
  private static final long END = BEGIN + 3 * Level.DAY.micros();
  private static final long STEP = 120_000_000;
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
  private static final String INSERT =
      """
      INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
      VALUES (1, ?, ?, ?, ?, now(), now()) ON CONFLICT DO NOTHING
      """;

  private IngestDatabase database;
  private JdbcClient jdbc;
  private RollupTotals totals;
  private int answered;

  @BeforeEach
  void tables(TestPostgres postgres) {
    database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "totals");
    database.ensure(IntStream.range(0, 3).mapToObj(FIRST::plusDays).toList());
    jdbc = JdbcClient.create(database.dataSource());
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't1', 'double')")
        .update();
    totals = new RollupTotals(database.dataSource());
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void rollupsGiveWhatCounts() {
    Corrector corrector = new Corrector(database);
    Seeded.check(
        2,
        random -> {
          store(random, BEGIN, END, STEP);
          for (int round = 0; round < 6; round++) {
            sweep();
            compare(random);
            long late = instant(random);
            store(random, late, late + 20 * STEP, STEP / 10);
            compare(random);
            corrector.correct(corrections(random));
            compare(random);
          }
        });
    assertThat(answered).as("values out of roll-ups").isGreaterThan(500);
  }

  @Test
  void samplesThatHaveGoneAreNeitherCountedNorAnswered() throws Exception {
    store(new Random(7), BEGIN, END, STEP);
    sweep();
    long all = totals.kept(1, BEGIN, END).samples();
    assertThat(all).isEqualTo(jdbc.sql("SELECT count(*) FROM sample").query(Long.class).single());

    long kept = BEGIN + Level.DAY.micros();
    jdbc.sql("INSERT INTO raw_retained (tag_id, raw_from) VALUES (1, ?)")
        .param(SampleRead.time(kept))
        .update();
    List<Bucket> buckets = list(new FixedBuckets(0, Level.HOUR.micros()), BEGIN, END);
    Tallies tallies = tallies(buckets, Level.HOUR, true, true);
    assertThat(tallies.answered(Aggregate.COUNT, 0).nextSetBit(0)).isEqualTo(24);
    assertThat(totals.kept(1, BEGIN, END).samples())
        .isEqualTo(tallies.samples())
        .isEqualTo(totals.kept(1, kept, END).samples())
        .isLessThan(all);
  }

  /** After an import roll-ups are behind. */
  @Test
  void samplesThatAreMarkedAreCounted() throws Exception {
    store(new Random(7), BEGIN, END, STEP);
    long all = jdbc.sql("SELECT count(*) FROM sample").query(Long.class).single();
    Kept marked = totals.kept(1, BEGIN, END);
    assertThat(marked.samples()).isEqualTo(all);
    assertThat(marked.inHour()).isBetween(40L, 100L);
    assertThat(totals.kept(1, BEGIN, BEGIN + Level.HOUR.micros()).samples())
        .isPositive()
        .isLessThan(100);
    sweep();
    assertThat(totals.kept(1, BEGIN, END).samples()).isEqualTo(all);
  }

  @Test
  void wholeDaysAreCountedByTheirOwnRollups() throws Exception {
    store(new Random(7), BEGIN, END, STEP);
    sweep();
    long from = BEGIN + Level.HOUR.micros();
    long to = END - Level.HOUR.micros();
    Kept kept = totals.kept(1, from, to);
    assertThat(kept.samples())
        .isEqualTo(
            jdbc.sql("SELECT count(*) FROM sample WHERE source_time >= ? AND source_time < ?")
                .params(SampleRead.time(from), SampleRead.time(to))
                .query(Long.class)
                .single());
    jdbc.sql("DELETE FROM rollup_hour WHERE start >= ? AND start < ?")
        .params(
            SampleRead.time(BEGIN + Level.DAY.micros()),
            SampleRead.time(BEGIN + 2 * Level.DAY.micros()))
        .update();
    assertThat(totals.kept(1, from, to).samples()).isEqualTo(kept.samples());
    assertThat(kept.inHour()).isBetween(40L, 100L);
    assertThat(kept.inBucketOf(2 * Level.HOUR.micros())).isEqualTo(2 * kept.inHour());
    assertThat(kept.inBucketOf(END)).isEqualTo(kept.samples());
  }

  @Test
  void tooManySamplesAreRefusedWithAdvice() {
    AggregatePlan.check(AggregatePlan.MOST_SAMPLES);
    assertThatThrownBy(() -> AggregatePlan.check(31_536_000))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("31536000 samples")
        .hasMessageContaining("at most 5000000")
        .hasMessageContaining("Average, ");
  }

  private void compare(RandomGenerator random) {
    List<Sample> samples = samples();
    long from = BEGIN + random.nextLong(30) * Level.HOUR.micros();
    long to = END - random.nextLong(30) * Level.HOUR.micros() + random.nextInt(2);
    Buckets division =
        switch (random.nextInt(3)) {
          case 0 -> new CalendarBuckets(CalendarUnit.DAY, ZoneId.of("Europe/Vienna"));
          case 1 -> new FixedBuckets(0, 15 * Level.MINUTE.micros());
          default -> new FixedBuckets(0, (1 + random.nextInt(5)) * Level.HOUR.micros());
        };
    List<Bucket> buckets = list(division, from, to);
    Optional<Level> found = Tallies.level(buckets, 4);
    if (found.isEmpty()) {
      return; // a single bucket that ends a microsecond behind the hour
    }
    Level level = found.get();
    List<Sample> before = samples.stream().filter(s -> s.sourceMicros() < from).toList();
    Tallies tallies =
        tallies(
            buckets,
            level,
            !before.isEmpty(),
            samples.stream().anyMatch(s -> s.sourceMicros() >= to));
    AggregateConfiguration configuration =
        AggregateConfiguration.DEFAULT
            .withStepped(random.nextBoolean())
            .withTreatUncertainAsBad(random.nextBoolean());
    for (Aggregate aggregate : Aggregate.values()) {
      if (!Tally.knows(aggregate)) {
        continue;
      }
      BitSet ofRollups = tallies.answered(aggregate, Long.MIN_VALUE);
      answered += ofRollups.cardinality();
      Iterator<AggregateValue> all =
          Aggregates.over(aggregate, configuration, buckets.iterator(), samples.iterator());
      for (int i = 0; i < buckets.size(); i++) {
        AggregateValue expected = all.next();
        if (ofRollups.get(i)) {
          same(
              tallies
                  .value(
                      i,
                      aggregate,
                      configuration,
                      part ->
                          samples.stream().filter(s -> part.contains(s.sourceMicros())).iterator())
                  .orElseThrow(),
              expected,
              aggregate.browseName());
        }
      }
    }
  }

  private static void same(AggregateValue found, AggregateValue expected, String as) {
    assertThat(found.bucket()).as(as).isEqualTo(expected.bucket());
    assertThat(found.micros()).as(as).isEqualTo(expected.micros());
    assertThat(found.status()).as(as).isEqualTo(expected.status());
    assertThat(found.percentGood()).as(as).isCloseTo(expected.percentGood(), within(1e-9));
    if (expected.value() == null) {
      assertThat(found.value()).as(as).isNull();
    } else {
      // Values are at most 100
      assertThat(SampleNumber.of(found.value()))
          .as(as)
          .isCloseTo(SampleNumber.of(expected.value()), within(1e-7));
    }
  }

  /** Whether the last sample before is Good is left open. */
  private Tallies tallies(List<Bucket> buckets, Level level, boolean begun, boolean followed) {
    Tallies tallies = new Tallies(buckets, DataType.DOUBLE);
    totals.read(1, level, buckets.getFirst().startMicros(), buckets.getLast().endMicros(), tallies);
    tallies.around(begun, false, followed);
    return tallies;
  }

  private static List<Bucket> list(Buckets division, long from, long to) {
    List<Bucket> buckets = new ArrayList<>();
    division.between(from, to).forEachRemaining(buckets::add);
    return buckets;
  }

  private List<Sample> samples() {
    return jdbc.sql(
            "SELECT %s FROM %s AS s ORDER BY source_time, ordinal"
                .formatted(
                    SampleRead.SAMPLE_COLUMNS,
                    RollupRows.samples(
                        "1",
                        "'%s'::timestamptz".formatted(RollupRows.time(BEGIN)),
                        "'%s'::timestamptz".formatted(RollupRows.time(END)))))
        .query((row, n) -> SampleRead.sample(row, 0))
        .list();
  }

  /** Mostly Good; for some hours not. */
  private void store(RandomGenerator random, long from, long to, long step) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      StatusCode code = StatusCode.GOOD;
      long last = from;
      for (long micros = from; micros < Math.min(to, END); micros += random.nextLong(1, step)) {
        if (random.nextInt(100) == 0) {
          code = code(random);
        }
        statement.setObject(1, SampleRead.time(micros));
        statement.setInt(2, random.nextInt(20) / 19);
        statement.setInt(3, code.bits());
        statement.setDouble(4, random.nextInt(-800, 800) / 8.0);
        statement.addBatch();
        last = micros;
      }
      statement.executeBatch();
      DirtyMarks.mark(connection, 1, from, last + 1);
      connection.commit();
    }
  }

  private static StatusCode code(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> StatusCode.BAD_NO_COMMUNICATION;
      case 1 -> StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
      default -> StatusCode.GOOD;
    };
  }

  private static List<Corrector.Item> corrections(RandomGenerator random) {
    long from = instant(random);
    return List.of(
        new Corrector.Item(
            1,
            new Correction(
                Kind.INSERT, new At(instant(random), 0), SampleValue.of(99.0), StatusCode.GOOD)),
        new Corrector.Item(1, Correction.delete(new During(from, from + 30 * STEP))));
  }

  private static long instant(RandomGenerator random) {
    return BEGIN + random.nextLong(END - BEGIN - 1_000 * STEP);
  }

  private void sweep() throws Exception {
    new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(LATER))
        .sweep();
  }
}
