package io.linewright.oee.exchange;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an order; null is what is not said.
 *
 * @param product id of what is made, not empty
 * @param definition id of the operations definition, not empty: what is made where nothing says
 *     which product that is
 * @param quantity how much, more than 0
 * @param unit of the quantity
 * @param lot the lot that it makes, not empty
 * @param earliestMicros when it may begin, microseconds since 1970-01-01T00:00:00Z
 * @param dueMicros when it must be done, not before that
 * @param at where it is made
 * @param priority the higher the sooner
 * @param state how far it is
 */
public record OrderWish(
    @Nullable String product,
    @Nullable String definition,
    @Nullable Quantity quantity,
    @Nullable UcumUnit unit,
    @Nullable String lot,
    @Nullable Long earliestMicros,
    @Nullable Long dueMicros,
    @Nullable EquipmentPath at,
    @Nullable Integer priority,
    @Nullable OrderState state) {

  /** Nothing is said. */
  public static final OrderWish NONE =
      new OrderWish(null, null, null, null, null, null, null, null, null, null);

  /**
   * @throws IllegalArgumentException if something is empty or out of range
   */
  public OrderWish {
    if (product != null && product.isEmpty()
        || definition != null && definition.isEmpty()
        || lot != null && lot.isEmpty()) {
      throw new IllegalArgumentException("product, definition and lot are not empty");
    }
    if (quantity != null && quantity.millionths() <= 0) {
      throw new IllegalArgumentException("an order is for more than 0, not " + quantity.units());
    }
    if (earliestMicros != null && dueMicros != null && dueMicros < earliestMicros) {
      throw new IllegalArgumentException("an order is due before it may begin");
    }
  }

  /** The same made there. */
  public OrderWish at(@Nullable EquipmentPath where) {
    return new OrderWish(
        product,
        definition,
        quantity,
        unit,
        lot,
        earliestMicros,
        dueMicros,
        where,
        priority,
        state);
  }
}
