package io.linewright.ingest.app.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code rollup_pass}: how far the pass over all roll-ups has come. */
final class PassStore {

  /**
   * Where a pass is.
   *
   * @param beganAt null: none is under way
   * @param day that is being compared, number since 1970-01-01; null: none yet
   * @param tagId the last one that was compared of that day
   * @param days how many days of tags were compared
   * @param mismatches how many of them differed
   */
  record Place(
      @Nullable Instant beganAt, @Nullable Integer day, int tagId, long days, long mismatches) {

    /** Before everything. */
    static Place first(Instant now) {
      return new Place(now, null, BEFORE_ALL, 0, 0);
    }

    /** Behind a tag. */
    Place after(int tag, int compared, int wrong) {
      return new Place(beganAt, day, tag, days + compared, mismatches + wrong);
    }

    /** At the begin of a day. */
    Place at(int otherDay) {
      return new Place(beganAt, otherDay, BEFORE_ALL, days, mismatches);
    }
  }

  /** A pass that has come to its end. */
  record Ended(Instant beganAt, Instant endedAt, long days, long mismatches) {}

  /** Less than any tag's number. */
  static final int BEFORE_ALL = -1;

  private final JdbcClient jdbc;

  PassStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Place place() {
    return jdbc.sql("/* read */ SELECT began_at, day, tag_id, days, mismatches FROM rollup_pass")
        .query(
            (row, n) ->
                new Place(
                    instant(row, 1),
                    row.getObject(2, Integer.class),
                    row.getInt(3),
                    row.getLong(4),
                    row.getLong(5)))
        .single();
  }

  /** The last one that came to its end; null: none has. */
  @Nullable Ended last() {
    return jdbc.sql(
            """
            /* read */ SELECT last_began_at, last_ended_at, last_days, last_mismatches
            FROM rollup_pass WHERE last_ended_at IS NOT NULL
            """)
        .query(
            (row, n) ->
                new Ended(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getLong(3),
                    row.getLong(4)))
        .optional()
        .orElse(null);
  }

  void save(Place place) {
    jdbc.sql(
            "/* read */ UPDATE rollup_pass"
                + " SET began_at = ?, day = ?, tag_id = ?, days = ?, mismatches = ?")
        .param(time(place.beganAt()))
        .param(place.day())
        .param(place.tagId())
        .param(place.days())
        .param(place.mismatches())
        .update();
  }

  /** The pass has come to its end; the next one begins at the newest day. */
  void end(Place place, Instant now) {
    jdbc.sql(
            """
            /* read */ UPDATE rollup_pass SET last_began_at = ?, last_ended_at = ?, last_days = ?,
              last_mismatches = ?, began_at = NULL, day = NULL, tag_id = ?, days = 0, mismatches = 0
            """)
        .param(time(place.beganAt()))
        .param(time(now))
        .param(place.days())
        .param(place.mismatches())
        .param(BEFORE_ALL)
        .update();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
