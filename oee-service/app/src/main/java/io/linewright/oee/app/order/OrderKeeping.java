package io.linewright.oee.app.order;

import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.EventTypes;
import io.linewright.model.production.OrderChanged;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.OrderWords;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.orderbook.OrderHistory;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes orders, for documents and for people: what was said is kept, results that rest on the
 * orders are marked, and others are told. All in the transaction of the caller, who has locked all
 * orders first.
 */
public final class OrderKeeping {

  private static final String SOURCE = "/oee/orders";

  private final MasterBooks books;
  private final OrderWords words;
  private final OrderTouches touches;
  private final Outbox outbox;

  OrderKeeping(MasterBooks books, OrderWords words, OrderTouches touches, Outbox outbox) {
    this.books = books;
    this.words = words;
    this.touches = touches;
    this.outbox = outbox;
  }

  /**
   * Lets nobody else change orders, and nobody store results, until the caller's transaction ends;
   * before any line is locked.
   */
  public void lock() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a lock needs a transaction");
    }
    books.lock();
  }

  /** What was said of orders; those of which nothing was said are missing. */
  public Map<String, OrderHistory> histories(Collection<String> ids) {
    return words.histories(ids);
  }

  /**
   * Keeps what else was said.
   *
   * @param histories those that are another than before
   * @param documentId with which document, or change by hand
   * @return the orders that are another than before, by id
   */
  public List<Orders.Kept> keep(
      Collection<OrderHistory> histories, String documentId, Author author) {
    List<Orders.Kept> changed =
        words.keep(histories, documentId, author).stream()
            .sorted(Comparator.comparing(kept -> kept.order().id()))
            .toList();
    changed.forEach(this::tell);
    // Lines are locked last, and not for long: their folds go on meanwhile.
    touches.mark(changed.stream().map(kept -> kept.order().id()).toList());
    return changed;
  }

  private void tell(Orders.Kept kept) {
    ProductionOrder order = kept.order();
    outbox.add(
        Topic.PRODUCTION_PERFORMANCE,
        order.id(),
        SOURCE,
        order.id() + "@" + kept.version(),
        EventTypes.ORDER_CHANGED,
        Times.instant(kept.atMicros()),
        order.id(),
        new OrderChanged(
            order.id(),
            kept.version(),
            order.product(),
            order.quantity().units(),
            order.unit().code(),
            order.lot(),
            instant(order.earliestMicros()),
            instant(order.dueMicros()),
            order.at() == null ? null : order.at().toString(),
            order.priority(),
            order.state().text(),
            kept.documentId()));
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Times.instant(micros);
  }
}
