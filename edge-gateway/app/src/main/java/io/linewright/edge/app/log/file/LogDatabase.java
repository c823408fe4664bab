package io.linewright.edge.app.log.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQLite file of the log: its schema, and what to do with a file that cannot be read. */
public final class LogDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(LogDatabase.class);

  /** "LWLG": tells the file from other SQLite files. */
  static final int APPLICATION_ID = 0x4C574C47;

  /** Statements per schema version: entry n leads from version n to n + 1. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
              """
              CREATE TABLE record (
                lane INTEGER NOT NULL, position INTEGER NOT NULL, entry INTEGER NOT NULL,
                device TEXT NOT NULL, kind INTEGER NOT NULL, samples INTEGER NOT NULL,
                first_source INTEGER NOT NULL, last_source INTEGER NOT NULL,
                gateway INTEGER NOT NULL, payload BLOB NOT NULL,
                PRIMARY KEY (lane, position))""",
              "CREATE INDEX record_device ON record (lane, device, first_source)",
              """
              CREATE TABLE alias (
                id INTEGER PRIMARY KEY AUTOINCREMENT, device TEXT NOT NULL, name TEXT NOT NULL,
                type INTEGER NOT NULL, retired_live INTEGER, retired_backfill INTEGER,
                UNIQUE (device, name))""",
              "CREATE TABLE last_sample (alias INTEGER PRIMARY KEY, payload BLOB NOT NULL)",
              """
              CREATE TABLE loss (
                equipment TEXT NOT NULL, reason TEXT NOT NULL, from_micros INTEGER NOT NULL,
                to_micros INTEGER NOT NULL, samples INTEGER, PRIMARY KEY (equipment, reason))"""),
          List.of("ALTER TABLE alias ADD COLUMN properties TEXT"),
          List.of(
              "ALTER TABLE record ADD COLUMN class INTEGER NOT NULL DEFAULT 0",
              "ALTER TABLE record ADD COLUMN complete INTEGER",
              "UPDATE record SET class = 1 WHERE kind = 1",
              "CREATE INDEX record_class ON record (class, lane, position)",
              "ALTER TABLE loss ADD COLUMN aliases TEXT",
              """
              CREATE TABLE set_aside (
                number INTEGER PRIMARY KEY AUTOINCREMENT, lane INTEGER NOT NULL,
                position INTEGER NOT NULL, device TEXT NOT NULL, kind INTEGER NOT NULL,
                samples INTEGER NOT NULL, first_source INTEGER NOT NULL,
                last_source INTEGER NOT NULL, gateway INTEGER NOT NULL, reason TEXT NOT NULL,
                payload BLOB NOT NULL)"""),
          // Version 4 has records of kind 2 (progress of commands), which earlier releases refuse.
          List.of());

  private LogDatabase() {}

  /**
   * Opens the file for writing, creates or migrates it.
   *
   * @throws LogException {@code DAMAGED} if it is no readable database, {@code FOREIGN} if it is of
   *     a newer release or another program
   */
  public static Connection openWriter(Path file) throws LogException {
    try {
      Connection connection = connect(file);
      try {
        migrate(connection, file);
        return connection;
      } catch (SQLException | LogException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new LogException(file, failed);
    }
  }

  /** Opens the file a second time, for reading beside the writer. */
  public static Connection openReader(Path file) throws LogException {
    try {
      Connection connection = connect(file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = ON");
      }
      return connection;
    } catch (SQLException failed) {
      throw new LogException(file, failed);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -8192");
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
      statement.execute("PRAGMA journal_size_limit = 67108864");
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
    return connection;
  }

  private static void migrate(Connection connection, Path file) throws SQLException, LogException {
    long version = pragma(connection, "user_version");
    long application = pragma(connection, "application_id");
    boolean empty = pragma(connection, "schema_version") == 0;
    if (application != APPLICATION_ID && !empty) {
      throw new LogException(
          LogException.Kind.FOREIGN,
          "log file %s is a database of another program: move it away, or set another data directory"
              .formatted(file));
    }
    if (version > STEPS.size()) {
      throw new LogException(
          LogException.Kind.FOREIGN,
          "log file %s has schema version %d, this release knows up to %d: start the newer release to"
                  .formatted(file, version, STEPS.size())
              + " send what is stored, or move the file away");
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (int step = (int) version; step < STEPS.size(); step++) {
        for (String sql : STEPS.get(step)) {
          statement.execute(sql);
        }
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + STEPS.size());
    }
    connection.commit();
  }

  /** The number that a PRAGMA tells. */
  public static long pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Moves a damaged file and its companions away, so that a new one can be made, and says so.
   *
   * @return where it is now
   * @throws LogException {@code OTHER} if it cannot be moved
   */
  public static Path setAside(Path file, LogException why, long nowMillis) throws LogException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + nowMillis);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      for (String companion : List.of("-wal", "-shm")) {
        Path source = file.resolveSibling(file.getFileName() + companion);
        if (Files.exists(source)) {
          Files.move(
              source,
              file.resolveSibling(aside.getFileName() + companion),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException failed) {
      throw new LogException(
          LogException.Kind.OTHER,
          "damaged log file " + file + " cannot be moved away: " + failed.getMessage());
    }
    LOG.error(
        "The log of values waiting to be sent is damaged ({}). It was moved to {}; a new one is"
            + " begun and the loss is reported. Keep the file if its values matter.",
        why.getMessage(),
        aside);
    return aside;
  }

  public static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException failed) {
      LOG.warn("log file could not be closed: {}", failed.getMessage());
    }
  }
}
