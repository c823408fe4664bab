package io.linewright.edge.host.content;

import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.unit.UcumUnit;
import java.util.List;
import java.util.Optional;

/** The tag by which the host says of each node whether it is connected. */
public final class OnlineTag {

  /** Name of the tag. */
  public static final String NAME = "online";

  private OnlineTag() {}

  /** The tag of one node. */
  public static TagDescription of(EquipmentPath node) {
    return new TagDescription(
        new TagKey(node, new TagName(NAME)),
        DataType.BOOLEAN,
        UcumUnit.ONE,
        TagRole.PROCESS_VALUE,
        Optional.empty(),
        Optional.empty(),
        DataClass.SITE,
        Optional.empty());
  }

  /** One value of it. */
  public static TagSeries value(boolean online, long micros) {
    return new TagSeries(
        new TagName(NAME),
        DataType.BOOLEAN,
        TagRole.PROCESS_VALUE,
        List.of(new Sample(SampleValue.of(online), StatusCode.GOOD, micros, 0)));
  }
}
