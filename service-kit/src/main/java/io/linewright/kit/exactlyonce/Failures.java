package io.linewright.kit.exactlyonce;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells whether a failed batch is the fault of its data or of the outside world. */
public final class Failures {

  private Failures() {}

  /**
   * True if trying the same data again cannot help: SQLSTATE classes 22 (data exception) and 23
   * (integrity constraint violation), or any error of the handler that is not the database's. All
   * other SQL states (08 connection, 40 rollback, 53 resources, 57 operator, 42 rights …) and
   * failed commits are the environment's.
   */
  public static boolean causedByData(Throwable failure) {
    SQLException sql = sqlException(failure);
    if (sql != null) {
      String state = sql.getSQLState();
      return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
    return !(failure instanceof TransactionException);
  }

  /**
   * True if less at once could help: SQLSTATE 53200, out of memory, also of that for locks, as when
   * a batch touches too many partitions.
   */
  public static boolean tooMuchAtOnce(Throwable failure) {
    SQLException sql = sqlException(failure);
    return sql != null && "53200".equals(sql.getSQLState());
  }

  /** One sentence for people. */
  public static String describe(Throwable failed) {
    Throwable failure = beforeRollback(failed);
    SQLException sql = sqlException(failure);
    Throwable shown = sql == null ? failure : sql;
    String state = sql == null || sql.getSQLState() == null ? "" : " [" + sql.getSQLState() + "]";
    String message = shown.getMessage() == null ? "" : ": " + firstLine(shown.getMessage());
    return shown.getClass().getSimpleName() + state + message;
  }

  /** A broken connection cannot roll back either; what broke it is the reason. */
  private static Throwable beforeRollback(Throwable failure) {
    if (failure instanceof TransactionSystemException rollback) {
      Throwable before = rollback.getApplicationException();
      return before == null ? failure : before;
    }
    return failure;
  }

  static @Nullable SQLException sqlException(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }
}
