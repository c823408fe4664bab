package io.linewright.edge.command;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.Optional;

/** The tag of a gateway itself that stops all its writes while it is true. */
public final class StopSwitch {

  /** Its name. */
  public static final TagName NAME = new TagName("commands/stopped");

  private StopSwitch() {}

  /** The switch of the gateway at that path. */
  public static TagKey of(EquipmentPath gateway) {
    return new TagKey(gateway, NAME);
  }

  /** What the platform is told of it. */
  public static TagDescription description(EquipmentPath gateway) {
    return new TagDescription(
        of(gateway),
        DataType.BOOLEAN,
        UcumUnit.ONE,
        TagRole.PROCESS_VALUE,
        Optional.empty(),
        Optional.empty(),
        DataClass.SITE,
        Optional.empty());
  }
}
