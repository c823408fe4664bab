package io.linewright.edge.app.command;

import io.linewright.edge.command.CommandFact;
import io.linewright.edge.command.CommandState;
import io.linewright.edge.command.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of commands, on disk: what {@link #store} has returned from survives a
 * loss of power. For one thread.
 */
final class CommandStore implements AutoCloseable {

  /** "LWCM": tells the file from other SQLite files. */
  private static final int APPLICATION_ID = 0x4C57434D;

  private static final int SCHEMA = 1;
  private static final String FORGOTTEN = "forgotten";
  private static final String STOPPED = "stopped";

  private final Path file;
  private final Connection connection;

  private CommandStore(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the memory in a directory, or begins one.
   *
   * @throws CommandStoreException if it cannot be used; a damaged one is never replaced by itself,
   *     for what it knew could be executed again
   */
  static CommandStore open(Path directory) throws CommandStoreException {
    Path file = directory.resolve("commands.db");
    try {
      Files.createDirectories(directory);
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try {
        prepare(connection, file);
      } catch (SQLException | CommandStoreException failed) {
        connection.close();
        throw failed;
      }
      return new CommandStore(file, connection);
    } catch (SQLException | IOException unusable) {
      throw new CommandStoreException(file, unusable);
    }
  }

  private static void prepare(Connection connection, Path file)
      throws SQLException, CommandStoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      connection.setAutoCommit(false);
      if (pragma(statement, "schema_version") == 0) {
        statement.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
        statement.execute(KnownRow.TABLE);
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + SCHEMA);
      } else if (pragma(statement, "application_id") != APPLICATION_ID
          || pragma(statement, "user_version") != SCHEMA) {
        throw new CommandStoreException(
            file, "is of another program or a newer release: start that one, or move it away");
      }
    }
    connection.commit();
  }

  private static long pragma(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What was stored. */
  CommandState load() throws CommandStoreException {
    Map<UUID, Known> known = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM command ORDER BY number")) {
      while (row.next()) {
        Known one = KnownRow.read(row);
        known.put(one.command().id(), one);
      }
      String forgotten = meta(FORGOTTEN);
      boolean stopped = "true".equals(meta(STOPPED));
      connection.commit();
      return new CommandState(
          known, forgotten == null ? Instant.MIN : Instant.parse(forgotten), stopped);
    } catch (SQLException | IllegalArgumentException | java.time.DateTimeException unreadable) {
      throw new CommandStoreException(file, unreadable);
    }
  }

  private @Nullable String meta(String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /** Stores what the facts of one step ask for, in one transaction; the others are passed over. */
  void store(List<CommandFact> facts) throws CommandStoreException {
    try {
      try {
        boolean changed = false;
        for (CommandFact fact : facts) {
          changed |= store(fact);
        }
        if (changed) {
          connection.commit();
        }
      } catch (SQLException failed) {
        connection.rollback();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new CommandStoreException(file, failed);
    }
  }

  private boolean store(CommandFact fact) throws SQLException {
    return switch (fact) {
      case CommandFact.Remember(Known known) -> {
        KnownRow.write(connection, known);
        yield true;
      }
      case CommandFact.Forget(UUID id, Instant upTo) -> {
        try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM command WHERE id = ?")) {
          delete.setString(1, id.toString());
          delete.executeUpdate();
        }
        setMeta(FORGOTTEN, upTo.toString());
        yield true;
      }
      case CommandFact.RememberStop(boolean stopped) -> {
        setMeta(STOPPED, Boolean.toString(stopped));
        yield true;
      }
      case CommandFact.Tell tell -> false;
      case CommandFact.Write write -> false;
      case CommandFact.PassedOver passedOver -> false;
    };
  }

  private void setMeta(String key, String value) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES (?, ?)")) {
      set.setString(1, key);
      set.setString(2, value);
      set.executeUpdate();
    }
  }

  @Override
  public void close() throws CommandStoreException {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw new CommandStoreException(file, failed);
    }
  }
}
