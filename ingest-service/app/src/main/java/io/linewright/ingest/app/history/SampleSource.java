package io.linewright.ingest.app.history;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;

/**
 * Reads samples by the primary key, one short query at a time: between two of them no connection is
 * held, however slow a client is.
 */
final class SampleSource {

  /** Instants before and after every sample: begin of the year 1, of the year 10000. */
  static final long EARLIEST_MICROS = -62_135_596_800_000_000L;

  static final long LATEST_MICROS = 253_402_300_800_000_000L;

  private static final int TIME_LIMIT_SECONDS = 20;
  private static final String CANCELLED = "57014";
  private static final String SELECT =
      "/* read */ SELECT "
          + SampleRead.SAMPLE_COLUMNS
          + " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?";

  /**
   * A question.
   *
   * @param fromMicros begin, included
   * @param afterOrdinal only higher ordinals at the begin; -1: all
   * @param toMicros end, not included
   * @param limit most samples
   * @param newestFirst whether the latest samples are wanted, latest first
   * @param usable which of them; all others are passed over
   */
  record Ask(
      long fromMicros,
      int afterOrdinal,
      long toMicros,
      int limit,
      boolean newestFirst,
      Usable usable) {}

  /** Which samples are wanted. */
  enum Usable {
    ANY,
    /** Good with a value. */
    GOOD,
    /** Good or Uncertain with a value. */
    NOT_BAD,
    /** Good with a finite number or truth value. */
    GOOD_NUMBER,
    /** Good or Uncertain with a finite number or truth value. */
    NOT_BAD_NUMBER;

    static Usable of(boolean uncertainToo, boolean numbers) {
      if (numbers) {
        return uncertainToo ? NOT_BAD_NUMBER : GOOD_NUMBER;
      }
      return uncertainToo ? NOT_BAD : GOOD;
    }
  }

  private final DataSource dataSource;

  SampleSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The samples asked for.
   *
   * @param upToIngestMicros only those stored up to this time
   * @throws DataAccessResourceFailureException if the database fails
   */
  List<Sample> read(Tag tag, Ask ask, long upToIngestMicros) {
    String sql = SELECT + condition(tag, ask.usable) + order(ask.newestFirst);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      // Times and numbers in binary from the first execution on: their text costs more than all
      // else.
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setQueryTimeout(TIME_LIMIT_SECONDS);
      OffsetDateTime from = at(ask.fromMicros);
      statement.setInt(1, tag.id());
      statement.setObject(2, from);
      statement.setObject(3, at(ask.toMicros));
      statement.setObject(4, from);
      statement.setInt(5, ask.afterOrdinal);
      statement.setObject(6, at(upToIngestMicros));
      statement.setInt(7, ask.limit);
      List<Sample> samples = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          samples.add(SampleRead.sample(row, 0));
        }
      }
      return samples;
    } catch (SQLException failed) {
      if (CANCELLED.equals(failed.getSQLState())) {
        throw new RefusedException(
            HttpStatus.SERVICE_UNAVAILABLE,
            "too-slow",
            "The samples of %s were not found within %d s; ask for a shorter range or later"
                .formatted(tag.key(), TIME_LIMIT_SECONDS));
      }
      throw new DataAccessResourceFailureException("read samples: " + sql, failed);
    }
  }

  private static String order(boolean newestFirst) {
    return newestFirst
        ? " ORDER BY source_time DESC, ordinal DESC LIMIT ?"
        : " ORDER BY source_time, ordinal LIMIT ?";
  }

  /** The severity is in the two highest bits, so Bad codes are negative. */
  private static String condition(Tag tag, Usable usable) {
    return switch (usable) {
      case ANY -> "";
      case GOOD -> " AND status BETWEEN 0 AND 1073741823 AND " + value(tag, false);
      case NOT_BAD -> " AND status >= 0 AND " + value(tag, false);
      case GOOD_NUMBER -> " AND status BETWEEN 0 AND 1073741823 AND " + value(tag, true);
      case NOT_BAD_NUMBER -> " AND status >= 0 AND " + value(tag, true);
    };
  }

  private static String value(Tag tag, boolean numbers) {
    return switch (tag.type()) {
      // NaN is greater than Infinity in PostgreSQL
      case DOUBLE ->
          numbers ? "number > '-Infinity' AND number < 'Infinity'" : "number IS NOT NULL";
      case INTEGER -> "integer IS NOT NULL";
      case BOOLEAN -> "bool IS NOT NULL";
      case STRING -> numbers ? "false" : "text IS NOT NULL";
      case BYTES -> numbers ? "false" : "bytes IS NOT NULL";
    };
  }

  private static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
