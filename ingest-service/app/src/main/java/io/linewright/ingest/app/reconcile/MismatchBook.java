package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.reconcile.GroupBy.Difference;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.rollup.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down which roll-ups were wrong, and marks them, so that they are computed anew. */
final class MismatchBook {

  private static final Logger LOG = LoggerFactory.getLogger(MismatchBook.class);

  private static final int MISMATCHES_KEPT = 1_000;

  private static final String KEEP =
      """
      INSERT INTO rollup_mismatch (found_at, level, tag_id, start, expected, kept)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String FORGET =
      "DELETE FROM rollup_mismatch WHERE id <= (SELECT max(id) FROM rollup_mismatch) - ?";

  private final DataSource dataSource;

  MismatchBook(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** In a transaction of its own: the snapshot in which they were found is read only. */
  void enter(int tag, Level level, List<Difference> differences, Instant now) throws SQLException {
    if (differences.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement kept = connection.prepareStatement(KEEP);
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      connection.setAutoCommit(false);
      for (Difference difference : differences) {
        Instant start = Instant.EPOCH.plus(difference.startMicros(), ChronoUnit.MICROS);
        LOG.error(
            "The roll-up of tag {} for the {} from {} is wrong; it is computed anew. By its samples"
                + " it is {}, kept was {}",
            tag,
            level,
            start,
            difference.expected(),
            difference.kept());
        DirtyMarks.mark(
            connection, tag, difference.startMicros(), difference.startMicros() + level.micros());
        kept.setObject(1, at(now));
        kept.setInt(2, level.ordinal());
        kept.setInt(3, tag);
        kept.setObject(4, at(start));
        kept.setString(5, difference.expected());
        kept.setString(6, difference.kept());
        kept.addBatch();
      }
      kept.executeBatch();
      forget.setInt(1, MISMATCHES_KEPT);
      forget.executeUpdate();
      connection.commit();
    }
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
