package io.linewright.oee.masterdata.book;

import io.linewright.model.equipment.EquipmentPath;
import java.util.ArrayList;
import java.util.List;

/** The way from a piece of equipment to the top. */
final class Paths {

  private Paths() {}

  /** It and all above, the nearest first. */
  static List<EquipmentPath> upwards(EquipmentPath equipment) {
    List<EquipmentPath> paths = new ArrayList<>();
    for (int depth = equipment.segments().size(); depth > 0; depth--) {
      paths.add(new EquipmentPath(equipment.segments().subList(0, depth)));
    }
    return paths;
  }
}
