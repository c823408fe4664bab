package io.linewright.oee.exchange;

import io.linewright.oee.document.DocFault;
import java.util.List;

/**
 * Orders of a planning system.
 *
 * @param documentId what the document is known by, not empty
 * @param hash SHA-256 of what it says, 64 hexadecimal digits
 * @param createdMicros when it was written, microseconds since 1970-01-01T00:00:00Z: of two
 *     documents about an order the later one holds, whichever came first
 * @param verb what it wants
 * @param scheduleIds ids of its schedules, 1 or more; copied
 * @param orders rows that can be understood, by number; copied
 * @param faulty rows that cannot, by number; copied
 */
public record ScheduleDocument(
    String documentId,
    String hash,
    long createdMicros,
    Verb verb,
    List<String> scheduleIds,
    List<OrderRequest> orders,
    List<FaultyRow> faulty) {

  /**
   * A row that is refused.
   *
   * @param row its number in the document, 1 or more
   * @param path of its element
   * @param id number of the order; empty if it says none
   * @param faults what is wrong with it, 1 to {@value ScheduleReader#MAX_FAULTS}; copied
   */
  public record FaultyRow(int row, String path, String id, List<DocFault> faults) {

    public FaultyRow {
      faults = List.copyOf(faults);
    }
  }

  /** What became of a document. */
  public sealed interface Reading {

    /**
     * It has orders; rows of it may be faulty.
     *
     * @param document what it says
     */
    record Understood(ScheduleDocument document) implements Reading {}

    /**
     * It cannot be understood, and nothing of it is taken.
     *
     * @param documentId what it is known by, as far as it says so; not empty
     * @param hash SHA-256 of what it says, 64 hexadecimal digits
     * @param faults what is wrong, 1 to {@value ScheduleReader#MAX_FAULTS}; copied
     */
    record Refused(String documentId, String hash, List<DocFault> faults) implements Reading {

      public Refused {
        faults = List.copyOf(faults);
      }
    }
  }

  public ScheduleDocument {
    scheduleIds = List.copyOf(scheduleIds);
    orders = List.copyOf(orders);
    faulty = List.copyOf(faulty);
  }
}
