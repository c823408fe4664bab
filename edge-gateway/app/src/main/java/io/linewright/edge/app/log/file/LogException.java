package io.linewright.edge.app.log.file;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** The log on disk cannot be used as asked. */
public final class LogException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble, and so what helps. */
  public enum Kind {
    /** The file's content is damaged: set it aside. */
    DAMAGED,
    /** The disk is full: make room. */
    FULL,
    /** The file is of another release or another program: a person must decide. */
    FOREIGN,
    /** Everything else, such as an error of the disk. */
    OTHER
  }

  private final Kind kind;

  public LogException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public LogException(Path file, SQLException cause) {
    super("log file " + file + ": " + cause.getMessage(), cause);
    this.kind = kindOf(cause.getErrorCode() & 0xFF);
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }

  private static Kind kindOf(int code) {
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Kind.DAMAGED;
    }
    return code == SQLiteErrorCode.SQLITE_FULL.code ? Kind.FULL : Kind.OTHER;
  }
}
