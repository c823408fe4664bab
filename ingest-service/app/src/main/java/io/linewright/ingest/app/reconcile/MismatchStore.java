package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.rollup.Level;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code rollup_mismatch}, and how many marks wait. */
final class MismatchStore {

  /** A roll-up that was wrong. */
  record Kept(
      Instant foundAt,
      Level level,
      String tag,
      Instant start,
      @Nullable String expected,
      @Nullable String kept) {}

  private final JdbcClient jdbc;

  MismatchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest ones, newest first. */
  List<Kept> newest(int most) {
    return jdbc.sql(
            """
            SELECT m.found_at, m.level, t.path || '#' || t.name, m.start, m.expected, m.kept
            FROM rollup_mismatch m JOIN tag t ON t.id = m.tag_id ORDER BY m.id DESC LIMIT ?
            """)
        .param(most)
        .query(
            (row, n) ->
                new Kept(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    Level.values()[row.getInt(2)],
                    row.getString(3),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getString(5),
                    row.getString(6)))
        .list();
  }

  /** How many marks of each level wait. */
  Map<Level, Long> marks() {
    Map<Level, Long> marks = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      marks.put(
          level,
          jdbc.sql("SELECT count(*) FROM rollup_dirty WHERE level = ?")
              .param(level.ordinal())
              .query(Long.class)
              .single());
    }
    return marks;
  }
}
