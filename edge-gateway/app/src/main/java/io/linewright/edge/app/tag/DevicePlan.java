package io.linewright.edge.app.tag;

import io.linewright.edge.clock.ClockSettings;
import io.linewright.edge.config.DerivedTags;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A device, or the node itself, and the tags that it is to declare.
 *
 * @param id Sparkplug device id; empty for the node
 * @param path where it stands
 * @param tags names unique
 * @param derived names of those of them that the gateway makes
 * @param clock which of its times can be true
 */
record DevicePlan(
    String id,
    EquipmentPath path,
    List<PlannedTag> tags,
    Set<TagName> derived,
    ClockSettings clock) {

  /**
   * A tag to declare.
   *
   * @param properties what births say of it besides name, type and value
   */
  record PlannedTag(TagDescription description, Map<String, Object> properties) {}

  DevicePlan {
    tags = List.copyOf(tags);
    derived = Set.copyOf(derived);
  }

  /**
   * What a file asks for: the node, then the devices in the order of the file. Tags that may not
   * leave the gateway, and devices that have no others, are left out.
   *
   * @param ownTags tags of the gateway itself
   */
  static List<DevicePlan> of(EdgeFile file, List<TagDescription> ownTags) {
    List<DevicePlan> plans = new ArrayList<>();
    EquipmentPath gateway = TagRegistry.gatewayPath(file.gateway());
    plans.add(
        new DevicePlan(
            "", gateway, planned(ownTags, Optional.empty()), Set.of(), ClockSettings.DEFAULT));
    for (DeviceSettings device : file.devices()) {
      List<TagDescription> published = DerivedTags.published(device, file.publication());
      if (!published.isEmpty()) {
        plans.add(
            new DevicePlan(
                TagRegistry.deviceId(device.path(), file.gateway()),
                device.path(),
                planned(published, device.equipmentId()),
                names(DerivedTags.of(device)),
                device.clock()));
      }
    }
    return plans;
  }

  private static Set<TagName> names(List<TagDescription> tags) {
    return tags.stream().map(tag -> tag.key().name()).collect(Collectors.toSet());
  }

  private static List<PlannedTag> planned(List<TagDescription> tags, Optional<EquipmentId> id) {
    Iterator<Map<String, Object>> properties = TagProperties.of(tags, id).iterator();
    return tags.stream().map(tag -> new PlannedTag(tag, properties.next())).toList();
  }

  /** These plans, with all that only another registry has behind them. */
  static List<DevicePlan> withThoseOf(TagRegistry before, List<DevicePlan> plans) {
    Map<String, DevicePlan> all = new LinkedHashMap<>();
    plans.forEach(plan -> all.put(plan.id(), plan));
    for (DeviceState device : before.devices()) {
      DevicePlan was = of(device);
      all.merge(device.id(), was, DevicePlan::with);
    }
    return List.copyOf(all.values());
  }

  private static DevicePlan of(DeviceState device) {
    return new DevicePlan(
        device.id(),
        device.path(),
        device.tags().stream()
            .map(tag -> new PlannedTag(tag.description(), tag.properties()))
            .toList(),
        names(device.tags().stream().filter(TagState::derived).map(TagState::description).toList()),
        device.clock());
  }

  private DevicePlan with(DevicePlan other) {
    Set<TagName> names = new HashSet<>();
    tags.forEach(tag -> names.add(tag.description().key().name()));
    List<PlannedTag> all = new ArrayList<>(tags);
    other.tags.stream()
        .filter(tag -> !names.contains(tag.description().key().name()))
        .forEach(all::add);
    Set<TagName> made = new HashSet<>(derived);
    other.derived.stream().filter(name -> !names.contains(name)).forEach(made::add);
    return new DevicePlan(id, path, all, made, clock);
  }
}
