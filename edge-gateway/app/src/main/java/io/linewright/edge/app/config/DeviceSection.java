package io.linewright.edge.app.config;

import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DerivedTags;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.Publication;
import io.linewright.edge.config.TagSettings;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Section {@code devices}. */
final class DeviceSection {

  /** Most tags of one gateway. */
  static final int MAX_TAGS = 200_000;

  /** Most summaries of one gateway, and most rules: each costs a look at every value of its tag. */
  static final int MAX_ENTRIES = 10_000;

  private final Optional<GatewayIdentity> gateway;
  private final Map<String, Connection> connections = new HashMap<>();
  private final Set<String> connectionIds;
  private final Set<EquipmentPath> paths = new HashSet<>();
  private final Publication publication;
  private final Map<String, Integer> entryCounts = new HashMap<>();
  private final WriteSection writes = new WriteSection();
  private int tagCount;

  /**
   * @param gateway empty if that section was wrong; then paths are not checked against it
   * @param connections the connections without problems
   * @param connectionIds ids of all connections
   * @param publication which classes may leave the gateway
   */
  DeviceSection(
      Optional<GatewayIdentity> gateway,
      List<Connection> connections,
      Set<String> connectionIds,
      Publication publication) {
    this.publication = publication;
    this.gateway = gateway;
    connections.forEach(c -> this.connections.put(c.id(), c));
    this.connectionIds = connectionIds;
  }

  List<DeviceSettings> read(List<YamlMap> maps) {
    List<DeviceSettings> devices = new ArrayList<>();
    for (YamlMap map : maps) {
      device(map).ifPresent(devices::add);
    }
    return writes.resolve(devices);
  }

  private Optional<DeviceSettings> device(YamlMap map) {
    Optional<EquipmentPath> path =
        map.requiredParsed(
            "path", EquipmentPath::parse, "write enterprise/site/area/line/machine in lower case");
    path.ifPresent(p -> check(p, map));
    Optional<EquipmentId> id = map.parsed("id", EquipmentId::parse, "write a UUID or leave it out");
    Optional<String> connectionId =
        map.required("connection", "name one of the connections of this file");
    if (connectionId.isPresent() && !connectionIds.contains(connectionId.get())) {
      map.problem(
          "connection",
          "'" + Scalars.shortened(connectionId.get()) + "' is not in this file",
          "name one of the connections: "
              + String.join(", ", connectionIds.stream().sorted().toList()));
    }
    Optional<Connection> connection = connectionId.map(connections::get);
    int unitId = unitId(map, connection);
    Set<String> names = new HashSet<>();
    List<TagSettings> tags = tags(map, path, connection, unitId, names);
    Map<String, Integer> states = map.map("state-map").map(this::states).orElse(Map.of());
    ClockSettings clock =
        map.map("clock")
            .map(section -> ClockSection.read(section, connection, publication))
            .orElse(ClockSettings.DEFAULT);
    if (clock.reported()) {
      claimClockTags(map, names);
    }
    DeviceTags known = new DeviceTags(tags, names, publication);
    var summaries = entries(map, "summaries", known, SummarySection::read);
    var rules = entries(map, "rules", known, RuleSection::read);
    map.noOtherKeys();
    if (path.isEmpty() || connection.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DeviceSettings(
            path.get(), id, connection.get().id(), unitId, tags, states, clock, summaries, rules));
  }

  private static void claimClockTags(YamlMap map, Set<String> names) {
    for (TagName name :
        List.of(DerivedTags.CLOCK_OFFSET, DerivedTags.CLOCK_DRIFT, DerivedTags.CLOCK_IMPLAUSIBLE)) {
      if (!names.add(name.value())) {
        map.problem("clock", "reports a tag '" + name + "', which is there", "rename that tag");
      }
    }
  }

