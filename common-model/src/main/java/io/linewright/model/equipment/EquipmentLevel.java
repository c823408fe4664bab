package io.linewright.model.equipment;

/** Levels of the role-based equipment hierarchy, ISA-95 part 1 (IEC 62264-1) clause 5.3. */
public enum EquipmentLevel {
  ENTERPRISE,
  SITE,
  AREA,
  /** Production line, process cell or storage zone. */
  WORK_CENTER,
  /** Machine. */
  WORK_UNIT,
  EQUIPMENT_MODULE;

  /** Number of path segments down to this level; the first one for equipment modules. */
  public int depth() {
    return ordinal() + 1;
  }

  static EquipmentLevel atDepth(int depth) {
    return values()[Math.min(depth, values().length) - 1];
  }
}
