package io.linewright.edge.app.uplink;

import io.linewright.edge.sparkplug.EdgeNodeInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which devices' deaths are to be told (tck-id-operational-behavior-device-ddeath). A death is told
 * only when nothing of the device has left for a second: its last values, which say Bad, come
 * first. For the sending thread.
 */
final class DeviceWatch {

  private static final long LOOK_MILLIS = 250;
  private static final long QUIET_MILLIS = 1_000;

  private final Supplier<Set<String>> lost;
  private final Map<String, Long> lastSent = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private long nextLook = Long.MIN_VALUE;

  /**
   * @param lost ids of the devices to which the gateway has no connection
   */
  DeviceWatch(Supplier<Set<String>> lost) {
    this.lost = lost;
  }

  /** Notes that data of a device have left. */
  void sent(String device, long nowMillis) {
    lastSent.put(device, nowMillis);
  }

  /** What is to be told now; devices that are still lost are named again each time. */
  List<EdgeNodeInput> changes(long nowMillis) {
    if (nowMillis < nextLook && nextLook - nowMillis <= LOOK_MILLIS) {
      return List.of();
    }
    nextLook = nowMillis + LOOK_MILLIS;
    Set<String> now = lost.get();
    List<EdgeNodeInput> changes = new ArrayList<>();
    for (String device : known) {
      if (!now.contains(device)) {
        changes.add(new EdgeNodeInput.DeviceBack(device));
      }
    }
    known.clear();
    known.addAll(now);
    lastSent.keySet().retainAll(now);
    for (String device : now) {
      long since = nowMillis - lastSent.computeIfAbsent(device, first -> nowMillis);
      if (since >= QUIET_MILLIS || since < 0) {
        changes.add(new EdgeNodeInput.DeviceLost(device));
      }
    }
    return changes;
  }
}
