package io.linewright.oee.element;

import io.linewright.model.equipment.EquipmentPath;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same in a cell.
 *
 * @param machine whose time it is
 * @param plantDay the day that it belongs to, as the plant counts days
 * @param shift its name, not empty; null where there is none
 * @param order number of the production order, not empty; null without
 * @param product what is made, not empty; null if unknown
 * @param lot what it becomes part of, not empty; null without
 */
public record CellKey(
    EquipmentPath machine,
    LocalDate plantDay,
    @Nullable String shift,
    @Nullable String order,
    @Nullable String product,
    @Nullable String lot) {

  /**
   * @throws IllegalArgumentException if a name is empty
   */
  public CellKey {
    requireName(shift);
    requireName(order);
    requireName(product);
    requireName(lot);
  }

  private static void requireName(@Nullable String name) {
    if (name != null && name.isEmpty()) {
      throw new IllegalArgumentException("what is unknown is null, and no empty name");
    }
  }
}
