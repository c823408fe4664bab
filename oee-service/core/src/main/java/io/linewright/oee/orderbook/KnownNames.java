package io.linewright.oee.orderbook;

import io.linewright.model.equipment.EquipmentPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the plant knows by name when a document comes.
 *
 * @param equipment paths of all equipment; copied
 * @param products ids of all products; copied
 */
public record KnownNames(Set<EquipmentPath> equipment, Set<String> products) {

  public KnownNames {
    equipment = Set.copyOf(equipment);
    products = Set.copyOf(products);
  }

  /**
   * The equipment that is meant by a path, or by its last segments, in capitals or not; ascending,
   * more than one if the name is not unique. A whole path wins over longer ones that end so.
   */
  List<EquipmentPath> named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    List<EquipmentPath> exact =
        equipment.stream().filter(path -> path.toString().equals(wanted)).toList();
    return exact.isEmpty()
        ? equipment.stream()
            .filter(path -> path.toString().endsWith("/" + wanted))
            .sorted()
            .toList()
        : exact;
  }
}
