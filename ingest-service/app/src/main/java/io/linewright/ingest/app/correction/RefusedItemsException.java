package io.linewright.ingest.app.correction;

import java.util.List;

/** A request of which some items cannot be granted, so that none is. */
final class RefusedItemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An item that cannot be granted.
   *
   * @param item place in the request, from 0
   * @param tag {@code path#name}
   * @param time begin of what it is about
   * @param reason one sentence for people
   */
  record RefusedItem(int item, String tag, String time, String reason) {}

  private final transient List<RefusedItem> items;

  /**
   * @param items at least one
   * @param of how many there are in the request
   */
  RefusedItemsException(List<RefusedItem> items, int of) {
    super(detail(items, of));
    this.items = List.copyOf(items);
  }

  List<RefusedItem> items() {
    return items;
  }

  private static String detail(List<RefusedItem> items, int of) {
    RefusedItem first = items.getFirst();
    return "%d of %d corrections cannot be made, so none was; the first is corrections[%d], %s at %s: %s"
        .formatted(items.size(), of, first.item(), first.tag(), first.time(), first.reason());
  }
}
