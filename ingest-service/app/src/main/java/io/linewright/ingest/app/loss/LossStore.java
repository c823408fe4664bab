package io.linewright.ingest.app.loss;

import io.linewright.model.event.SamplesLost;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code loss}; the newest {@link #MAX_ROWS} are kept. */
final class LossStore {

  static final int MAX_ROWS = 100_000;

  /** A loss as it stands in the table. */
  record Kept(long id, Instant toldAt, SamplesLost loss) {}

  private static final String ADD =
      """
      INSERT INTO loss (source, equipment, lost_from, lost_to, samples, reason, tags, tag_count,
                        told_at)
      VALUES (?, ?, ?, ?, ?, ?, ?::text[], ?, ?) ON CONFLICT (source) DO NOTHING
      """;

  private final JdbcClient jdbc;

  LossStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a loss; false if it is known. */
  boolean add(String source, SamplesLost loss, Instant toldAt) {
    List<String> tags = loss.tags();
    return jdbc.sql(ADD)
            .param(source)
            .param(loss.equipment())
            .param(time(loss.from()))
            .param(time(loss.to()))
            .param(loss.count())
            .param(loss.reason())
            .param(tags == null ? null : tags.toArray(String[]::new))
            .param(loss.tagCount())
            .param(time(toldAt))
            .update()
        == 1;
  }

  /** Deletes what is beyond the bound. */
  void bound() {
    jdbc.sql("DELETE FROM loss WHERE id <= (SELECT max(id) FROM loss) - ?")
        .param(MAX_ROWS)
        .update();
  }

  /** Newest first, below the given id, of equipment at and below a path; null: all. */
  List<Kept> newest(@Nullable String path, long belowId, int limit) {
    return jdbc.sql(
            """
            SELECT id, equipment, lost_from, lost_to, samples, reason, tags, tag_count, told_at
            FROM loss
            WHERE id < ? AND (?::text IS NULL OR equipment = ? OR equipment LIKE ? || '/%')
            ORDER BY id DESC LIMIT ?
            """)
        .param(belowId)
        .param(path)
        .param(path)
        .param(path)
        .param(limit)
        .query(LossStore::kept)
        .list();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    Array tags = row.getArray(7);
    return new Kept(
        row.getLong(1),
        instant(row, 9),
        new SamplesLost(
            row.getString(2),
            instant(row, 3),
            instant(row, 4),
            row.getObject(5, Long.class),
            row.getString(6),
            tags == null ? null : List.of((String[]) tags.getArray()),
            row.getObject(8, Integer.class)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
