package io.linewright.edge.config.change;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.model.equipment.EquipmentPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one gateway file changes of the connections of another. A connection is the same as long as
 * its driver would do the same: what becomes of the values behind the driver (reporting, clock,
 * summaries, rules), and the order in the file, do not count.
 *
 * @param unchanged the same in both; as in the new file
 * @param changed itself, or what is read over it, has changed; as in the new file
 * @param added only in the new file
 * @param gone only in the old file
 */
public record FileChange(
    List<Part> unchanged, List<Part> changed, List<Part> added, List<Part> gone) {

  /**
   * A connection with what is read over it.
   *
   * @param devices in the order of the file
   */
  public record Part(Connection connection, List<DeviceSettings> devices) {

    public Part {
      devices = List.copyOf(devices);
    }
  }

  /** What a driver sees of a device. */
  private record Read(int unitId, Set<TagSettings> tags, Map<String, Integer> stateMap) {}

  public FileChange {
    unchanged = List.copyOf(unchanged);
    changed = List.copyOf(changed);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
  }

  /** What the next file changes; the lists are in the order of the files. */
  public static FileChange between(EdgeFile old, EdgeFile next) {
    Map<String, Part> before = parts(old);
    List<Part> unchanged = new ArrayList<>();
    List<Part> changed = new ArrayList<>();
    List<Part> added = new ArrayList<>();
    parts(next)
        .forEach(
            (id, part) -> {
              Part was = before.remove(id);
              if (was == null) {
                added.add(part);
              } else if (same(was, part)) {
                unchanged.add(part);
              } else {
                changed.add(part);
              }
            });
    return new FileChange(unchanged, changed, added, List.copyOf(before.values()));
  }

  /** The connections of a file with their devices, by id, in the order of the file. */
  public static Map<String, Part> parts(EdgeFile file) {
    Map<String, List<DeviceSettings>> devices = new HashMap<>();
    for (DeviceSettings device : file.devices()) {
      devices.computeIfAbsent(device.connection(), id -> new ArrayList<>()).add(device);
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Connection connection : file.connections()) {
      List<DeviceSettings> own = devices.getOrDefault(connection.id(), List.of());
      parts.put(connection.id(), new Part(connection, own));
    }
    return parts;
  }

  private static boolean same(Part one, Part other) {
    return one.connection().equals(other.connection())
        && read(one.devices()).equals(read(other.devices()));
  }

  private static Map<EquipmentPath, Read> read(List<DeviceSettings> devices) {
    Map<EquipmentPath, Read> read = new HashMap<>();
    for (DeviceSettings device : devices) {
      Set<TagSettings> tags = new HashSet<>();
      for (TagSettings tag : device.tags()) {
        tags.add(new TagSettings(tag.description(), tag.address(), Reporting.ALL));
      }
      read.put(device.path(), new Read(device.unitId(), tags, device.stateMap()));
    }
    return read;
  }
}
