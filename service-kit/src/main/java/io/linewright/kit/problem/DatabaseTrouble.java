package io.linewright.kit.problem;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells what passes when the database answers and has room again from errors of the program, by the
 * whole chain of causes: transactions and readers wrap the driver's exceptions in their own.
 */
final class DatabaseTrouble {

  private static final int MAX_DEPTH = 20;

  /** Connection exception, insufficient resources, operator intervention. */
  private static final List<String> CLASSES = List.of("08", "53", "57");

  /**
   * Session ended because its transaction idled, serialization failure, deadlock, lock not free.
   */
  private static final Set<String> STATES = Set.of("25P03", "40001", "40P01", "55P03");

  private DatabaseTrouble() {}

  /** Whether the same request may succeed later, because the database is all that stood against. */
  static boolean caused(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (passes(cause)) {
        return true;
      }
      cause = before(cause);
    }
    return false;
  }

  /** A broken connection cannot roll back either; what broke it is the cause then. */
  private static @Nullable Throwable before(Throwable failure) {
    if (failure instanceof TransactionSystemException rollback) {
      Throwable first = rollback.getApplicationException();
      return first == null ? failure.getCause() : first;
    }
    return failure.getCause();
  }

  private static boolean passes(Throwable cause) {
    return cause instanceof DataAccessResourceFailureException
        || cause instanceof TransientDataAccessException
        || cause instanceof RecoverableDataAccessException
        || cause instanceof CannotCreateTransactionException
        || cause instanceof SQLTransientException
        || cause instanceof SQLRecoverableException
        || cause instanceof SQLNonTransientConnectionException
        || (cause instanceof SQLException sql && passes(sql.getSQLState()));
  }

  private static boolean passes(@Nullable String state) {
    return state != null
        && (STATES.contains(state) || CLASSES.stream().anyMatch(state::startsWith));
  }
}
