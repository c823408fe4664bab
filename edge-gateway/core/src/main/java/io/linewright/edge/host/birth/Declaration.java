package io.linewright.edge.host.birth;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.TagAnnounced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a birth says of one piece of equipment or one tag.
 *
 * @param key record key: path or path#tag
 * @param type CloudEvents type
 * @param path equipment path
 * @param content the event's record
 * @param shared true for places above a device, which belong to no gateway
 */
public record Declaration(
    String key, String type, EquipmentPath path, Object content, boolean shared) {

  /** Everything that a birth declares: the places above, the equipment itself, its tags. */
  public static List<Declaration> of(Birth birth, Payload payload, String group, String node) {
    if (birth.equipment().isEmpty()) {
      return List.of();
    }
    EquipmentPath path = birth.equipment().get();
    List<Declaration> all = equipment(path, equipmentId(payload), group, node);
    Map<String, Instant> since = since(payload);
    birth.byName().values().stream()
        .filter(Binding.Tag.class::isInstance)
        .map(binding -> ((Binding.Tag) binding).description())
        .sorted(Comparator.comparing(TagDescription::key))
        .forEach(tag -> all.add(tag(tag, since.get(tag.key().name().value()))));
    return all;
  }

  /** The equipment and the places above it, highest first. */
  public static List<Declaration> equipment(
      EquipmentPath path, @Nullable String equipmentId, String group, String node) {
    List<Declaration> all = new ArrayList<>();
    Optional<EquipmentPath> above = path.parent();
    while (above.isPresent()) {
      EquipmentPath place = above.get();
      all.addFirst(announced(place, null, group, node, true));
      above = place.parent();
    }
    all.add(announced(path, equipmentId, group, node, false));
    return all;
  }

  /** One tag that never was anything else. */
  public static Declaration tag(TagDescription tag) {
    return tag(tag, null);
  }

  private static Declaration tag(TagDescription tag, @Nullable Instant since) {
    EquipmentPath path = tag.key().equipment();
    return new Declaration(
        tag.key().toString(),
        EventTypes.TAG_ANNOUNCED,
        path,
        new TagAnnounced(
            path.toString(),
            tag.key().name().value(),
            tag.type().toString(),
            tag.unit().code(),
            tag.role().toString(),
            tag.range().map(ValueRange::low).orElse(null),
            tag.range().map(ValueRange::high).orElse(null),
            tag.sampling().map(Duration::toMillis).orElse(null),
            tag.dataClass().toString(),
            tag.owner().orElse(null),
            since),
        false);
  }

  private static Declaration announced(
      EquipmentPath path, @Nullable String id, String group, String node, boolean shared) {
    return new Declaration(
        path.toString(),
        EventTypes.EQUIPMENT_ANNOUNCED,
        path,
        new EquipmentAnnounced(path.toString(), id, path.level().name(), group, node),
        shared);
  }

  /** Since when type and unit of tags are what they are, of those that were something else. */
  private static Map<String, Instant> since(Payload payload) {
    Map<String, Instant> since = new HashMap<>();
    for (Metric metric : payload.metrics()) {
      if (metric.name() != null
          && metric.properties().get(LinewrightMetrics.SINCE_MS) instanceof Number millis) {
        since.put(metric.name(), Instant.ofEpochMilli(millis.longValue()));
      }
    }
    return since;
  }

  private static @Nullable String equipmentId(Payload payload) {
    for (Metric metric : payload.metrics()) {
      Optional<String> id = BirthReader.text(metric.properties(), LinewrightMetrics.EQUIPMENT_ID);
      if (id.isPresent()) {
        return id.get();
      }
    }
    return null;
  }
}
