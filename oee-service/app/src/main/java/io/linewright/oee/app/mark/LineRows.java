package io.linewright.oee.app.mark;

import io.linewright.oee.time.Span;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows of table {@code line} that whoever changes anything of a machine locks first: folds,
 * workers and people's edits. A machine is guarded by the line of its first address, wherever it
 * stands. Of several lines the lesser id is locked first, so that nobody waits in a circle; who
 * needs the registry's row too, locks that before. Keys of the outbox are used under these locks
 * only.
 */
public final class LineRows {

  private final JdbcClient jdbc;
  private final Marks marks;
  private final TransactionTemplate transaction;

  LineRows(JdbcClient jdbc, Marks marks, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.marks = marks;
    this.transaction = transaction;
  }

  /**
   * Locks lines until the caller's transaction ends, all of them at once: further ones may be taken
   * by {@link #tryLock} only.
   *
   * @throws IllegalStateException if no transaction is active
   */
  public void lock(Collection<Integer> lineIds) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a lock needs a transaction");
    }
    if (!lineIds.isEmpty()) {
      jdbc.sql("SELECT line_id FROM line WHERE line_id = ANY (?) ORDER BY line_id FOR UPDATE")
          .param(sorted(lineIds))
          .query(Integer.class)
          .list();
    }
  }

  /** Locks a line if nobody else has it; whether that went well. */
  public boolean tryLock(int lineId) {
    return jdbc.sql("SELECT line_id FROM line WHERE line_id = ? FOR UPDATE SKIP LOCKED")
        .param(lineId)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /**
   * Somebody edits what results of a line rest on: its row is locked, the edit is made, and that
   * time of all its machines is marked, in one transaction, or in the caller's.
   *
   * @param cause in a word, {@code reclassified}
   */
  public void edit(int lineId, String cause, Span span, Runnable change) {
    edit(
        lineId,
        change,
        () ->
            marks.add(
                cause,
                machines(lineId).stream().map(machine -> new Marks.Touch(machine, span)).toList()));
  }

  /** The same for one machine of the line. */
  public void editMachine(int lineId, int machineId, String cause, Span span, Runnable change) {
    edit(lineId, change, () -> marks.add(cause, List.of(new Marks.Touch(machineId, span))));
  }

  private void edit(int lineId, Runnable change, Runnable mark) {
    transaction.executeWithoutResult(
        status -> {
          lock(List.of(lineId));
          change.run();
          mark.run();
        });
  }

  private List<Integer> machines(int lineId) {
    return jdbc.sql("SELECT machine_id FROM machine WHERE line_id = ? ORDER BY machine_id")
        .param(lineId)
        .query((row, n) -> row.getInt(1))
        .list();
  }

  private static int[] sorted(Collection<Integer> lineIds) {
    return lineIds.stream().flatMapToInt(IntStream::of).sorted().distinct().toArray();
  }
}
