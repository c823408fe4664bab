package io.linewright.oee.orderbook;

import io.linewright.oee.document.DocFault;
import java.util.List;

/**
 * What became of a row of a document.
 *
 * @param row its number in the document, 1 or more
 * @param path of its element
 * @param id number of the order; empty if the row says none
 * @param outcome what became of it
 * @param faults why it is refused, 1 or more; else empty; copied
 * @param remarks what is taken and yet strange, as sentences without full stop; copied
 */
public record RowResult(
    int row, String path, String id, Outcome outcome, List<DocFault> faults, List<String> remarks) {

  /** What becomes of an order. */
  public enum Outcome {
    /** It is new. */
    CREATED,
    /** It is another than before. */
    CHANGED,
    /** It is as it was. */
    UNCHANGED,
    /** It is not made any more. */
    CANCELLED,
    /** It is as it was, since it cannot become what was wanted. */
    REFUSED
  }

  /**
   * @throws IllegalArgumentException if it is refused for nothing, or taken with faults
   */
  public RowResult {
    faults = List.copyOf(faults);
    remarks = List.copyOf(remarks);
    if ((outcome == Outcome.REFUSED) == faults.isEmpty()) {
      throw new IllegalArgumentException("row %d is %s for %s".formatted(row, outcome, faults));
    }
  }
}
