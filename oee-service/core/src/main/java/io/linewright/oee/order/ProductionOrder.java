package io.linewright.oee.order;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.quantity.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made, for whom it matters here: an operations request of ISA-95.
 *
 * @param id its number, not empty
 * @param product id of the product, not empty; it need not be known
 * @param quantity how much, more than 0; 1 for lot size one
 * @param unit of the quantity
 * @param lot the lot that it makes, not empty; null: none is named
 * @param earliestMicros when it may begin, microseconds since 1970-01-01T00:00:00Z; null: any time
 * @param dueMicros when it must be done, not before that; null: any time
 * @param at where it is to be made; null: anywhere
 * @param priority the higher the sooner, any number
 * @param state how far it is
 * @param plannedScrap PSQ of ISO 22400-2, 0 or more; null: what the product says
 */
public record ProductionOrder(
    String id,
    String product,
    Quantity quantity,
    UcumUnit unit,
    @Nullable String lot,
    @Nullable Long earliestMicros,
    @Nullable Long dueMicros,
    @Nullable EquipmentPath at,
    int priority,
    OrderState state,
    @Nullable Quantity plannedScrap) {

  /**
   * @throws IllegalArgumentException if something is empty or out of range
   */
  public ProductionOrder {
    if (id.isEmpty() || product.isEmpty() || lot != null && lot.isEmpty()) {
      throw new IllegalArgumentException("id, product and lot of order '" + id + "' are not empty");
    }
    if (quantity.millionths() <= 0) {
      throw new IllegalArgumentException(
          "order " + id + " is for more than 0, not " + quantity.units());
    }
    if (earliestMicros != null && dueMicros != null && dueMicros < earliestMicros) {
      throw new IllegalArgumentException("order " + id + " is due before it may begin");
    }
    if (plannedScrap != null && plannedScrap.millionths() < 0) {
      throw new IllegalArgumentException(
          "planned scrap of order " + id + " is 0 or more, not " + plannedScrap.units());
    }
  }

  /**
   * Why the order cannot become that one; empty if it can. One that is over can be closed, and
   * nothing else of it can change. Until then all may change, also after it ran: what follows from
   * it is computed again.
   *
   * @throws IllegalArgumentException if the other has another id
   */
  public Optional<OrderRefusal> refusal(ProductionOrder next) {
    if (!next.id.equals(id)) {
      throw new IllegalArgumentException("order " + id + " cannot become " + next.id);
    }
    boolean allowed =
        state.mayBecome(next.state) && (!state.isOver() || next.in(state).equals(this));
    return allowed
        ? Optional.empty()
        : Optional.of(new OrderRefusal.InState(id, state, next.state));
  }

  /** The same in another state, whether that is legal or not. */
  public ProductionOrder in(OrderState other) {
    return new ProductionOrder(
        id,
        product,
        quantity,
        unit,
        lot,
        earliestMicros,
        dueMicros,
        at,
        priority,
        other,
        plannedScrap);
  }
}
