package io.linewright.ingest.batch;

/**
 * Books of one batch, in samples; a record that cannot be read counts as one.
 *
 * @param in samples that arrived
 * @param stored samples that are new in the table
 * @param setAside samples in quarantine: refused, unreadable, in conflict
 * @param repeats samples that were already there, or twice in the batch
 */
public record StageBook(long in, long stored, long setAside, long repeats) {

  /**
   * @throws IllegalArgumentException if the books do not balance: a sample would be lost or counted
   *     twice
   */
  public StageBook {
    if (in != stored + setAside + repeats || stored < 0 || setAside < 0 || repeats < 0) {
      throw new IllegalArgumentException(
          "books do not balance: in %d, stored %d, set aside %d, repeats %d"
              .formatted(in, stored, setAside, repeats));
    }
  }

  /**
   * Books of a planned batch after it was written.
   *
   * @param plan the batch
   * @param refusedBefore samples and unreadable records set aside before planning
   * @param inserted rows that the table took
   * @param conflicts rows of the plan that contradict the table
   */
  public static StageBook of(BatchPlan plan, long refusedBefore, long inserted, long conflicts) {
    long planned = plan.rows().size();
    long inBatchConflicts = plan.conflicts().size();
    return new StageBook(
        refusedBefore + planned + plan.repeats() + inBatchConflicts,
        inserted,
        refusedBefore + conflicts + inBatchConflicts,
        plan.repeats() + planned - inserted - conflicts);
  }
}
