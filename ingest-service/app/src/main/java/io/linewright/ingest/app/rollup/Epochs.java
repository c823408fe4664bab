package io.linewright.ingest.app.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Epochs of writers, as in read-copy-update. A writer holds the running epoch by a shared advisory
 * lock until its transaction ends. The worker begins a new epoch and then waits until nobody holds
 * the old one. Writers never wait: the worker only tries the lock, and they do, too.
 */
final class Epochs {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 10;

  /** The second statement has a snapshot of its own: it sees an epoch that began meanwhile. */
  private static final String HOLD =
      """
      SELECT epoch, pg_try_advisory_xact_lock_shared(
        hashtext(current_schema() || '.rollup_epoch'), (epoch % 2147483647)::int) FROM rollup_epoch;
      SELECT epoch FROM rollup_epoch
      """;

  /** Only if that brings something: each epoch costs writers a mark per minute and tag anew. */
  private static final String BEGIN =
      """
      /* read */ UPDATE rollup_epoch e SET epoch = e.epoch + 1
      WHERE e.settled + 1 = e.epoch AND EXISTS (
        SELECT FROM rollup_dirty d WHERE d.level = 0 AND d.to_bucket <= ? AND d.epoch > e.settled)
      """;

  private static final String STATE = "/* read */ SELECT epoch, settled FROM rollup_epoch";
  private static final String FREE =
      """
      /* read */ SELECT pg_advisory_unlock(k.schema, k.epoch) FROM (
        SELECT hashtext(current_schema() || '.rollup_epoch') AS schema, (?::bigint % 2147483647)::int AS epoch
        OFFSET 0) k
      WHERE pg_try_advisory_lock(k.schema, k.epoch)
      """;
  private static final String SETTLED = "/* read */ UPDATE rollup_epoch SET settled = ?";

  private Epochs() {}

  /**
   * Holds the running epoch until the transaction ends.
   *
   * @return its number, 1 or more; 0 if it could not be held at once
   */
  static long hold(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(HOLD);
      long epoch = 0;
      try (ResultSet row = statement.getResultSet()) {
        if (row.next() && row.getBoolean(2)) {
          epoch = row.getLong(1);
        }
      }
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        return row.next() && row.getLong(1) == epoch ? epoch : DirtyMarks.NO_EPOCH;
      }
    }
  }

  /**
   * Begins a new epoch, if marks of the running one can be taken and the last one is settled, and
   * finds out up to which one no transaction runs any more. Called by the one worker, in
   * auto-commit mode.
   *
   * @param closed number of the first minute that is not over yet
   * @return the last settled epoch
   */
  static long settle(Connection connection, int closed) throws SQLException, InterruptedException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setInt(1, closed);
      statement.executeUpdate();
    }
    long running;
    long settled;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      running = row.getLong(1);
      settled = row.getLong(2);
    }
    long before = settled;
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (settled + 1 < running) {
      if (isFree(connection, settled + 1)) {
        settled++;
      } else if (System.nanoTime() - giveUp > 0) {
        break;
      } else {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
    if (settled > before) {
      try (PreparedStatement statement = connection.prepareStatement(SETTLED)) {
        statement.setLong(1, settled);
        statement.executeUpdate();
      }
    }
    return settled;
  }

  /** Whether no transaction holds an epoch that is over: it never will be held again. */
  private static boolean isFree(Connection connection, long epoch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FREE)) {
      statement.setLong(1, epoch);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
