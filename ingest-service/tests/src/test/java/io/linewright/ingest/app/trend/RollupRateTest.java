package io.linewright.ingest.app.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.RollupReader;
import io.linewright.ingest.app.rollup.RollupWorker;
import io.linewright.ingest.app.rollup.WriterMarks;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.app.trend.Trend.Method;
import io.linewright.ingest.batch.SampleRow;
import io.linewright.ingest.registry.ValueMapping;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What marks cost a writer, how fast the worker is, what trends gain; prints, asserts no figures.
 */
@Tag("long")
@ExtendWith(TestServers.class)
class RollupRateTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MONTH_SECONDS = 30 * 86_400;
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  @Test
  void marksBesideCopy(TestPostgres postgres) throws Exception {
    IngestDatabase database = database(postgres, "marks");
    RollupWorker worker = worker(database);
    for (int perTag : List.of(1, 20)) {
      WriterMarks marks = new WriterMarks();
      long copying = 0;
      long marking = 0;
      long rowsWritten = 0;
      int batches = perTag == 1 ? 600 : 100;
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        for (int batch = 0; batch < batches; batch++) {
          long begin = micros(BEGIN) + perTag * 3_600_000_000L + batch * perTag * 100_000L;
          List<SampleRow> rows = rows(begin, perTag);
          byte[] encoded = encode(rows);
          long start = System.nanoTime();
          copy(connection, encoded);
          long copied = System.nanoTime();
          Runnable after = marks.mark(connection, rows);
          long marked = System.nanoTime();
          connection.commit();
          after.run();
          copying += System.nanoTime() - marked + copied - start;
          marking += marked - copied;
          rowsWritten += rows.size();
          if (batch % 100 == 99) {
            worker.sweep();
          }
        }
      }
      System.out.printf(
          "MARKS batches of %d rows (%d per tag): COPY and commit %.1f ms, marks %.2f ms a batch: %.1f %%, %.0f rows/s%n",
          rowsWritten / batches,
          perTag,
          copying / 1e6 / batches,
          marking / 1e6 / batches,
          100.0 * marking / (copying + marking),
          rowsWritten / ((copying + marking) / 1e9));
    }
  }

  @Test
  void aMonthOfOneTagEachSecond(TestPostgres postgres) throws Exception {
    IngestDatabase database = database(postgres, "month");
    JdbcClient jdbc = JdbcClient.create(database.dataSource());
    jdbc.sql(
            """
            INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
            SELECT 1, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 s', 0, 0,
              20 + sin(n / 1000.0) + sin(n), '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
            FROM generate_series(0, %d) n
            """
                .formatted(MONTH_SECONDS - 1))
        .update();
    jdbc.sql("ANALYZE sample").update();
    for (int day = 0; day < 30; day++) {
      try (Connection connection = database.dataSource().getConnection()) {
        long from = micros(BEGIN) + day * Level.DAY.micros();
        DirtyMarks.mark(connection, 1, from, from + Level.DAY.micros());
      }
    }
    long start = System.nanoTime();
    Map<Level, Integer> done = worker(database).sweep();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "SWEEP %d samples into %s buckets in %.1f s: %.0f samples/s (pauses included)%n",
        MONTH_SECONDS, done, seconds, MONTH_SECONDS / seconds);
    TimeRange range = new TimeRange(micros(BEGIN), micros(BEGIN) + 30 * Level.DAY.micros());
    Columns columns = Columns.of(range, 1_000);
    RollupReader reader = new RollupReader(database.dataSource());
    List<Sample> thinned = new ArrayList<>();
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 20; run++) {
      long begin = System.nanoTime();
      thinned.clear();
      Optional<Trend> trend =
          reader.read(
              1,
              columns.level().orElseThrow(),
              range.fromMicros(),
              range.toMicros(),
              samples ->
                  Trend.of(
                      range,
                      columns,
                      1_000,
                      List.of(RolledUp.of(range, columns, samples, ValueMapping.NONE))));
      trend.orElseThrow().samples().forEachRemaining(thinned::add);
      best = Math.min(best, System.nanoTime() - begin);
    }
    long begin = System.nanoTime();
    List<Sample> all =
        jdbc.sql(
                "SELECT %s FROM sample WHERE tag_id = 1 ORDER BY source_time, ordinal"
                    .formatted(SampleRead.SAMPLE_COLUMNS))
            .query((row, n) -> SampleRead.sample(row, 0))
            .list();
    List<Sample> raw = new ArrayList<>();
    Trend.of(range, 1_000, Method.EXTREMES, all.iterator()).samples().forEachRemaining(raw::add);
    System.out.printf(
        "TREND of a month, %d points: out of roll-ups best %.0f ms, out of %d samples once %.0f ms%n",
        thinned.size(), best / 1e6, all.size(), (System.nanoTime() - begin) / 1e6);
    assertThat(thinned).isEqualTo(raw);
  }

  private static IngestDatabase database(TestPostgres postgres, String schema) {
    IngestDatabase database =
        IngestDatabase.create(
            new Database(postgres.createDatabase(), TestPostgres.USER, ""), schema);
    LocalDate first = LocalDate.of(2026, 1, 1);
    database.ensure(IntStream.range(0, 30).mapToObj(first::plusDays).toList());
    return database;
  }

  private static RollupWorker worker(IngestDatabase database) {
    return new RollupWorker(
        database.dataSource(),
        Duration.ZERO,
        FaultPoints.none(),
        InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z")));
  }

  /** Of 1,000 tags with ten values a second. */
  private static List<SampleRow> rows(long begin, int perTag) {
    List<SampleRow> rows = new ArrayList<>();
    for (int tag = 1; tag <= 1_000; tag++) {
      for (int i = 0; i < perTag; i++) {
        long micros = begin + i * 100_000L;
        rows.add(
            new SampleRow(
                tag,
                new Sample(SampleValue.of(tag + i * 0.1), StatusCode.GOOD, micros, 0),
                micros,
                0));
      }
    }
    rows.sort(SampleRow.WRITING_ORDER);
    return rows;
  }

  private static byte[] encode(List<SampleRow> rows) {
    ByteBuffer out = ByteBuffer.allocate(64 + rows.size() * 110);
    out.put("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
    out.putInt(0).putInt(0);
    for (SampleRow row : rows) {
      long micros = row.sample().sourceMicros() - EPOCH_2000_MICROS;
      out.putShort((short) 11);
      out.putInt(4).putInt(row.tagId());
      out.putInt(8).putLong(micros);
      out.putInt(2).putShort((short) 0);
      out.putInt(4).putInt(0);
      out.putInt(8).putDouble(row.tagId() * 0.1);
      out.putInt(-1).putInt(-1).putInt(-1).putInt(-1);
      out.putInt(8).putLong(micros).putInt(8).putLong(micros);
    }
    out.putShort((short) -1);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static void copy(Connection connection, byte[] encoded) throws Exception {
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY sample (" + SampleTable.COLUMNS + ") FROM STDIN (FORMAT binary)");
    copy.writeToCopy(encoded, 0, encoded.length);
    copy.endCopy();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