  private <T> List<T> entries(
      YamlMap map, String key, DeviceTags tags, BiFunction<YamlMap, DeviceTags, Optional<T>> read) {
    if (!map.has(key)) {
      return List.of();
    }
    List<YamlMap> maps = map.requiredList(key, "list " + key + ", or leave the key out");
    int before = entryCounts.getOrDefault(key, 0);
    entryCounts.put(key, before + maps.size());
    if (before <= MAX_ENTRIES && before + maps.size() > MAX_ENTRIES) {
      map.problem(key, "exceed " + MAX_ENTRIES + " of a gateway", "split the gateway in several");
    }
    List<T> entries = new ArrayList<>();
    maps.forEach(entry -> read.apply(entry, tags).ifPresent(entries::add));
    return entries;
  }

  private void check(EquipmentPath path, YamlMap map) {
    if (!paths.add(path)) {
      map.problem("path", "'" + path + "' is given twice", "give every device its own path");
    }
    if (gateway.isEmpty()) {
      return;
    }
    String[] site = gateway.get().group().split(":", -1);
    EquipmentPath root = new EquipmentPath(List.of(site));
    if (!root.contains(path) || path.segments().size() < 3) {
      map.problem(
          "path",
          "'" + path + "' does not lie in the gateway's site " + root,
          "let it begin with " + root + "/ and add at least an area");
    } else if (path.equals(root.child(gateway.get().node()))) {
      map.problem("path", "'" + path + "' is the gateway itself", "choose another name");
    }
  }

  private int unitId(YamlMap map, Optional<Connection> connection) {
    if (connection.isEmpty()) {
      map.text("unit-id");
      return 0;
    }
    if (connection.get() instanceof Connection.ModbusRtu) {
      // 0 is for everybody and answered by nobody; 248 and more are reserved
      return map.requiredParsed("unit-id", Scalars.integer(1, 247), "write 1 to 247").orElse(0);
    }
    if (connection.get() instanceof Connection.ModbusTcp) {
      return map.requiredParsed("unit-id", Scalars.integer(0, 255), "write 0 to 255").orElse(0);
    }
    if (map.has("unit-id")) {
      map.problem("unit-id", "is for Modbus only", "remove it");
      map.text("unit-id");
    }
    return 0;
  }

  private List<TagSettings> tags(
      YamlMap map,
      Optional<EquipmentPath> path,
      Optional<Connection> connection,
      int unitId,
      Set<String> names) {
    List<TagSettings> tags = new ArrayList<>();
    List<YamlMap> maps = map.requiredList("tags", "list at least one tag");
    if (maps.isEmpty() && map.has("tags")) {
      map.problem("tags", "has no tag", "list at least one tag");
    }
    tagCount += maps.size();
    if (tagCount > MAX_TAGS && tagCount - maps.size() <= MAX_TAGS) {
      map.problem("tags", "exceeds " + MAX_TAGS + " tags", "split the gateway in several");
    }
    // A wrong path must not hide what is wrong with the tags.
    EquipmentPath equipment = path.orElse(EquipmentPath.parse("unknown"));
    for (YamlMap tag : maps) {
      Optional<TagSettings> settings =
          TagSection.read(tag, equipment, connection, names, publication, writes);
      settings.ifPresent(tags::add);
      if (connection.isPresent() && connection.get() instanceof Connection.Modbus modbus) {
        settings.ifPresent(s -> RegisterSection.checkReadable(tag, s, modbus.options(), unitId));
      }
    }
    return tags;
  }

  private Map<String, Integer> states(YamlMap map) {
    Map<String, Integer> states = new LinkedHashMap<>();
    map.rest()
        .forEach(
            (raw, state) -> {
              try {
                states.put(raw, Scalars.integer(1, 17).apply(state));
              } catch (IllegalArgumentException wrong) {
                map.problem(
                    raw,
                    String.valueOf(wrong.getMessage()),
                    "write the number of a PackML state, 1 to 17");
              }
            });
    return states;
  }
}
