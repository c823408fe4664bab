package io.linewright.oee.orderbook;

import io.linewright.oee.document.DocFault;
import io.linewright.oee.orderbook.RowResult.Outcome;
import java.util.List;

/**
 * What the sender of a document is told.
 *
 * @param documentId what it is known by, not empty
 * @param hash SHA-256 of what it says, 64 hexadecimal digits
 * @param state what became of it
 * @param faults why it is refused as a whole, 1 or more; else empty; copied
 * @param rows what became of its rows, by number; empty if it is refused as a whole; copied
 */
public record DocumentReport(
    String documentId, String hash, State state, List<DocFault> faults, List<RowResult> rows) {

  /** What becomes of a document. */
  public enum State {
    /** All rows are taken. */
    ACCEPTED,
    /** Some rows are taken, and some refused. */
    PARTLY_ACCEPTED,
    /** Nothing is taken. */
    REFUSED
  }

  public DocumentReport {
    faults = List.copyOf(faults);
    rows = List.copyOf(rows);
  }

  /** Of a document that is refused as a whole. */
  public static DocumentReport refused(String documentId, String hash, List<DocFault> faults) {
    return new DocumentReport(documentId, hash, State.REFUSED, faults, List.of());
  }

  /** Of a document whose rows were looked at. */
  public static DocumentReport of(String documentId, String hash, List<RowResult> rows) {
    long refused = rows.stream().filter(row -> row.outcome() == Outcome.REFUSED).count();
    State state =
        refused == 0
            ? State.ACCEPTED
            : refused < rows.size() ? State.PARTLY_ACCEPTED : State.REFUSED;
    return new DocumentReport(documentId, hash, state, List.of(), rows);
  }
}
