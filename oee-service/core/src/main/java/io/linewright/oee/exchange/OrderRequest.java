package io.linewright.oee.exchange;

import io.linewright.oee.document.DocNode;
import java.util.List;

/**
 * A row of a schedule: what it says of one order.
 *
 * @param row its number in the document, 1 or more
 * @param path of its element
 * @param scheduleId the schedule that it belongs to, not empty
 * @param id number of the order, not empty
 * @param wish what is said; where it is made is not in it yet
 * @param equipment names or paths of where it is made, with their places in the document: one, or
 *     several with something in common; empty: nothing is said
 * @param content the whole element, with all that is not understood here
 */
public record OrderRequest(
    int row,
    String path,
    String scheduleId,
    String id,
    OrderWish wish,
    List<Place> equipment,
    DocNode content) {

  /**
   * Where an order is made, as the document names it.
   *
   * @param path of the element that says so
   * @param name of the equipment, or names from the outermost to the innermost with {@code /}
   *     between them
   */
  public record Place(String path, String name) {}

  /**
   * @throws IllegalArgumentException if something is empty or out of range
   */
  public OrderRequest {
    if (row < 1 || scheduleId.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException("row, schedule and id of " + path + " are missing");
    }
    equipment = List.copyOf(equipment);
  }
}
