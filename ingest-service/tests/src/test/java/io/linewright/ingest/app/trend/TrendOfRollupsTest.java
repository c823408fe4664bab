package io.linewright.ingest.app.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.reconcile.LivePlant;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupReader;
import io.linewright.ingest.app.rollup.RollupReader.Thinned;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.trend.Trend.Method;
import io.linewright.ingest.registry.ValueMapping;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.sample.Sample;
import io.linewright.model.unit.UnitConversion;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.property.Seeded;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A trend out of roll-ups is the trend of the samples, whatever is out of date. */
@ExtendWith(TestServers.class)
class TrendOfRollupsTest {

  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  private long rollupsRead;

  @Test
  void rollupsAndSamplesGiveTheSameTrend(TestPostgres postgres) throws SQLException {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "trends");
    LivePlant plant = new LivePlant(database, true);
    RollupReader reader = new RollupReader(database.dataSource());
    RollupWorker worker =
        new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(LATER));
    Seeded.check(
        4,
        random -> {
          for (int batch = 0; batch < 12; batch++) {
            plant.act(random);
            if (random.nextBoolean()) {
              worker.sweep();
            }
            for (int i = 0; i < 5; i++) {
              compare(database, reader, random);
              compareTwoTags(database, reader, random);
            }
          }
        });
    assertThat(rollupsRead)
        .as("trends that were made of fewer samples than there are")
        .isPositive();
    database.drop();
  }

  private void compare(IngestDatabase database, RollupReader reader, RandomGenerator random) {
    int tag = random.nextInt(1, LivePlant.TAGS + 1);
    TimeRange range = range(random);
    int points = random.nextInt(2, 40);
    Columns columns = Columns.of(range, points);
    if (columns.level().isEmpty()) {
      return;
    }
    List<Sample> all = samples(database, tag, range);
    Trend expected = Trend.of(range, points, Method.EXTREMES, all.iterator());
    List<Sample> wanted = list(expected);
    Optional<List<Sample>> found =
        reader.read(
            tag,
            columns.level().get(),
            range.fromMicros(),
            range.toMicros(),
            thinned -> ofOne(range, columns, points, thinned).map(TrendOfRollupsTest::list));
    if (expected.method() == Method.RAW) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).contains(wanted);
      rollupsRead += thinnedOut(reader, tag, columns.level().get(), range, all.size());
    }
  }

  /** A series that was another stored tag, in another unit, up to an instant within the range. */
  private static void compareTwoTags(
      IngestDatabase database, RollupReader reader, RandomGenerator random) {
    TimeRange range = range(random);
    int points = random.nextInt(2, 40);
    Columns columns = Columns.of(range, points);
    if (columns.level().isEmpty() || range.toMicros() - range.fromMicros() < 2) {
      return;
    }
    long cut = random.nextLong(range.fromMicros() + 1, range.toMicros());
    TimeRange[] parts = {
      new TimeRange(range.fromMicros(), cut), new TimeRange(cut, range.toMicros())
    };
    ValueMapping[] mappings = {new ValueMapping(new UnitConversion(2, 1)), ValueMapping.NONE};
    List<Sample> all = new ArrayList<>();
    List<RolledUp> found = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      int tag = random.nextInt(1, LivePlant.TAGS);
      ValueMapping mapping = mappings[i];
      samples(database, tag, parts[i]).forEach(sample -> all.add(mapping.apply(sample)));
      found.add(
          reader.read(
              tag,
              columns.level().get(),
              parts[i].fromMicros(),
              parts[i].toMicros(),
              thinned -> RolledUp.of(range, columns, thinned, mapping)));
    }
    Trend expected = Trend.of(range, points, Method.EXTREMES, all.iterator());
    List<Sample> wanted = list(expected);
    Optional<List<Sample>> rolledUp =
        Trend.of(range, columns, points, found).map(TrendOfRollupsTest::list);
    if (expected.method() == Method.RAW) {
      assertThat(rolledUp).isEmpty();
    } else {
      assertThat(rolledUp).contains(wanted);
    }
  }

  /** A value every ten minutes, fewer than the chart has points; three of six days have gone. */
  @Test
  void daysThatHaveGoneAreShownAlthoughTheyHadFewSamples(TestPostgres postgres) throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "gone");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    LocalDate first = LocalDate.of(2026, 1, 1);
    database.ensure(IntStream.range(0, 6).mapToObj(first::plusDays).toList());
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't', 'double')")
        .update();
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT 1, '2026-01-01T00:00:00Z'::timestamptz + n * interval '10 min', 0, 0, n,
              '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM generate_series(0, 863) n
            """)
        .update();
    TimeRange range = new TimeRange(midnight(first), midnight(first.plusDays(6)));
    try (Connection connection = database.dataSource().getConnection()) {
      DirtyMarks.mark(connection, 1, range.fromMicros(), range.toMicros());
    }
    new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(LATER))
        .sweep();
    List<Sample> all = samples(database, 1, range);
    assertThat(all).hasSize(864);
    RollupReader reader = new RollupReader(database.dataSource());
    assertThat(trend(reader, range)).as("all of them are there").isEmpty();

    jdbc.sql("INSERT INTO raw_retained (tag_id, raw_from) VALUES (1, '2026-01-04T00:00:00Z')")
        .update();
    jdbc.sql("DELETE FROM sample WHERE source_time < '2026-01-04T00:00:00Z'").update();
    assertThat(trend(reader, range)).contains(all);
    TimeRange kept = new TimeRange(midnight(first.plusDays(3)), range.toMicros());
    assertThat(trend(reader, kept)).as("nothing of it has gone").isEmpty();
    database.drop();
  }

  /** Half a minute at the begin had a value, and has gone: no roll-up can show it. */
  @Test
  void partsOfMinutesThatHaveGoneAreNotPassedOver(TestPostgres postgres) throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), "edges");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    LocalDate first = LocalDate.of(2026, 1, 3);
    database.ensure(IntStream.range(0, 4).mapToObj(first::plusDays).toList());
    jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't', 'double')")
        .update();
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT 1, at::timestamptz, 0, 0, 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
            FROM (VALUES ('2026-01-03T23:59:40Z'), ('2026-01-05T00:00:00Z')) AS s (at)
            """)
        .update();
    long end = midnight(first.plusDays(4));
    try (Connection connection = database.dataSource().getConnection()) {
      DirtyMarks.mark(connection, 1, midnight(first), end);
    }
    new RollupWorker(
            database.dataSource(), Duration.ZERO, FaultPoints.none(), InstantSource.fixed(LATER))
        .sweep();
    jdbc.sql("INSERT INTO raw_retained (tag_id, raw_from) VALUES (1, '2026-01-04T00:00:00Z')")
        .update();
    jdbc.sql("DELETE FROM sample WHERE source_time < '2026-01-04T00:00:00Z'").update();
    RollupReader reader = new RollupReader(database.dataSource());
    TimeRange kept = new TimeRange(midnight(first.plusDays(1)), end);
    TimeRange range = new TimeRange(kept.fromMicros() - 30_000_000, end);
    assertThat(trend(reader, range)).as("not all of it").contains(samples(database, 1, kept));
    assertThat(trend(reader, kept)).as("all of it").isEmpty();
    TimeRange nothing = new TimeRange(kept.fromMicros() - 90_000_000, kept.fromMicros() + 1);
    assertThat(
            reader.<Boolean>read(
                1,
                Level.MINUTE,
                nothing.fromMicros(),
                nothing.fromMicros() + 30_000_000,
                thinned -> thinned.hasNext() || thinned.gone()))
        .as("there was nothing in that minute")
        .isFalse();
    database.drop();
  }

  private static Optional<List<Sample>> trend(RollupReader reader, TimeRange range) {
    Columns columns = Columns.of(range, 1_000);
    return reader.read(
        1,
        columns.level().orElseThrow(),
        range.fromMicros(),
        range.toMicros(),
        thinned -> ofOne(range, columns, 1_000, thinned).map(TrendOfRollupsTest::list));
  }

  private static Optional<Trend> ofOne(
      TimeRange range, Columns columns, int points, Thinned thinned) {
    RolledUp whole = RolledUp.of(range, columns, thinned, ValueMapping.NONE);
    return Trend.of(range, columns, points, List.of(whole));
  }

  private static long midnight(LocalDate day) {
    return day.toEpochDay() * Level.DAY.micros();
  }

  private static int thinnedOut(
      RollupReader reader, int tag, Level level, TimeRange range, int all) {
    return reader.read(
        tag,
        level,
        range.fromMicros(),
        range.toMicros(),
        thinned -> {
          int count = 0;
          while (thinned.hasNext()) {
            thinned.next();
            count++;
          }
          assertThat(thinned.standFor()).isEqualTo(all);
          return count < all ? 1 : 0;
        });
  }

  private static TimeRange range(RandomGenerator random) {
    long begin = Duration.between(Instant.EPOCH, LivePlant.BEGIN).toSeconds();
    long end = Duration.between(Instant.EPOCH, LivePlant.END).toSeconds();
    if (random.nextInt(6) == 0) {
      return new TimeRange(-7_200_000_000L, (end + 86_400) * 1_000_000);
    }
    long from = random.nextLong(begin - 3_600, end) * 1_000_000 + random.nextInt(3);
    long longest = (end + 172_800) * 1_000_000 - from;
    return new TimeRange(from, from + random.nextLong(1, longest));
  }

  private static List<Sample> samples(IngestDatabase database, int tag, TimeRange range) {
    return JdbcClient.create(database.dataSource())
        .sql(
            "SELECT %s FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ? ORDER BY source_time, ordinal"
                .formatted(SampleRead.SAMPLE_COLUMNS))
        .params(tag, at(range.fromMicros()), at(range.toMicros()))
        .query((row, n) -> SampleRead.sample(row, 0))
        .list();
  }

  private static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static List<Sample> list(Trend trend) {
    List<Sample> list = new ArrayList<>();
    trend.samples().forEachRemaining(list::add);
    return list;
  }
}
