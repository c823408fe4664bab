package io.linewright.ingest.app.read;

import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.truth.StoredSample;
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
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads samples of one tag in order of source time and ordinal: those that count, or, by the
 * cursor, those that came.
 */
final class SampleQuery {

  /** Receives samples; times of gateway and ingest in microseconds since the epoch. */
  interface SampleReader {
    void read(Sample sample, long gatewayMicros, long ingestMicros);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Samples of a corrected tag that are read at once to find the end of a page. */
  private static final int STRETCH = 5_000;

  private static final String AFTER =
      " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?"
          + " ORDER BY source_time, ordinal ";
  private static final String ROWS = "/* read */ SELECT " + SampleRead.COLUMNS + AFTER + "LIMIT ?";
  private static final String END =
      "/* read */ SELECT source_time, ordinal" + AFTER + "OFFSET ? - 1 LIMIT 2";

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final EffectiveSource effective;
  private final CorrectionLog corrections;

  SampleQuery(
      DataSource dataSource,
      JdbcClient jdbc,
      EffectiveSource effective,
      CorrectionLog corrections) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
    this.effective = effective;
    this.corrections = corrections;
  }

  /** The ingest position to freeze now, microseconds since the epoch. */
  long upTo() {
    return IngestPosition.upTo(jdbc);
  }

  /** The last correction of a tag, to freeze now. */
  long corrections(int tagId) {
    return corrections.version(tagId);
  }

  /** What had been said of a tag by the correction in the cursor; null if nothing counts. */
  @Nullable Edition edition(int tagId, PageCursor cursor) {
    return cursor.correctionsUpTo() > 0
        ? corrections.edition(tagId, cursor.correctionsUpTo())
        : null;
  }

  /** What has been said of samples, also of those that do not count. */
  SampleCorrections about(int tagId, PageCursor cursor, List<Sample> samples) {
    long upTo =
        cursor.correctionsUpTo() == PageCursor.RAW ? Long.MAX_VALUE : cursor.correctionsUpTo();
    return SampleCorrections.of(corrections, tagId, samples, upTo);
  }

  /**
   * Where the next page begins when this one takes {@code limit} samples; empty if nothing is left
   * after them. Without corrections cheap beside reading them: no row leaves the database.
   */
  Optional<PageCursor> next(Tag tag, @Nullable Edition edition, PageCursor after, int limit) {
    if (edition != null) {
      return corrected(tag, edition, after, limit);
    }
    List<PageCursor> end = new ArrayList<>(2);
    run(
        END,
        tag.id(),
        after,
        limit,
        row -> end.add(after.after(SampleRead.micros(row, 1), row.getInt(2))));
    return end.size() == 2 ? Optional.of(end.getFirst()) : Optional.empty();
  }

  private Optional<PageCursor> corrected(Tag tag, Edition edition, PageCursor after, int limit) {
    PageCursor end = after;
    for (int left = limit; left > 0; left -= STRETCH) {
      List<StoredSample> read = effective.read(tag, edition, end, Math.min(left, STRETCH));
      if (read.size() < Math.min(left, STRETCH)) {
        return Optional.empty();
      }
      Sample last = read.getLast().sample();
      end = end.after(last.sourceMicros(), last.ordinal());
    }
    return effective.read(tag, edition, end, 1).isEmpty() ? Optional.empty() : Optional.of(end);
  }

  /** Reads at most {@code limit} samples after the cursor. */
  void read(Tag tag, @Nullable Edition edition, PageCursor after, int limit, SampleReader reader) {
    if (edition != null) {
      effective
          .read(tag, edition, after, limit)
          .forEach(one -> reader.read(one.sample(), one.gatewayMicros(), one.ingestMicros()));
    } else {
      run(
          ROWS,
          tag.id(),
          after,
          limit,
          row ->
              reader.read(
                  SampleRead.sample(row, 0),
                  SampleRead.gatewayMicros(row, 0),
                  SampleRead.ingestMicros(row, 0)));
    }
  }

  private void run(String sql, int tagId, PageCursor after, int limit, RowReader reader) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      // Times and numbers in binary from the first execution on: their text costs more than all
      // else.
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      OffsetDateTime from = at(after.sourceMicros());
      statement.setInt(1, tagId);
      statement.setObject(2, from);
      statement.setObject(3, at(after.toMicros()));
      statement.setObject(4, from);
      statement.setInt(5, after.ordinal());
      statement.setObject(6, at(after.upToIngestMicros()));
      statement.setInt(7, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    } catch (SQLException failed) {
      throw new UncategorizedSQLException("read samples", sql, failed);
    }
  }

  private static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
