package io.linewright.ingest.app.restore;

import io.linewright.ingest.app.export.CsvCopy;
import io.linewright.ingest.app.export.ExportTables;
import io.linewright.ingest.app.export.Manifest.DaySum;
import io.linewright.ingest.app.export.Sum;
import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.storage.OwnConnection;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.app.storage.SampleTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes an empty installation of an archive, before anything else runs. Samples come first, a day
 * in a transaction; all else, tags included, in the last one, so that nothing of an unfinished one
 * can be read. What was broken off goes on with the first day that is not there.
 *
 * <p>What is stored is read back, and its checksums must be those of the archive.
 */
final class Restorer {

  private static final Logger log = LoggerFactory.getLogger(Restorer.class);

  /** Other instances wait until it is done. */
  private static final String LOCK =
      "/* read */ SELECT pg_advisory_lock(hashtextextended(current_schema() || '.restore', 0))";

  /** Roll-ups are computed from the samples: a mark per tag and day. */
  private static final String MARK =
      """
      INSERT INTO rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)
      SELECT 0, tag_id, floor(extract(epoch FROM min(source_time)) / 60)::int,
        floor(extract(epoch FROM max(source_time)) / 60)::int + 1, 0
      FROM (%s) s GROUP BY tag_id
      """;

  private static final String CORRECTED =
      """
      SELECT tag_id, source_time, coalesce(end_time, source_time + interval '1 microsecond'),
        end_time IS NOT NULL
      FROM correction
      """;

  private static final String IDENTITIES =
      """
      SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = current_schema() AND is_identity = 'YES'
      """;

  private static final String CONTINUE =
      """
      SELECT setval(pg_get_serial_sequence('%1$s', '%2$s'),
        coalesce(max(%2$s), 1), max(%2$s) IS NOT NULL) FROM %1$s
      """;

  private record Identity(String table, String column) {}

  private final DataSource dataSource;
  private final SampleTable samples;

  Restorer(DataSource dataSource) {
    this.dataSource = dataSource;
    this.samples = new SampleTable(dataSource, JdbcClient.create(dataSource));
  }

  /**
   * Refuses to go on with half of an archive.
   *
   * @throws RestoreException if one has been begun and not ended
   */
  void requireNoneUnfinished() {
    try (Connection connection = dataSource.getConnection()) {
      if (RestoreState.unfinished(connection)) {
        throw new RestoreException(
            "this installation is being made from an archive and not done: start with"
                + " linewright.ingest.restore.archive set to it, and it goes on; or use an empty"
                + " database");
      }
    } catch (SQLException failed) {
      throw new RestoreException("whether a restore is unfinished is not known", failed);
    }
  }

  /**
   * Restores all, or what is missing.
   *
   * @throws RestoreException if that is not possible
   */
  void restore(Path file) {
    try (Archive archive = Archive.open(file);
        Connection connection = OwnConnection.open(dataSource, "restore")) {
      execute(connection, LOCK);
      if (!RestoreState.begin(connection, archive, samples)) {
        log.info("{} has been restored already; take the setting away", file);
        return;
      }
      connection.setAutoCommit(false);
      List<DaySum> days = archive.manifest().sampleDays();
      for (int i = 0; i < days.size(); i++) {
        long rows = day(connection, archive, days.get(i));
        log.info(
            "restored {} samples of {}, day {} of {}", rows, days.get(i).day(), i + 1, days.size());
      }
      rest(connection, archive);
      log.info("restored all of {}; take the setting away", file);
    } catch (SQLException | IOException failed) {
      throw new RestoreException(
          "%s could not be restored: %s. Start again: it goes on where it was"
              .formatted(file, failed.getMessage()),
          failed);
    }
  }

  private long day(Connection connection, Archive archive, DaySum day)
      throws SQLException, IOException {
    samples.ensure(List.of(day.day()));
    settle(connection);
    String rows = ExportTables.samplesOf(day.day(), "");
    String inOrder = ExportTables.samplesOf(day.day(), ExportTables.SAMPLE_ORDER);
    if (CsvCopy.any(connection, rows)) {
      // It came in one transaction with its marks, and nobody else writes
      connection.rollback();
      return 0;
    }
    copy(connection, archive, ExportTables.SAMPLE, day.file());
    check(connection, archive, day.file(), inOrder, day.sha256());
    execute(connection, MARK.formatted(rows));
    connection.commit();
    return day.rows();
  }

  private void rest(Connection connection, Archive archive) throws SQLException, IOException {
    settle(connection);
    for (ExportTables.Exported table : ExportTables.ALL) {
      copy(connection, archive, table.name(), table.file());
    }
    for (ExportTables.Exported table : ExportTables.ALL) {
      check(connection, archive, table.file(), table.select(), archive.of(table).sha256());
    }
    markCorrected(connection);
    for (Identity identity : identities(connection)) {
      execute(connection, CONTINUE.formatted(identity.table(), identity.column()));
    }
    RestoreState.end(connection);
    connection.commit();
  }

  private static void copy(Connection connection, Archive archive, String table, String file)
      throws SQLException, IOException {
    try (Archive.Rows rows = archive.rows(file)) {
      CsvCopy.in(connection, table, rows.columns(), rows.rows());
    }
  }

  private static void check(
      Connection connection, Archive archive, String file, String query, String expected)
      throws SQLException, IOException {
    Sum sum = new Sum();
    CsvCopy.out(connection, query, sum.of(OutputStream.nullOutputStream()));
    String found = sum.hex();
    if (!found.equals(expected)) {
      connection.rollback();
      throw new RestoreException(
          ("%s of %s has another checksum than its manifest says (%s instead of %s): the archive is"
                  + " damaged; export again")
              .formatted(file, archive.file(), found, expected));
    }
  }

  private static void markCorrected(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      try (ResultSet row = statement.executeQuery(CORRECTED)) {
        while (row.next()) {
          long from = SampleRead.micros(row, 2);
          long to = SampleRead.micros(row, 3);
          if (row.getBoolean(4)) {
            DirtyMarks.markRange(connection, row.getInt(1), from, to);
          } else {
            DirtyMarks.mark(connection, row.getInt(1), from, to);
          }
        }
      }
    }
  }

  private static List<Identity> identities(Connection connection) throws SQLException {
    List<String> restored = ExportTables.ALL.stream().map(ExportTables.Exported::name).toList();
    List<Identity> identities = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IDENTITIES)) {
      while (row.next()) {
        if (restored.contains(row.getString(1))) {
          identities.add(new Identity(row.getString(1), row.getString(2)));
        }
      }
    }
    return identities;
  }

  private static void settle(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      CsvCopy.settle(statement);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
