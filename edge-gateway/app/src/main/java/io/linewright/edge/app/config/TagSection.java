package io.linewright.edge.app.config;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.modbus.RegisterDecoder;
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

  private static final int ADDRESSES = 65536;

  /**
   * @param equipment device of the tag
   * @param connection empty if it was wrong; then the address is not checked
   * @param names names of the device's tags so far; this one is added
   */
  static Optional<TagSettings> read(
      YamlMap map, EquipmentPath equipment, Optional<Connection> connection, Set<String> names) {
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
    Optional<String> owner = map.text("owner");
    Optional<TagAddress> address =
        connection.flatMap(
            c ->
                c instanceof Connection.OpcUa
                    ? MonitoringSection.read(map, type)
                    : register(map, type));
    if (connection.isEmpty()) {
      List.of("node", "part", "register", "encoding", "word-order").forEach(map::text);
      map.map("monitoring").ifPresent(YamlMap::rest);
    }
    map.noOtherKeys();
    if (name.isEmpty() || type.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    TagKey key = new TagKey(equipment, name.get());
    return Optional.of(
        new TagSettings(
            new TagDescription(key, type.get(), unit, role, range, sampling, dataClass, owner),
            address.get()));
  }

  private static UcumUnit unit(YamlMap map) {
    return map.parsed("unit", UcumUnit::parse, "write a UCUM code such as Cel, mm/s, kW or 1")
        .orElse(UcumUnit.ONE);
  }

  private static Optional<ValueRange> range(YamlMap map) {
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

  private record Place(Table table, int address) {}

  private static Optional<TagAddress> register(YamlMap map, Optional<DataType> type) {
    Optional<Place> place =
        map.requiredParsed(
            "register",
            TagSection::place,
            "write table:address, as holding:100, with table coil, discrete, holding or input");
    Optional<Encoding> encoding =
        map.requiredParsed(
            "encoding",
            Scalars.oneOf(Encoding.values(), Scalars::lower),
            Scalars.names(Encoding.values(), Scalars::lower));
    Optional<WordOrder> order =
        map.parsed(
            "word-order",
            Scalars.oneOf(WordOrder.values(), WordOrder::name),
            Scalars.names(WordOrder.values(), WordOrder::name));
    if (place.isEmpty() || encoding.isEmpty()) {
      return Optional.empty();
    }
    boolean ofBits = place.get().table == Table.COIL || place.get().table == Table.DISCRETE;
    if (ofBits && encoding.get() != Encoding.BOOL) {
      map.problem("encoding", "a coil or discrete input is one bit", "write encoding: bool");
    }
    if (place.get().address + encoding.get().registers() > ADDRESSES) {
      map.problem("register", "the value ends behind address 65535", "choose a lower address");
    }
    if (type.isPresent() && !RegisterDecoder.fits(encoding.get(), type.get())) {
      map.problem(
          "type",
          "'" + type.get() + "' cannot hold encoding " + Scalars.lower(encoding.get()),
          "use boolean for bool, integer or double for integers, double for floats");
    }
    return Optional.of(
        new ModbusRegister(
            place.get().table, place.get().address, encoding.get(), order.orElse(WordOrder.ABCD)));
  }

  private static Place place(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' has no table");
    }
    Table table = Scalars.oneOf(Table.values(), Scalars::lower).apply(text.substring(0, colon));
    return new Place(table, Scalars.integer(0, ADDRESSES - 1).apply(text.substring(colon + 1)));
  }

  private TagSection() {}
}
