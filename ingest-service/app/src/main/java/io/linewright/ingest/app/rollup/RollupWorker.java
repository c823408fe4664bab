package io.linewright.ingest.app.rollup;

import io.linewright.ingest.app.rollup.RollupRound.Outcome;
import io.linewright.ingest.app.rollup.RollupRound.Position;
import io.linewright.ingest.app.storage.SampleTable;
import io.linewright.ingest.rollup.Level;
import io.linewright.kit.fault.FaultPoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Computes what is out of date, sweep by sweep. One process at a time does, under an advisory lock
 * of the session: if its connection goes, its transaction and the lock go with it. The lock is
 * taken before a round's snapshot, so that no round sees less than the one before.
 */
public final class RollupWorker {

  private static final String LOCK =
      "/* read */ SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.rollup', 0))";
  private static final String UNLOCK =
      "/* read */ SELECT pg_advisory_unlock(hashtextextended(current_schema() || '.rollup', 0))";

  /** Longest pause after a round while more waits. */
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final DataSource dataSource;
  private final SampleTable samples;
  private final Duration settle;
  private final FaultPoints faults;
  private final InstantSource clock;

  /**
   * @param settle how long after its end a bucket waits
   */
  public RollupWorker(
      DataSource dataSource, Duration settle, FaultPoints faults, InstantSource clock) {
    this.dataSource = dataSource;
    this.samples = new SampleTable(dataSource, JdbcClient.create(dataSource));
    this.settle = settle;
    this.faults = faults;
    this.clock = clock;
  }

  /**
   * Computes all that is over and out of date, unless another process is at it. Between two rounds
   * it pauses as long as a round took: a backlog takes half of a processor at most.
   *
   * @return how many buckets of each level were computed
   */
  public Map<Level, Integer> sweep() throws SQLException, InterruptedException {
    try (Connection connection = dataSource.getConnection()) {
      if (!ask(connection, LOCK)) {
        return Map.of();
      }
      try {
        return sweep(connection);
      } finally {
        unlock(connection);
      }
    }
  }

  /** Whatever happened: the lock must not go back into the pool with the connection. */
  private static void unlock(Connection connection) throws SQLException {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      ask(connection, UNLOCK);
    } catch (SQLException broken) {
      connection.abort(Runnable::run);
    }
  }

  private Map<Level, Integer> sweep(Connection connection)
      throws SQLException, InterruptedException {
    long settled = Epochs.settle(connection, closed(Level.MINUTE));
    Map<Level, Integer> done = new EnumMap<>(Level.class);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    divideRanges(connection);
    for (Level level : Level.values()) {
      int closed = closed(level);
      Position next = Position.START;
      int buckets = 0;
      while (next != null && !Thread.currentThread().isInterrupted()) {
        long begin = System.nanoTime();
        Outcome outcome = new RollupRound(connection, level, faults).run(next, closed, settled);
        next = outcome.next();
        buckets += outcome.buckets();
        if (next != null) {
          pause(begin);
        }
      }
      done.put(level, buckets);
    }
    return done;
  }

  private void divideRanges(Connection connection) throws SQLException, InterruptedException {
    RangeMarks ranges = new RangeMarks(connection, samples, faults);
    boolean more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      long begin = System.nanoTime();
      more = ranges.divide();
      if (more) {
        pause(begin);
      }
    }
  }

  /** As long as what has just been done took. */
  private static void pause(long begin) throws InterruptedException {
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    TimeUnit.MILLISECONDS.sleep(Math.min(took, LONGEST_PAUSE_MILLIS));
  }

  private static boolean ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Number of the first bucket that is not over yet, or not long enough. */
  private int closed(Level level) {
    return level.numberOf(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(settle)));
  }
}
