package io.linewright.edge.app.log;

import io.linewright.edge.app.log.file.LogDatabase;
import io.linewright.edge.app.log.file.LogException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The open file of the log: one connection for the logging thread, which writes in transactions,
 * and one for the sending thread, which reads beside it.
 */
final class LogFile implements AutoCloseable {

  /** Statements of one transaction. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Statements that only read. */
  interface Question<T> {
    T ask(Connection reader) throws SQLException;
  }

  private final Path path;
  private final Object readLock = new Object();
  private Connection writer;
  private Connection reader;
  private LogTables tables;

  private LogFile(Path path, Connection writer, Connection reader) throws LogException {
    this.path = path;
    this.writer = writer;
    this.reader = reader;
    this.tables = tables();
  }

  /** Opens the file, or makes it. */
  static LogFile open(Path path) throws LogException {
    Connection writer = LogDatabase.openWriter(path);
    try {
      return new LogFile(path, writer, LogDatabase.openReader(path));
    } catch (LogException failed) {
      LogDatabase.closeQuietly(writer);
      throw failed;
    }
  }

  private LogTables tables() throws LogException {
    try {
      return new LogTables(writer);
    } catch (SQLException failed) {
      throw new LogException(path, failed);
    }
  }

  Path path() {
    return path;
  }

  /** The connection for writing; to be used within {@link #write}. */
  Connection writer() {
    return writer;
  }

  /** Prepared statements of the writing connection. */
  LogTables statements() {
    return tables;
  }

  /** Runs one transaction: all of it is on the disk when this returns, or nothing. */
  <T> T write(Work<T> work) throws LogException {
    try {
      try {
        T result = work.run();
        writer.commit();
        return result;
      } catch (SQLException failed) {
        undo(failed);
        throw failed;
      }
    } catch (SQLException failed) {
      throw new LogException(path, failed);
    }
  }

  /**
   * Takes a failed transaction back. After some failures, a full disk among them, SQLite has done
   * so by itself; then the roll-back fails, JDBC begins no other transaction, and without one every
   * statement would be committed alone and no later commit would succeed.
   */
  private void undo(SQLException failed) throws SQLException {
    try {
      writer.rollback();
    } catch (SQLException alreadyDone) {
      failed.addSuppressed(alreadyDone);
      try (Statement statement = writer.createStatement()) {
        statement.execute("BEGIN");
      }
    }
  }

  /** Reads beside the writer. Any thread. */
  <T> T read(Question<T> question) throws LogException {
    synchronized (readLock) {
      try {
        return question.ask(reader);
      } catch (SQLException failed) {
        throw new LogException(path, failed);
      }
    }
  }

  /**
   * Sets the damaged file aside and opens a new one in its place.
   *
   * @return where the damaged file is now
   */
  Path replace(LogException why, long nowMillis) throws LogException {
    synchronized (readLock) {
      close();
      Path aside = LogDatabase.setAside(path, why, nowMillis);
      writer = LogDatabase.openWriter(path);
      reader = LogDatabase.openReader(path);
      tables = tables();
      return aside;
    }
  }

  @Override
  public void close() {
    LogDatabase.closeQuietly(reader);
    LogDatabase.closeQuietly(writer);
  }
}
