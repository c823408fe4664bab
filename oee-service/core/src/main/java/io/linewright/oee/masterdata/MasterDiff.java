package io.linewright.oee.masterdata;

import java.util.ArrayList;
import java.util.List;

/**
 * What a document changes.
 *
 * @param rows each row with what comes of it, in their order
 * @param after what holds afterwards
 */
public record MasterDiff(List<Judged> rows, Entries after) {

  /** What comes of a row. */
  public enum Outcome {
    /** There was nothing of that kind and key. */
    CREATED,
    /** It says something else than what holds on its day. */
    CHANGED,
    /** It says what holds on its day already; it makes no version. */
    UNCHANGED,
    /** Something is wrong with it. */
    REFUSED
  }

  /**
   * A row and what comes of it.
   *
   * @param row the row
   * @param outcome what
   */
  public record Judged(MasterRow row, Outcome outcome) {}

  public MasterDiff {
    rows = List.copyOf(rows);
  }

  /**
   * Compares a document with what holds. Of an item that is there with several days each row is
   * compared with what the rows before it leave.
   *
   * @param there what holds before
   * @param rows of a document without faults of its frame
   */
  public static MasterDiff of(Entries there, List<MasterRow> rows) {
    Entries.Draft draft = new Entries.Draft(there);
    List<Judged> judged = new ArrayList<>();
    for (MasterRow row : rows) {
      judged.add(new Judged(row, row.item().map(item -> put(item, draft)).orElse(Outcome.REFUSED)));
    }
    return new MasterDiff(judged, draft.done());
  }

  private static Outcome put(MasterItem item, Entries.Draft draft) {
    if (draft.says(item)) {
      return Outcome.UNCHANGED;
    }
    Outcome outcome = draft.has(item) ? Outcome.CHANGED : Outcome.CREATED;
    draft.put(item);
    return outcome;
  }

  /** The items that make a version. */
  public List<MasterItem> items() {
    return rows.stream()
        .filter(row -> row.outcome == Outcome.CREATED || row.outcome == Outcome.CHANGED)
        .flatMap(row -> row.row.item().stream())
        .toList();
  }
}
