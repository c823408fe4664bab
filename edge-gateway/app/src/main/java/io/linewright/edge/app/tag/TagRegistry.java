package io.linewright.edge.app.tag;

import io.linewright.edge.app.log.Alias;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All devices and tags of the gateway, and of the gateway itself. Never changes once built. */
public final class TagRegistry {

  /** Metrics that every device declares, in the order of {@link OutgoingPayload.Aliases}. */
  private static final Map<String, SparkplugType> OWN_METRICS = ownMetrics();

  private final Map<String, DeviceState> byId = new LinkedHashMap<>();
  private final Map<EquipmentPath, Map<TagName, TagState>> byPath = new HashMap<>();
  private final Map<Long, TagState> byAlias = new HashMap<>();

  private TagRegistry() {}

  private static Map<String, SparkplugType> ownMetrics() {
    Map<String, SparkplugType> metrics = new LinkedHashMap<>();
    metrics.put(LinewrightMetrics.EPOCH, SparkplugType.INT64);
    metrics.put(LinewrightMetrics.LANE, SparkplugType.STRING);
    metrics.put(LinewrightMetrics.POSITION, SparkplugType.INT64);
    metrics.put(LinewrightMetrics.PREVIOUS, SparkplugType.INT64);
    metrics.put(LinewrightMetrics.COMPLETE_UNTIL, SparkplugType.INT64);
    metrics.put(LinewrightMetrics.GATEWAY_MICROS, SparkplugType.INT64);
    return metrics;
  }

  /** Names and types of the metrics that carry a record's place; every birth declares them. */
  public static Map<String, SparkplugType> placeMetrics() {
    return java.util.Collections.unmodifiableMap(OWN_METRICS);
  }

  /** Path of the gateway itself, as equipment of its site. */
  public static EquipmentPath gatewayPath(GatewayIdentity gateway) {
    return new SparkplugAddress(gateway.group(), gateway.node(), Optional.empty())
        .equipment()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "group '%s' and node '%s' do not make an equipment path: the group is"
                            .formatted(gateway.group(), gateway.node())
                        + " written enterprise:site"));
  }

  /** Sparkplug device id of a device of the file. */
  public static String deviceId(EquipmentPath path, GatewayIdentity gateway) {
    return SparkplugAddress.ofDevice(path, gateway.node()).device().orElseThrow();
  }

  /**
   * Declares everything in the log and builds the registry.
   *
   * @param ownTags tags of the gateway itself
   */
  public static TagRegistry build(EdgeFile file, List<TagDescription> ownTags, RecordLog log)
      throws LogException {
    List<Alias> wanted = new ArrayList<>();
    want(wanted, "", ownTags, Optional.empty());
    for (String text : List.of(LinewrightMetrics.LOSS, LinewrightMetrics.COMMAND_PROGRESS)) {
      wanted.add(Alias.wanted("", text, SparkplugType.STRING.number(), Map.of()));
    }
    for (DeviceSettings device : file.devices()) {
      want(
          wanted,
          deviceId(device.path(), file.gateway()),
          descriptions(device),
          device.equipmentId());
    }
    Iterator<Alias> given = log.declare(wanted).iterator();
    TagRegistry registry = new TagRegistry();
    EquipmentPath gateway = gatewayPath(file.gateway());
    registry.add("", gateway, ownTags, given);
    for (DeviceSettings device : file.devices()) {
      String id = deviceId(device.path(), file.gateway());
      registry.add(id, device.path(), descriptions(device), given);
    }
    return registry;
  }

  private static List<TagDescription> descriptions(DeviceSettings device) {
    return device.tags().stream().map(tag -> tag.description()).toList();
  }

  private static void want(
      List<Alias> wanted,
      String device,
      List<TagDescription> tags,
      Optional<EquipmentId> equipmentId) {
    OWN_METRICS.forEach(
        (name, type) -> wanted.add(Alias.wanted(device, name, type.number(), Map.of())));
    Iterator<Map<String, Object>> properties = TagProperties.of(tags, equipmentId).iterator();
    for (TagDescription tag : tags) {
      int type = SampleMetrics.typeOf(tag.type()).number();
      wanted.add(Alias.wanted(device, tag.key().name().value(), type, properties.next()));
    }
  }

  private void add(
      String id, EquipmentPath path, List<TagDescription> tags, Iterator<Alias> given) {
    OutgoingPayload.Aliases aliases =
        new OutgoingPayload.Aliases(
            given.next().id(),
            given.next().id(),
            given.next().id(),
            given.next().id(),
            given.next().id(),
            given.next().id());
    List<Alias> tagAliases = new ArrayList<>();
    tags.forEach(tag -> tagAliases.add(given.next()));
    long lossAlias = id.isEmpty() ? given.next().id() : 0;
    long progressAlias = id.isEmpty() ? given.next().id() : 0;
    DeviceState device = new DeviceState(id, path, aliases, lossAlias, progressAlias);
    Map<TagName, TagState> byName = new HashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      TagState tag = new TagState(device, tags.get(i), tagAliases.get(i));
      device.add(tag);
      byName.put(tags.get(i).key().name(), tag);
      byAlias.put(tag.alias(), tag);
    }
    byId.put(id, device);
    byPath.put(path, byName);
  }

  /**
   * The tag of that name.
   *
   * @throws IllegalArgumentException if the file does not declare it
   */
  public TagState tag(EquipmentPath device, TagName name) {
    Map<TagName, TagState> tags = byPath.get(device);
    TagState tag = tags == null ? null : tags.get(name);
    if (tag == null) {
      throw new IllegalArgumentException(
          "the gateway's file declares no tag " + device + "#" + name);
    }
    return tag;
  }

  /** A tag of the gateway itself; null if it publishes none of that name. */
  public @Nullable TagState ownTag(TagName name) {
    Map<TagName, TagState> own = byPath.get(node().path());
    return own == null ? null : own.get(name);
  }

  /** The tag with that alias; null if there is none (any more). */
  public @Nullable TagState byAlias(long alias) {
    return byAlias.get(alias);
  }

  /** The node itself. */
  public DeviceState node() {
    return java.util.Objects.requireNonNull(byId.get(""), "the node is always there");
  }

  /** The device of that Sparkplug id; null if the file does not name it (any more). */
  public @Nullable DeviceState device(String id) {
    return byId.get(id);
  }

  /** Ids of the devices to which the gateway has no connection. Any thread. */
  public Set<String> lostDevices() {
    Set<String> lost = new HashSet<>();
    for (DeviceState device : byId.values()) {
      if (!device.id().isEmpty() && device.lost()) {
        lost.add(device.id());
      }
    }
    return lost;
  }

  /** The node, then all devices in the order of the file. */
  public Collection<DeviceState> devices() {
    return byId.values();
  }
}
