package io.linewright.oee.order;

import org.jspecify.annotations.Nullable;

/**
 * What a machine works on at an instant; null is what nobody said.
 *
 * @param order id of the order, not empty
 * @param product id of the product, not empty
 * @param lot the lot, not empty
 * @param serial serial number of the item, not empty
 */
public record InForce(
    @Nullable String order,
    @Nullable String product,
    @Nullable String lot,
    @Nullable String serial) {

  /** Nothing is known. */
  public static final InForce NOTHING = new InForce(null, null, null, null);

  /**
   * @throws IllegalArgumentException if something is empty
   */
  public InForce {
    requireText(order);
    requireText(product);
    requireText(lot);
    requireText(serial);
  }

  private static void requireText(@Nullable String text) {
    if (text != null && text.isEmpty()) {
      throw new IllegalArgumentException("what is in force has a name, or is null");
    }
  }
}
