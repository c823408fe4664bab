package io.linewright.ingest.app.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.retention.Compressor;
import io.linewright.ingest.app.rollup.RollupReader;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.rollup.Level;
import io.linewright.testkit.infrastructure.Database;
import io.linewright.testkit.infrastructure.OnTimescale;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A snapshot sees all samples of a day while TimescaleDB compresses it. */
@OnTimescale
class TimescaleTrendTest {

  private static final int SAMPLES = 2_000;
  private static final int ROUNDS = 20;
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-01-10");
  private static final long BEGIN = DAY.toEpochDay() * 86_400_000_000L;

  private static final String ADD =
      """
      INSERT INTO sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
      SELECT 1, ?::date::timestamp AT TIME ZONE 'UTC' + n * interval '10 seconds', ?, 0, n, now(), now()
      FROM generate_series(0, ?) n
      """;

  @Test
  void samplesAreAllThereWhileTheirDayIsCompressed() throws Exception {
    IngestDatabase database =
        IngestDatabase.create(
            Database.timescale().orElseThrow(), "compressed_" + System.nanoTime());
    try {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      jdbc.sql("INSERT INTO tag (path, name, type) VALUES ('acme/graz/mill-01', 't', 'double')")
          .update();
      // All is marked: a trend reads the samples
      jdbc.sql(
              "INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)"
                  + " VALUES (0, 1, ?, ?, 0)")
          .params(DAY.toEpochDay() * 1440, DAY.plusDays(1).toEpochDay() * 1440)
          .update();
      database.ensure(List.of(DAY));
      Compressor compressor = new Compressor(database, LATER);
      for (int round = 0; round < ROUNDS; round++) {
        jdbc.sql(ADD).params(DAY, round, SAMPLES - 1).update();
        compressWhileItIsRead(database, compressor, (round + 1) * SAMPLES);
      }
    } finally {
      database.drop();
    }
  }

  private static void compressWhileItIsRead(
      IngestDatabase database, Compressor compressor, int expected) throws Exception {
    RollupReader reader = new RollupReader(database.dataSource());
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> readers =
          List.of(
              threads.submit(() -> readUntil(done, reader, expected)),
              threads.submit(() -> readUntil(done, reader, expected)));
      long give = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      try {
        while (compressor.compress() == 0) {
          assertThat(System.nanoTime()).as("somebody always reads").isLessThan(give);
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> one : readers) {
        assertThat(one.get()).isPositive();
      }
    }
    assertThat(read(reader)).isEqualTo(expected);
  }

  private static int readUntil(AtomicBoolean done, RollupReader reader, int expected) {
    int reads = 0;
    do {
      assertThat(read(reader)).isEqualTo(expected);
      reads++;
    } while (!done.get());
    return reads;
  }

  private static int read(RollupReader reader) {
    return reader.read(
        1,
        Level.HOUR,
        BEGIN,
        BEGIN + Level.DAY.micros(),
        samples -> {
          int count = 0;
          while (samples.hasNext()) {
            samples.next();
            count++;
          }
          return count;
        });
  }
}
