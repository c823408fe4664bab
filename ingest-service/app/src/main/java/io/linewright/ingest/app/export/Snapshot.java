package io.linewright.ingest.app.export;

import io.linewright.ingest.app.storage.DayLocks;
import io.linewright.ingest.app.storage.OwnConnection;
import io.linewright.kit.problem.RefusedException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.http.HttpStatus;

/**
 * All tables at one moment, on a connection of its own: those of the pool have time limits, and
 * whoever reads an export slowly must not hold one of them. One at a time, over all instances.
 *
 * <p>The locks come first, which takes no snapshot yet: a partition that retention drops between
 * snapshot and reading would be missing in silence. Each statement begins with the comment {@code
 * read}, so that nobody's ingest position waits for it.
 */
final class Snapshot implements AutoCloseable {

  private static final String ALONE =
      "/* read */ SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.export', 0))";

  private static final String FREE = "/* read */ SELECT pg_advisory_unlock_all()";

  private final Connection connection;
  private final SnapshotWatch watch;

  private Snapshot(Connection connection, SnapshotWatch watch) {
    this.connection = connection;
    this.watch = watch;
  }

  /**
   * Takes one. If it lasts longer than the settings allow, its connection is ended.
   *
   * @throws RefusedException if there is another one
   */
  static Snapshot take(DataSource dataSource, ExportSettings settings) throws SQLException {
    Connection connection = OwnConnection.open(dataSource, "export");
    SnapshotWatch watch = SnapshotWatch.start(connection, settings);
    try {
      begin(connection);
      return new Snapshot(connection, watch);
    } catch (SQLException | RuntimeException failed) {
      watch.close();
      connection.close();
      throw failed;
    }
  }

  private static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(ALONE)) {
        if (!row.next() || !row.getBoolean(1)) {
          throw new RefusedException(
              HttpStatus.CONFLICT,
              "export-running",
              "Another export or count of checksums is running; try again when it is done");
        }
      }
      // Nothing is compressed until it is over; released with the other lock
      DayLocks.holdAll(connection, 0);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      statement.execute("/* read */ LOCK TABLE " + names() + " IN ACCESS SHARE MODE");
      CsvCopy.settle(statement);
    }
  }

  private static String names() {
    return Stream.concat(
            Stream.of(ExportTables.SAMPLE),
            ExportTables.ALL.stream().map(ExportTables.Exported::name))
        .collect(Collectors.joining(", "));
  }

  Connection connection() {
    return connection;
  }

  /** Where what the client gets is written, so that it is seen how fast it takes that. */
  OutputStream watched(OutputStream client) {
    return watch.watched(client);
  }

  /** Ends the transaction and lets the next one in, before the server notices by itself. */
  @Override
  public void close() throws SQLException {
    watch.close();
    try (connection;
        Statement statement = connection.createStatement()) {
      connection.rollback();
      statement.execute(FREE);
    }
  }
}
