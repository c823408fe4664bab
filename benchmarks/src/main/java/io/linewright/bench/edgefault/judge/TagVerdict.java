package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.Verdict;

/**
 * What became of the changes of one tag or of all.
 *
 * @param rows the comparison; {@code lost} are changes that nothing accounts for
 * @param recorded changes missing within a recorded loss
 * @param unseen changes missing in one piece while the gateway could not see them, and announced
 */
public record TagVerdict(Verdict rows, long recorded, long unseen) {

  /** Nothing compared. */
  public static final TagVerdict NONE = new TagVerdict(Verdict.NONE, 0, 0);

  /** Sum of both. */
  public TagVerdict plus(TagVerdict other) {
    return new TagVerdict(rows.plus(other.rows), recorded + other.recorded, unseen + other.unseen);
  }
}
