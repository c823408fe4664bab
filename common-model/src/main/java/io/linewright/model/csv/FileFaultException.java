package io.linewright.model.csv;

import java.io.IOException;

/** A file that cannot be read on: nothing after the fault is taken. */
public final class FileFaultException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What kind of fault it is. */
  public enum Kind {
    /** The bytes are no CSV, or not with the columns that are needed. */
    UNREADABLE,
    /** More rows or bytes than may be sent at once. */
    TOO_LARGE
  }

  private final Kind kind;

  /**
   * @param line where the fault is, counted from 1; 0: not known
   * @param reason what is wrong and what to do
   */
  public FileFaultException(Kind kind, long line, String reason) {
    super(line > 0 ? "line %d: %s".formatted(line, reason) : reason);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
