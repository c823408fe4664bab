package io.linewright.edge.app.config;

import io.linewright.edge.command.WriteGuard;
import io.linewright.edge.command.WriteGuard.Condition;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.TagAddress;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sections {@code write} of all tags. Their conditions name other tags, which may come later in
 * the file: they are checked when all of it was read.
 */
final class WriteSection {

  private static final int DEFAULT_MOST = 10;
  private static final Duration DEFAULT_PERIOD = Duration.ofMinutes(1);

  private record Pending(
      TagKey of,
      YamlMap map,
      String name,
      TagKey tag,
      List<String> is,
      Optional<Duration> maxAge) {}

  private final List<Pending> pending = new ArrayList<>();

  /** What may be written to a tag; empty if that section is missing or wrong. */
  Optional<WriteGuard> read(YamlMap tag, TagKey key, DataType type, TagAddress address) {
    Optional<YamlMap> section = tag.map("write");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    if (address instanceof ModbusRegister register
        && (register.table() == Table.INPUT || register.table() == Table.DISCRETE)) {
      tag.problem("write", "a Modbus input cannot be written", "name a holding register or a coil");
    }
    YamlMap map = section.get();
    Optional<ValueRange> range = range(map, type);
    Optional<YamlMap> rate = map.map("rate");
    int most =
        rate.flatMap(r -> r.requiredParsed("most", Scalars.integer(1, 1000), "write 1 to 1000"))
            .orElse(DEFAULT_MOST);
    Duration period =
        rate.flatMap(
                r ->
                    r.requiredParsed(
                        "per",
                        Scalars.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                        "write 1s to 1d, as 1min"))
            .orElse(DEFAULT_PERIOD);
    rate.ifPresent(YamlMap::noOtherKeys);
    double tolerance =
        map.parsed(
                "tolerance",
                WriteSection::tolerance,
                "write how far the value read back may be off, 0 or more, in the tag's unit")
            .orElse(0.0);
    if (map.has("tolerance") && type != DataType.DOUBLE) {
      map.problem("tolerance", "is for tags of type double only", "remove it");
    }
    for (String name : List.of("interlock", "mode")) {
      if (map.has(name)) {
        map.requiredList(name, "list conditions, as [{tag: door/closed, is: [true]}]")
            .forEach(one -> condition(one, key, name));
      }
    }
    map.noOtherKeys();
    return Optional.of(new WriteGuard(type, range, most, period, List.of(), tolerance));
  }

  private static Optional<ValueRange> range(YamlMap map, DataType type) {
    boolean number = type == DataType.DOUBLE || type == DataType.INTEGER;
    if (number && !map.has("range")) {
      map.problem(
          "a tag of type %s needs a range".formatted(type), "write range: [low, high] here");
      return Optional.empty();
    }
    if (!number && map.has("range")) {
      map.problem("range", "is for numbers only", "remove it");
      map.texts("range", "");
      return Optional.empty();
    }
    return number ? TagSection.range(map) : Optional.empty();
  }

  private static double tolerance(String text) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "'" + Scalars.shortened(text) + "' is not a number", notANumber);
    }
    if (!Double.isFinite(number) || number < 0) {
      throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is out of range");
    }
    return number;
  }

  private void condition(YamlMap map, TagKey of, String name) {
    Optional<TagKey> tag =
        map.requiredParsed(
            "tag",
            text -> tag(text, of.equipment()),
            "name a tag of this device, or another one of this file as path#name");
    List<String> is = map.texts("is", "list the values by which it holds, as [true]");
    if (is.isEmpty() && map.has("is")) {
      map.problem("is", "has no value", "list the values by which it holds, as [true]");
    }
    Optional<Duration> maxAge =
        map.parsed(
            "max-age",
            Scalars.duration(Duration.ofMillis(100), Duration.ofDays(1)),
            "write 100ms to 1d, as 5s, or leave it out");
    map.noOtherKeys();
    tag.ifPresent(key -> pending.add(new Pending(of, map, name, key, is, maxAge)));
  }

  private static TagKey tag(String text, EquipmentPath device) {
    return text.indexOf('#') >= 0 ? TagKey.parse(text) : new TagKey(device, new TagName(text));
  }

  /** The devices with the conditions of their tags. */
  List<DeviceSettings> resolve(List<DeviceSettings> devices) {
    Map<TagKey, DataType> types = new HashMap<>();
    for (DeviceSettings device : devices) {
      for (TagSettings tag : device.tags()) {
        types.put(tag.description().key(), tag.description().type());
      }
    }
    Map<TagKey, List<Condition>> conditions = new HashMap<>();
    for (Pending one : pending) {
      condition(one, types)
          .ifPresent(
              found -> conditions.computeIfAbsent(one.of(), k -> new ArrayList<>()).add(found));
    }
    return devices.stream().map(device -> with(device, conditions)).toList();
  }

  private static Optional<Condition> condition(Pending one, Map<TagKey, DataType> types) {
    DataType type = types.get(one.tag());
    if (type == null) {
      one.map()
          .problem(
              "tag",
              "'%s' is not in this file".formatted(one.tag()),
              "name a tag of this file: its values are looked at before each write");
      return Optional.empty();
    }
    List<SampleValue> allowed = new ArrayList<>();
    for (String text : one.is()) {
      try {
        allowed.add(SampleText.parse(type, text));
      } catch (IllegalArgumentException wrong) {
        one.map()
            .problem(
                "is",
                String.valueOf(wrong.getMessage()),
                "write values of %s, which is of type %s".formatted(one.tag(), type));
      }
    }
    return Optional.of(new Condition(one.name(), one.tag(), allowed, one.maxAge()));
  }

  private static DeviceSettings with(
      DeviceSettings device, Map<TagKey, List<Condition>> conditions) {
    return device.withTags(
        device.tags().stream()
            .map(
                tag ->
                    tag.withWrite(
                        tag.write()
                            .map(
                                guard ->
                                    guard.withConditions(
                                        conditions.getOrDefault(
                                            tag.description().key(), List.of())))))
            .toList());
  }
}
