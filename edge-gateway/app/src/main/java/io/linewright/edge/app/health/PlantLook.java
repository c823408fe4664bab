package io.linewright.edge.app.health;

import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.driver.DriverStatus.Counts;
import io.linewright.edge.app.tag.DeviceState;
import io.linewright.edge.app.tag.TagState;
import io.linewright.edge.health.Books;
import io.linewright.edge.health.ConnectionLook;
import io.linewright.edge.health.DeviceLook;
import io.linewright.edge.health.HealthState;
import io.linewright.edge.health.HealthTags;
import io.linewright.edge.health.TagQuality;
import io.linewright.edge.health.TagQuality.BadTag;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.eclipse.milo.opcua.stack.core.StatusCodes;

/** Looks at the drivers and at the last values that the gateway publishes. */
final class PlantLook {

  /** Bad tags of one device that are named. */
  static final int NAMED = 20;

  private final Supplier<List<DriverStatus>> drivers;
  private final Supplier<List<DeviceState>> devices;
  private final ToLongFunction<EquipmentPath> implausible;

  /**
   * @param implausible stamps of a device that its clock cannot have shown, also of values that
   *     travel under a time of the gateway's
   */
  PlantLook(
      Supplier<List<DriverStatus>> drivers,
      Supplier<List<DeviceState>> devices,
      ToLongFunction<EquipmentPath> implausible) {
    this.drivers = drivers;
    this.devices = devices;
    this.implausible = implausible;
  }

  /** Everything as it stands. */
  List<ConnectionLook> look() {
    Map<EquipmentPath, TagQuality> qualities = new HashMap<>();
    Map<EquipmentPath, Long> marked = new HashMap<>();
    for (DeviceState device : devices.get()) {
      qualities.put(device.path(), quality(device));
      marked.put(device.path(), device.implausible());
    }
    return drivers.get().stream().map(driver -> look(driver, qualities, marked)).toList();
  }

  private ConnectionLook look(
      DriverStatus driver,
      Map<EquipmentPath, TagQuality> qualities,
      Map<EquipmentPath, Long> marked) {
    List<DeviceLook> devices = new ArrayList<>();
    driver.devices().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                devices.add(
                    new DeviceLook(
                        HealthTags.place(entry.getKey()),
                        books(entry.getValue()),
                        qualities.getOrDefault(entry.getKey(), TagQuality.NONE),
                        Math.max(
                            marked.getOrDefault(entry.getKey(), 0L),
                            implausible.applyAsLong(entry.getKey())))));
    return new ConnectionLook(
        driver.connection(),
        HealthState.valueOf(driver.state().name()),
        driver.reason(),
        books(driver.counts()),
        devices);
  }

  private static Books books(Counts counts) {
    return new Books(counts.in(), counts.out(), counts.setAside(), counts.reconnects());
  }

  /**
   * How the published tags of a device are that are read; those that nobody may know of are not
   * among them.
   */
  static TagQuality quality(DeviceState device) {
    int bad = 0;
    int silent = 0;
    int read = 0;
    List<BadTag> first = new ArrayList<>();
    for (TagState tag : device.tags()) {
      if (tag.derived()) {
        continue; // what the gateway makes says nothing of the device's connection
      }
      read++;
      Sample last = tag.last();
      if (last == null || !last.status().isBad()) {
        continue;
      }
      bad++;
      if (last.status().equals(StatusCode.BAD_NO_COMMUNICATION)) {
        silent++;
      }
      if (first.size() < NAMED) {
        first.add(new BadTag(tag.description().key().name().value(), reason(last.status())));
      }
    }
    return new TagQuality(read, bad, silent, first);
  }

  private static String reason(StatusCode status) {
    long code = Integer.toUnsignedLong(status.bits());
    String hex = "0x%08X".formatted(code);
    return StatusCodes.lookup(code & 0xFFFF_0000L)
        .map(known -> known[0] + " (" + hex + ")")
        .orElse(hex);
  }
}
