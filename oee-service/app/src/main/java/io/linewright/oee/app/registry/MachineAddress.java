package io.linewright.oee.app.registry;

import io.linewright.model.equipment.EquipmentLevel;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;

/**
 * Whose events arrive under a path, and as which tag: modules below a machine speak for it.
 *
 * @param machine path of the first ancestor that is a work unit, or the path itself above that
 *     level
 * @param module path of the module within the machine; empty for the machine itself
 */
public record MachineAddress(EquipmentPath machine, String module) {

  private static final int DEPTH = EquipmentLevel.WORK_UNIT.depth();

  /** The address behind a path. */
  public static MachineAddress of(EquipmentPath path) {
    int depth = path.segments().size();
    return depth <= DEPTH
        ? new MachineAddress(path, "")
        : new MachineAddress(
            new EquipmentPath(path.segments().subList(0, DEPTH)),
            String.join("/", path.segments().subList(DEPTH, depth)));
  }

  /** Whether that is deep enough for a machine. */
  boolean isMachine() {
    return machine.segments().size() == DEPTH;
  }

  /**
   * The track of a tag. That of a module is {@code module#tag}, which no tag of the machine itself
   * can be called.
   *
   * @throws IllegalArgumentException if the tag has no name
   */
  public TrackName track(TrackKind kind, String tag) {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("field tag is missing");
    }
    return new TrackName(kind, module.isEmpty() ? tag : module + "#" + tag);
  }
}
