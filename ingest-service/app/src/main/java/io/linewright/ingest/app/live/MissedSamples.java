package io.linewright.ingest.app.live;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.telemetry.LastValue;
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

  private static final String FIND =
      "/* read */ SELECT tag_id, "
          + SampleRead.COLUMNS
          + " FROM sample WHERE tag_id = ANY (?) AND source_time > ? AND source_time < ?"
          + " AND ingest_time > ? LIMIT ?";

  private final DataSource dataSource;
  private final int most;
  private final Semaphore places = new Semaphore(2);

  /**
   * @param most most samples to find
   */
  MissedSamples(DataSource dataSource, int most) {
    this.dataSource = dataSource;
    this.most = most;
  }

  /**
   * The samples that were stored after a position, in the order of their source times; empty if
   * there are too many.
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
    List<LastValue> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setArray(1, connection.createArrayOf("int4", tags.toArray()));
      statement.setObject(2, at(position.minus(LAG)));
      statement.setObject(3, at(position.plus(AHEAD)));
      statement.setObject(4, at(position));
      statement.setInt(5, most + 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new LastValue(
                  row.getInt(1),
                  SampleRead.sample(row, 1),
                  SampleRead.gatewayMicros(row, 1),
                  SampleRead.ingestMicros(row, 1),
                  0));
        }
      }
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("missed samples cannot be read", failed);
    }
    if (found.size() > most) {
      return Optional.empty();
    }
    found.sort(
        Comparator.<LastValue>comparingLong(value -> value.sample().sourceMicros())
            .thenComparingInt(LastValue::tagId)
            .thenComparingInt(value -> value.sample().ordinal()));
    return Optional.of(found);
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
