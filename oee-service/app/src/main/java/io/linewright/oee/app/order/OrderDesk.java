package io.linewright.oee.app.order;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Preconditions;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.Verb;
import io.linewright.oee.orderbook.OrderChange;
import io.linewright.oee.orderbook.OrderHistory;
import io.linewright.oee.orderbook.OrderWord;
import io.linewright.oee.orderbook.RowResult.Outcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** People change orders by hand. */
final class OrderDesk {

  /** An order as it is now; {@code created}: it is new. */
  record Taken(Orders.Kept kept, boolean created) {}

  private final OrderKeeping keeping;
  private final Orders orders;
  private final TransactionTemplate transaction;

  OrderDesk(OrderKeeping keeping, Orders orders, TransactionTemplate transaction) {
    this.keeping = keeping;
    this.orders = orders;
    this.transaction = transaction;
  }

  /**
   * Says all of an order. It holds over all that was said before: who says it knows the order as it
   * is.
   *
   * @param ifMatch its entity tag; null: there should be none
   */
  Taken put(String id, OrderWish wish, @Nullable String ifMatch, Author author, Requester who) {
    return transaction.execute(
        status -> {
          keeping.lock();
          Orders.Kept before = orders.find(id).orElse(null);
          requireRight(id, wish.at(), who);
          if (before == null) {
            if (ifMatch != null) {
              throw new RefusedException(
                  HttpStatus.PRECONDITION_FAILED,
                  "precondition-failed",
                  "There is no order %s; send it without If-Match to make it".formatted(id));
            }
          } else {
            requireRight(id, before.order().at(), who);
            Preconditions.require("The order " + id, ifMatch, tag(before));
          }
          OrderHistory history =
              keeping.histories(List.of(id)).getOrDefault(id, OrderHistory.none(id));
          OrderWord word =
              new OrderWord(
                  later(history, author.atMicros()),
                  "by-hand/" + UUID.randomUUID(),
                  1,
                  "/",
                  Verb.PROCESS,
                  wish);
          OrderHistory after = history.with(word);
          OrderChange change = after.changes().get(word);
          if (change == null) {
            throw new IllegalStateException("the word about " + id + " is not the latest");
          }
          if (change.outcome() == Outcome.REFUSED) {
            throw refused(change.refusal());
          }
          if (change.outcome() == Outcome.UNCHANGED && before != null) {
            return new Taken(before, false);
          }
          return new Taken(
              keeping.keep(List.of(after), word.documentId(), author).getFirst(), before == null);
        });
  }

  /** The entity tag of an order: its version. */
  static String tag(Orders.Kept kept) {
    return "\"" + kept.version() + "\"";
  }

  static RefusedException unknown(String id) {
    return new RefusedException(
        HttpStatus.NOT_FOUND,
        "not-found",
        "There is no order %s; GET /api/v1/production-orders lists them".formatted(id));
  }

  /** What is made anywhere concerns all of the plant. */
  private static void requireRight(String id, @Nullable EquipmentPath at, Requester who) {
    if (at == null ? !who.mayChangeAll() : !who.mayChange(at)) {
      throw new RefusedException(
          HttpStatus.NOT_FOUND,
          "not-found",
          "The order %s is not among the equipment that you may change".formatted(id));
    }
  }

  private static long later(OrderHistory history, long now) {
    long last = Long.MIN_VALUE;
    if (history.last() != null) {
      last = history.last().saidMicros();
    }
    if (!history.words().isEmpty()) {
      last = history.words().getLast().saidMicros();
    }
    return Math.max(now, last == Long.MIN_VALUE ? now : last + 1);
  }

  /** The code of the reason stands before it. */
  private static RefusedException refused(String refusal) {
    int colon = refusal.indexOf(": ");
    String code = refusal.substring(0, colon);
    return new RefusedException(
        code.equals("order-in-state") ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
        code,
        "Nothing was changed: " + refusal.substring(colon + 2));
  }
}
