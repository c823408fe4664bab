package io.linewright.edge.app.config;

import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.Publication;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.report.Reporting;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One entry of {@code tags}. */
final class TagSection {

  /**
   * @param equipment device of the tag
   * @param connection empty if it was wrong; then the address is not checked
   * @param names names of the device's tags so far; this one is added
   * @param publication which classes may leave the gateway
   * @param writes takes what may be written
   */
  static Optional<TagSettings> read(
      YamlMap map,
      EquipmentPath equipment,
      Optional<Connection> connection,
      Set<String> names,
      Publication publication,
      WriteSection writes) {
    Optional<TagName> name =
        map.requiredParsed("name", TagName::new, "write a name such as spindle/temperature");
    if (name.isPresent() && !names.add(name.get().value())) {
      map.problem("name", "'" + name.get() + "' is given twice", "rename one of the two tags");
    }
    String types = Scalars.names(DataType.values(), DataType::toString);
    Optional<DataType> type =
        map.requiredParsed("type", Scalars.oneOf(DataType.values(), DataType::toString), types);
    UcumUnit unit = unit(map);
    TagRole role =
        map.parsed(
                "role",
                Scalars.oneOf(TagRole.values(), TagRole::toString),
                Scalars.names(TagRole.values(), TagRole::toString))
            .orElse(TagRole.PROCESS_VALUE);
    Optional<ValueRange> range = map.has("range") ? range(map) : Optional.empty();
    Optional<Duration> sampling =
        map.parsed(
            "sampling",
            Scalars.duration(Duration.ofMillis(1), Duration.ofDays(1)),
            "write the time between two changes, 1ms to 1d");
    DataClass dataClass =
        map.parsed(
                "data-class",
                Scalars.oneOf(DataClass.values(), DataClass::toString),
                Scalars.names(DataClass.values(), DataClass::toString))
            .orElse(DataClass.ENTERPRISE);
    if (!publication.keepLocal() && !publication.mayLeave(dataClass)) {
      map.problem(
          "data-class",
          "'%s' may not leave, but publication.up-to is '%s'"
              .formatted(dataClass, publication.upTo()),
          "remove the tag, or write publication.keep-local: true, which keeps it in the gateway");
    }
    Optional<String> owner = map.text("owner");
    Reporting reporting =
        map.map("report")
            .map(report -> ReportSection.read(report, type, role, range))
            .orElse(Reporting.ALL);
    Optional<TagAddress> address =
        connection.flatMap(
            c ->
                c instanceof Connection.OpcUa
                    ? MonitoringSection.read(map, type)
                    : RegisterSection.read(map, type));
    if (connection.isEmpty()) {
      List.of("node", "part").forEach(map::text);
      RegisterSection.KEYS.forEach(map::text);
      map.map("monitoring").ifPresent(YamlMap::rest);
    }
    if (map.has("report") && publication.keepLocal() && !publication.mayLeave(dataClass)) {
      map.problem("report", "says what leaves of a tag that stays in the gateway", "remove it");
    }
    boolean complete = name.isPresent() && type.isPresent() && address.isPresent();
    if (!complete) {
      map.map("write"); // makes sense only with the rest
    }
    Optional<WriteGuard> write =
        complete
            ? writes.read(
                map,
                new TagKey(equipment, name.orElseThrow()),
                type.orElseThrow(),
                address.orElseThrow())
            : Optional.empty();
    map.noOtherKeys();
    if (name.isEmpty() || type.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    TagKey key = new TagKey(equipment, name.get());
    return Optional.of(
        new TagSettings(
                new TagDescription(key, type.get(), unit, role, range, sampling, dataClass, owner),
                address.get(),
                reporting)
            .withWrite(write));
  }

  private static UcumUnit unit(YamlMap map) {
    return map.parsed("unit", UcumUnit::parse, "write a UCUM code such as Cel, mm/s, kW or 1")
        .orElse(UcumUnit.ONE);
  }

  /** Two numbers under {@code range}. */
  static Optional<ValueRange> range(YamlMap map) {
    String advice = "write two numbers, as [0, 150]";
    List<String> bounds = map.texts("range", advice);
    try {
      if (bounds.size() == 2) {
        return Optional.of(
            new ValueRange(Double.parseDouble(bounds.get(0)), Double.parseDouble(bounds.get(1))));
      }
      map.problem("range", "has " + bounds.size() + " bounds", advice);
    } catch (NumberFormatException notANumber) {
      map.problem("range", "has a bound that is not a number", advice);
    } catch (IllegalArgumentException notARange) {
      map.problem("range", String.valueOf(notARange.getMessage()), advice);
    }
    return Optional.empty();
  }

  private TagSection() {}
}
