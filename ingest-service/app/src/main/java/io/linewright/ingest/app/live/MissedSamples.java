package io.linewright.ingest.app.live;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.dao.DataAccessResourceFailureException;

/** Finds what a client has missed, in the table of samples. Two such searches run at a time. */
final class MissedSamples {

  /**
   * How long before the break source times are looked for: clocks at machines lag, and values wait
   * on their way. What is older is late, and no stream shows late values.
   */
  private static final Duration LAG = Duration.ofMinutes(1);

  /** How far source times may be ahead. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /** Samples that the driver holds, beside those that have been found. */
  private static final int FETCH = 100;

  /** Longest time that a search may take. */
  static final int TIME_LIMIT_SECONDS = 20;

  private static final String FIND =
      "/* read */ SELECT tag_id, "
          + SampleRead.COLUMNS
          + " FROM sample WHERE tag_id = ANY (?) AND source_time > ? AND source_time < ?"
          + " AND ingest_time > ? LIMIT ?";

  private final DataSource dataSource;
  private final int most;
  private final long mostBytes;
  private final int timeLimitSeconds;
  private final Semaphore places = new Semaphore(2);

  /**
   * @param most most samples to find
   * @param mostBytes most bytes that their texts and byte strings may have together
   * @param timeLimitSeconds longest time that a search may take
   */
  MissedSamples(DataSource dataSource, int most, long mostBytes, int timeLimitSeconds) {
    this.dataSource = dataSource;
    this.most = most;
    this.mostBytes = mostBytes;
    this.timeLimitSeconds = timeLimitSeconds;
  }

  /**
   * The samples that were stored after a position, in the order of their source times; empty if
   * there are too many, or too large ones.
   *
   * @throws DataAccessResourceFailureException if the database does not answer
   */
  Optional<List<LastValue>> after(long ingestMicros, List<Integer> tags)
      throws InterruptedException {
    places.acquire();
    try {
      return find(Instant.EPOCH.plus(ingestMicros, ChronoUnit.MICROS), tags);
    } finally {
      places.release();
    }
  }

  private Optional<List<LastValue>> find(Instant position, List<Integer> tags) {
    try (Connection connection = dataSource.getConnection()) {
      // Only in a transaction the driver fetches piece by piece
      connection.setAutoCommit(false);
      try {
        return find(connection, position, tags);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("missed samples cannot be read", failed);
    }
  }

  private Optional<List<LastValue>> find(
      Connection connection, Instant position, List<Integer> tags) throws SQLException {
    List<LastValue> found = new ArrayList<>();
    long bytes = 0;
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setFetchSize(FETCH);
      statement.setQueryTimeout(timeLimitSeconds);
      statement.setArray(1, connection.createArrayOf("int4", tags.toArray()));
      statement.setObject(2, at(position.minus(LAG)));
      statement.setObject(3, at(position.plus(AHEAD)));
      statement.setObject(4, at(position));
      statement.setInt(5, most + 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Sample sample = SampleRead.sample(row, 1);
          bytes += size(sample.value());
          if (found.size() == most || bytes > mostBytes) {
            return Optional.empty();
          }
          found.add(
              new LastValue(
                  row.getInt(1),
                  sample,
                  SampleRead.gatewayMicros(row, 1),
                  SampleRead.ingestMicros(row, 1),
                  0));
        }
      }
    }
    found.sort(
        Comparator.<LastValue>comparingLong(value -> value.sample().sourceMicros())
            .thenComparingInt(LastValue::tagId)
            .thenComparingInt(value -> value.sample().ordinal()));
    return Optional.of(found);
  }

  /** Bytes of a value that has a length; of texts in UTF-8. */
  private static int size(@Nullable SampleValue value) {
    return switch (value) {
      case StringValue(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
      case BytesValue(byte[] bytes) -> bytes.length;
      case null, default -> 0;
    };
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
