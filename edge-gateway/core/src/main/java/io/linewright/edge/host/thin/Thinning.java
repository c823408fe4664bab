package io.linewright.edge.host.thin;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.sample.Sample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step's change of {@link Thinned}. What is told is decided by values and their source times
 * alone, but for what is held: that is told after a while of host time in which nothing newer was.
 */
public final class Thinning {

  private final Thinned before;
  private final long hostMicros;
  private final Teller teller;
  private final Set<EquipmentPath> copied = new HashSet<>(2);
  private @Nullable Map<EquipmentPath, Held> devices;

  /**
   * @param hostMicros host time of the step, microseconds since 1970-01-01T00:00:00Z
   */
  public Thinning(Thinned before, long hostMicros, Teller teller) {
    this.before = before;
    this.hostMicros = hostMicros;
    this.teller = teller;
  }

  /** Takes a value of a tag of energy or power. */
  public void energy(TagDescription tag, Sample sample, boolean historical) {
    own(tag.key().equipment()).take(tag, sample, historical, hostMicros, teller);
  }

  /** A device reports a state: the values that hold then are told. */
  public void state(EquipmentPath device, long sourceMicros, boolean historical) {
    Held held = held(device);
    if (held != null && held.holds(historical)) {
      own(device).release(historical, sourceMicros, teller);
    }
  }

  /** A device is complete up to a source time. */
  public void complete(
      EquipmentPath device, long untilMicros, String recordId, boolean historical) {
    own(device).complete(untilMicros, recordId, historical, hostMicros, teller);
  }

  /** A birth declares the device anew: what is held is told, and all begins anew. */
  public void forget(EquipmentPath device) {
    if (held(device) != null) {
      own(device).releaseDue(Held.NEVER, teller);
      writable().remove(device);
    }
  }

  /** The same of all devices: births of the node declare what there is from now on. */
  public void forgetAll() {
    before.devices.keySet().forEach(this::forget);
  }

  /** Tells what was held for too long. */
  public void passTime() {
    if (before.isDue(hostMicros)) {
      for (EquipmentPath device : before.devices.keySet()) {
        Held held = held(device);
        if (held != null && held.due() <= hostMicros) {
          own(device).releaseDue(hostMicros, teller);
        }
      }
    }
  }

  /** What holds after the step; the same object as before if nothing was taken. */
  public Thinned done() {
    Map<EquipmentPath, Held> now = devices;
    if (now == null) {
      return before;
    }
    for (EquipmentPath device : copied) {
      Held held = now.get(device);
      if (held != null) {
        held.settle();
      }
    }
    long due = Held.NEVER;
    for (Held held : now.values()) {
      due = Math.min(due, held.due());
    }
    return new Thinned(now, due);
  }

  private @Nullable Held held(EquipmentPath device) {
    return (devices == null ? before.devices : devices).get(device);
  }

  /** The device's part, changed by this step only. */
  private Held own(EquipmentPath device) {
    Map<EquipmentPath, Held> all = writable();
    Held held = all.get(device);
    if (held == null || !copied.contains(device)) {
      held = held == null ? new Held(device) : held.copy();
      all.put(device, held);
      copied.add(device);
    }
    return held;
  }

  private Map<EquipmentPath, Held> writable() {
    Map<EquipmentPath, Held> all = devices;
    if (all == null) {
      all = new HashMap<>(before.devices);
      devices = all;
    }
    return all;
  }
}
