package io.linewright.edge.config;

import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tags of a device whose values the gateway makes: summaries, rules, its clock. */
public final class DerivedTags {

  /** Device's clock less the gateway's, milliseconds. */
  public static final TagName CLOCK_OFFSET = new TagName("clock/offset-ms");

  /** How fast the offset grows, parts per million. */
  public static final TagName CLOCK_DRIFT = new TagName("clock/drift-ppm");

  /** Stamps that cannot be true, since the gateway started. */
  public static final TagName CLOCK_IMPLAUSIBLE = new TagName("clock/implausible");

  private DerivedTags() {}

  /** All tags of a device: those that are read, then those that are made. */
  public static List<TagDescription> all(DeviceSettings device) {
    List<TagDescription> all = new ArrayList<>();
    device.tags().forEach(tag -> all.add(tag.description()));
    all.addAll(of(device));
    return all;
  }

  /** All tags of a device that may leave the gateway. */
  public static List<TagDescription> published(DeviceSettings device, Publication publication) {
    return all(device).stream().filter(tag -> publication.mayLeave(tag.dataClass())).toList();
  }

  /** The tags that are made. */
  public static List<TagDescription> of(DeviceSettings device) {
    List<TagDescription> made = new ArrayList<>();
    for (Summary summary : device.summaries()) {
      TagDescription input = input(device, summary.tag());
      summary.values().forEach(value -> made.add(of(summary, value, input)));
    }
    for (Rule rule : device.rules()) {
      made.add(of(rule, input(device, rule.tag())));
    }
    if (device.clock().reported()) {
      made.add(ofClock(device.path(), CLOCK_OFFSET, DataType.DOUBLE, new UcumUnit("ms")));
      made.add(ofClock(device.path(), CLOCK_DRIFT, DataType.DOUBLE, UcumUnit.ONE));
      made.add(ofClock(device.path(), CLOCK_IMPLAUSIBLE, DataType.INTEGER, UcumUnit.ONE));
    }
    return made;
  }

  private static TagDescription input(DeviceSettings device, TagName name) {
    return device.tags().stream()
        .map(TagSettings::description)
        .filter(tag -> tag.key().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(device.path() + " has no tag '" + name + "'"));
  }

  private static TagDescription of(Summary summary, SummaryValue value, TagDescription input) {
    boolean percent = value == SummaryValue.PERCENT_GOOD;
    return new TagDescription(
        new TagKey(input.key().equipment(), summary.nameOf(value)),
        value.type(),
        value.unit().orElse(input.unit()),
        TagRole.PROCESS_VALUE,
        percent ? Optional.of(new ValueRange(0, 100)) : Optional.empty(),
        Optional.of(summary.window()),
        summary.dataClass().orElse(input.dataClass()),
        input.owner());
  }

  private static TagDescription of(Rule rule, TagDescription input) {
    return new TagDescription(
        new TagKey(input.key().equipment(), rule.name()),
        rule.message().isPresent() ? DataType.STRING : DataType.BOOLEAN,
        UcumUnit.ONE,
        rule.role(),
        Optional.empty(),
        Optional.<Duration>empty(),
        rule.dataClass().orElse(input.dataClass()),
        input.owner());
  }

  private static TagDescription ofClock(
      EquipmentPath device, TagName name, DataType type, UcumUnit unit) {
    return new TagDescription(
        new TagKey(device, name),
        type,
        unit,
        TagRole.PROCESS_VALUE,
        Optional.empty(),
        Optional.empty(),
        DataClass.ENTERPRISE,
        Optional.empty());
  }
}
