package io.linewright.oee.orderbook;

import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.order.OrderRefusal;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.orderbook.RowResult.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one word makes of an order.
 *
 * @param order the order after it; null: there is still none
 * @param outcome what became of it
 * @param refusal why it is refused, a sentence without full stop, with the code of the reason
 *     before it; empty if it is not
 */
public record OrderChange(@Nullable ProductionOrder order, Outcome outcome, String refusal) {

  /**
   * Applies a word to an order. A new one without state is released; one that exists keeps its
   * state, where the word names none, and its planned scrap.
   *
   * @param id number of the order, not empty
   * @param before the order before; null: there is none
   */
  public static OrderChange of(String id, @Nullable ProductionOrder before, OrderWord word) {
    return switch (word.verb().effect()) {
      case SET -> set(id, before, word.wish());
      case CHANGE -> before == null ? unknown(id) : change(before, word.wish());
      case CANCEL -> before == null ? unknown(id) : cancel(before);
    };
  }

  private static OrderChange set(String id, @Nullable ProductionOrder before, OrderWish wish) {
    String product = either(wish.product(), wish.definition());
    if (product == null || wish.quantity() == null) {
      return refused(before, "order-incomplete", "nothing says what is made, and how much");
    }
    ProductionOrder next =
        new ProductionOrder(
            id,
            product,
            wish.quantity(),
            or(wish.unit(), UcumUnit.ONE),
            wish.lot(),
            wish.earliestMicros(),
            wish.dueMicros(),
            wish.at(),
            or(wish.priority(), 0),
            or(wish.state(), before == null ? OrderState.RELEASED : before.state()),
            before == null ? null : before.plannedScrap());
    return before == null
        ? new OrderChange(next, Outcome.CREATED, "")
        : changed(before, next, Outcome.CHANGED);
  }

  private static OrderChange change(ProductionOrder before, OrderWish wish) {
    Long earliest = either(wish.earliestMicros(), before.earliestMicros());
    Long due = either(wish.dueMicros(), before.dueMicros());
    if (earliest != null && due != null && due < earliest) {
      return refused(
          before,
          "order-times",
          "order %s would be due before it may begin".formatted(before.id()));
    }
    ProductionOrder next =
        new ProductionOrder(
            before.id(),
            or(wish.product(), before.product()),
            or(wish.quantity(), before.quantity()),
            or(wish.unit(), before.unit()),
            either(wish.lot(), before.lot()),
            earliest,
            due,
            either(wish.at(), before.at()),
            or(wish.priority(), before.priority()),
            or(wish.state(), before.state()),
            before.plannedScrap());
    return changed(before, next, Outcome.CHANGED);
  }

  private static OrderChange cancel(ProductionOrder before) {
    return changed(before, before.in(OrderState.CANCELLED), Outcome.CANCELLED);
  }

  private static OrderChange changed(
      ProductionOrder before, ProductionOrder next, Outcome outcome) {
    if (next.equals(before)) {
      return new OrderChange(before, Outcome.UNCHANGED, "");
    }
    Optional<OrderRefusal> refusal = before.refusal(next);
    return refusal.isPresent()
        ? refused(before, refusal.get().code(), refusal.get().reason())
        : new OrderChange(next, outcome, "");
  }

  private static OrderChange unknown(String id) {
    OrderRefusal refusal = new OrderRefusal.Unknown(id);
    return refused(null, refusal.code(), refusal.reason());
  }

  private static OrderChange refused(@Nullable ProductionOrder before, String code, String reason) {
    return new OrderChange(before, Outcome.REFUSED, code + ": " + reason);
  }

  private static <T> @Nullable T either(@Nullable T said, @Nullable T otherwise) {
    return said != null ? said : otherwise;
  }

  private static <T> T or(@Nullable T said, T otherwise) {
    return said != null ? said : otherwise;
  }
}
