package io.linewright.edge.app.tag;

import io.linewright.edge.app.log.Alias;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.SparkplugType;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All devices and tags of the gateway, and of the gateway itself, and the metrics that only stored
 * records still use. Never changes once built.
 */
public final class TagRegistry {

  /** Nothing is declared. */
  static final TagRegistry NONE = new TagRegistry(List.of(), List.of());

  /** Metrics that every device declares, in the order of {@link OutgoingPayload.Aliases}. */
  private static final Map<String, SparkplugType> OWN_METRICS = ownMetrics();

  private final Map<String, DeviceState> byId = new LinkedHashMap<>();
  private final Map<EquipmentPath, Map<TagName, TagState>> byPath = new HashMap<>();
  private final Map<Long, TagState> byAlias = new HashMap<>();

  /** Of the tags, and of those that may come back: their aliases are still in use. */
  private final Map<Long, TagMemory> memories = new HashMap<>();

  private final Set<Alias> declared;
  private final List<Alias> retired;

  private TagRegistry(Collection<Alias> declared, Collection<Alias> retired) {
    this.declared = Set.copyOf(declared);
    this.retired = List.copyOf(retired);
  }

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
   * @param before what is remembered of tags that stay, or come back, is taken over from it
   */
  static TagRegistry build(List<DevicePlan> plans, TagRegistry before, RecordLog log)
      throws LogException {
    List<Alias> wanted = new ArrayList<>();
    for (DevicePlan plan : plans) {
      want(wanted, plan);
      if (plan.id().isEmpty()) {
        for (String text : List.of(LinewrightMetrics.LOSS, LinewrightMetrics.COMMAND_PROGRESS)) {
          wanted.add(Alias.wanted("", text, SparkplugType.STRING.number(), Map.of()));
        }
      }
    }
    List<Alias> declared = log.declare(wanted);
    TagRegistry registry = new TagRegistry(declared, log.retiredAliases());
    Iterator<Alias> given = declared.iterator();
    for (DevicePlan plan : plans) {
      registry.add(plan, given, before.memories);
    }
    registry.rememberRetired(before);
    return registry;
  }

  private static List<TagDescription> descriptions(DevicePlan plan) {
    return plan.tags().stream().map(tag -> tag.description()).toList();
  }

  private static void want(List<Alias> wanted, DevicePlan plan) {
    OWN_METRICS.forEach(
        (name, type) -> wanted.add(Alias.wanted(plan.id(), name, type.number(), Map.of())));
    for (DevicePlan.PlannedTag tag : plan.tags()) {
      TagDescription description = tag.description();
      int type = SampleMetrics.typeOf(description.type()).number();
      String name = description.key().name().value();
      wanted.add(Alias.wanted(plan.id(), name, type, tag.properties()));
    }
  }

  private void rememberRetired(TagRegistry before) {
    for (Alias alias : retired) {
      TagMemory memory = before.memories.get(alias.id());
      if (memory != null) {
        memories.put(alias.id(), memory);
      }
    }
  }

  /** The same tags beside other metrics that only stored records use. */
  TagRegistry withRetired(Collection<Alias> other) {
    TagRegistry registry = new TagRegistry(declared, other);
    registry.byId.putAll(byId);
    registry.byPath.putAll(byPath);
    registry.byAlias.putAll(byAlias);
    byAlias.forEach((alias, tag) -> registry.memories.put(alias, tag.memory()));
    registry.rememberRetired(this);
    return registry;
  }

  private void add(DevicePlan plan, Iterator<Alias> given, Map<Long, TagMemory> known) {
    List<TagDescription> tags = descriptions(plan);
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
    long lossAlias = plan.id().isEmpty() ? given.next().id() : 0;
    long progressAlias = plan.id().isEmpty() ? given.next().id() : 0;
    DeviceState device =
        new DeviceState(plan.id(), plan.path(), aliases, lossAlias, progressAlias, plan.clock());
    Map<TagName, TagState> byName = new HashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      TagName name = tags.get(i).key().name();
      Alias alias = tagAliases.get(i);
      TagMemory memory = known.getOrDefault(alias.id(), new TagMemory());
      TagState tag =
          new TagState(device, tags.get(i), alias, plan.derived().contains(name), memory);
      memories.put(alias.id(), memory);
      device.add(tag);
      byName.put(name, tag);
      byAlias.put(tag.alias(), tag);
    }
    byId.put(plan.id(), device);
    byPath.put(plan.path(), byName);
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

  /** Ids of the devices to which the gateway has no connection (any more). Any thread. */
  public Set<String> lostDevices() {
    Set<String> lost = new HashSet<>();
    for (String id : announced()) {
      DeviceState device = byId.get(id);
      if (device == null || device.lost()) {
        lost.add(id);
      }
    }
    return lost;
  }

  /** Ids of all devices: those of the file, then those that only records still use. */
  public Set<String> announced() {
    Set<String> ids = new LinkedHashSet<>(byId.keySet());
    retired.forEach(alias -> ids.add(alias.device()));
    ids.remove("");
    return ids;
  }

  /** Metrics that only stored records still use. */
  public List<Alias> retired() {
    return retired;
  }

  /** Whether births on both tell the same metrics, whatever their values. */
  boolean declaresTheSameAs(TagRegistry other) {
    return declared.equals(other.declared) && retired.equals(other.retired);
  }

  /** The node, then all devices in the order of the file. */
  public Collection<DeviceState> devices() {
    return byId.values();
  }
}
