package io.linewright.ingest.app.read;

import io.linewright.ingest.app.storage.IngestPosition;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.page.PageCursor;
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
import org.postgresql.PGStatement;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads samples of one tag in order of source time and ordinal. */
final class SampleQuery {

  /** Receives result rows with the columns of {@link SampleRead}. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private static final String AFTER =
      " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?"
          + " ORDER BY source_time, ordinal ";
  private static final String ROWS = "/* read */ SELECT " + SampleRead.COLUMNS + AFTER + "LIMIT ?";
  private static final String END =
      "/* read */ SELECT source_time, ordinal" + AFTER + "OFFSET ? - 1 LIMIT 2";

  private final DataSource dataSource;
  private final JdbcClient jdbc;

  SampleQuery(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /** The ingest position to freeze now, microseconds since the epoch. */
  long upTo() {
    return IngestPosition.upTo(jdbc);
  }

  /**
   * Where the next page begins when this one takes {@code limit} samples; empty if nothing is left
   * after them. Cheap beside reading them: no row leaves the database.
   */
  Optional<PageCursor> next(int tagId, PageCursor after, int limit) {
    List<PageCursor> end = new ArrayList<>(2);
    run(
        END,
        tagId,
        after,
        limit,
        row -> end.add(after.after(SampleRead.micros(row, 1), row.getInt(2))));
    return end.size() == 2 ? Optional.of(end.getFirst()) : Optional.empty();
  }

  /** Reads at most {@code limit} samples after the cursor. */
  void read(int tagId, PageCursor after, int limit, RowReader reader) {
    run(ROWS, tagId, after, limit, reader);
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
