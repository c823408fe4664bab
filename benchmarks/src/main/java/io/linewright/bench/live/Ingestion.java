package io.linewright.bench.live;

import io.linewright.bench.load.StoredCount;
import io.linewright.bench.load.Traffic;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Lets the historian store as fast as it can: a burst is made beforehand, handed to Kafka at once,
 * and the commit times of its rows say how fast they were stored.
 */
final class Ingestion {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Samples of a tag that lie in one record, as after 50 ms at 40 samples/s. */
  private static final int PER_RECORD = 2;

  private static final long STEP_MICROS = 1_000;

  private static final String RATE =
      """
      WITH slice AS (
        SELECT pg_xact_commit_timestamp(xmin) AS at, count(*) AS rows
        FROM ingest.sample WHERE source_time >= ? AND source_time < ? GROUP BY 1)
      SELECT sum(rows), sum(rows) - (array_agg(rows ORDER BY at))[1],
             extract(epoch FROM max(at) - min(at))
      FROM slice
      """;

  private final Traffic traffic;
  private final StoredCount stored;
  private final int rounds;
  private long nextMicros;

  /**
   * @param rounds records of each machine in a block
   * @param fromMicros source time of the first sample, microseconds since the epoch
   */
  Ingestion(Traffic traffic, StoredCount stored, int rounds, long fromMicros) {
    this.traffic = traffic;
    this.stored = stored;
    this.rounds = rounds;
    this.nextMicros = fromMicros;
  }

  /** Stores a sample of every tag. */
  void touch() throws IOException, InterruptedException {
    store(traffic.burst(Topic.TELEMETRY, 1, 1, advance(1), STEP_MICROS));
  }

  /**
   * Stores a block.
   *
   * @return rows per second, from the first commit to the last
   * @throws IOException if rows are missing
   */
  double block() throws IOException, InterruptedException, SQLException {
    long from = advance((long) rounds * PER_RECORD);
    Traffic.Burst burst = traffic.burst(Topic.TELEMETRY, rounds, PER_RECORD, from, STEP_MICROS);
    store(burst);
    try (PreparedStatement statement = stored.connection().prepareStatement(RATE)) {
      statement.setObject(1, at(from));
      statement.setObject(2, at(nextMicros));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) != burst.samples()) {
          throw new IOException(
              "%d samples were sent, %d rows are there".formatted(burst.samples(), row.getLong(1)));
        }
        return row.getLong(2) / row.getDouble(3);
      }
    }
  }

  private void store(Traffic.Burst burst) throws IOException, InterruptedException {
    long before = stored.now();
    traffic.send(burst);
    traffic.flush();
    stored.await(before + burst.samples(), PATIENCE);
  }

  private long advance(long steps) {
    long from = nextMicros;
    nextMicros += steps * STEP_MICROS;
    return from;
  }

  private static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
