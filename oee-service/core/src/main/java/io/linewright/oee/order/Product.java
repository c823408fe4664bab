package io.linewright.oee.order;

import io.linewright.model.unit.UcumUnit;
import java.util.OptionalDouble;

/**
 * Something that is made.
 *
 * @param id its number, not empty
 * @param name for people, may be empty
 * @param unit in which it is counted
 * @param plannedScrapRatio planned scrap for each item that is made, 0 to 1; empty: nobody said
 */
public record Product(String id, String name, UcumUnit unit, OptionalDouble plannedScrapRatio) {

  /**
   * @throws IllegalArgumentException if there is no id, or the ratio is out of range
   */
  public Product {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a product needs an id");
    }
    plannedScrapRatio.ifPresent(
        ratio -> {
          if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                "planned scrap of product " + id + " is 0 to 1, not " + ratio);
          }
        });
  }
}
