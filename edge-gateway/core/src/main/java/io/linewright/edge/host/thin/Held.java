package io.linewright.edge.host.thin;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.sample.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of one device was told, and what is held back. Changed by one {@link Thinning} only, which
 * makes a copy of the one before; the copy shares what it does not change.
 */
final class Held {

  /** Of what a device says of its progress within one such period, the first is told. */
  static final long PROGRESS_MICROS = 10_000_000;

  /** Host time after which progress that is held is told, if nothing newer was. */
  static final long PROGRESS_PATIENCE_MICROS = 2 * PROGRESS_MICROS;

  static final long NEVER = Long.MAX_VALUE;

  /** One tag in one lane. */
  private record Lane(TagKey tag, boolean historical) {}

  private record Progress(long untilMicros, String recordId, boolean historical, long heldSince) {}

  private final EquipmentPath device;
  private Map<Lane, Meter> meters;
  private boolean ownsMeters;
  private long metersDue = NEVER;
  private long toldUntil = Long.MIN_VALUE;
  private @Nullable Progress progress;

  Held(EquipmentPath device) {
    this(device, Map.of());
  }

  private Held(EquipmentPath device, Map<Lane, Meter> meters) {
    this.device = device;
    this.meters = meters;
  }

  /** The same, to be changed alone. */
  Held copy() {
    Held copy = new Held(device, meters);
    copy.metersDue = metersDue;
    copy.toldUntil = toldUntil;
    copy.progress = progress;
    return copy;
  }

  /** When at the latest something that is held must be told, host time; {@link #NEVER}. */
  long due() {
    Progress one = progress;
    return one == null ? metersDue : Math.min(metersDue, one.heldSince + PROGRESS_PATIENCE_MICROS);
  }

  /** Ends a step's changes. */
  void settle() {
    if (ownsMeters) {
      metersDue = NEVER;
      for (Meter meter : meters.values()) {
        metersDue = Math.min(metersDue, meter.due());
      }
    }
  }

  void take(TagDescription tag, Sample sample, boolean historical, long hostMicros, Teller teller) {
    Lane lane = new Lane(tag.key(), historical);
    Map<Lane, Meter> all = ownMeters();
    Meter meter = all.get(lane);
    if (meter == null) {
      meter = new Meter(this, tag.key(), historical, EnergyScale.of(tag.role(), tag.unit()));
      all.put(lane, meter);
    } else if (meter.owner != this) {
      meter = meter.of(this);
      all.put(lane, meter);
    }
    meter.take(sample, hostMicros, teller);
  }

  /** Whether a value of the lane is held. */
  boolean holds(boolean historical) {
    for (Meter meter : meters.values()) {
      if (meter.holds(historical)) {
        return true;
      }
    }
    return false;
  }

  /** Tells the values that hold at an instant of source time. */
  void release(boolean historical, long untilMicros, Teller teller) {
    release(meter -> meter.holds(historical), untilMicros, teller);
  }

  /** Tells all that is held and is due at that host time. */
  void releaseDue(long hostMicros, Teller teller) {
    release(meter -> meter.due() <= hostMicros, Long.MAX_VALUE, teller);
    Progress one = progress;
    if (one != null && one.heldSince + PROGRESS_PATIENCE_MICROS <= hostMicros) {
      tell(one, teller);
    }
  }

  private void release(Predicate<Meter> which, long untilMicros, Teller teller) {
    for (Map.Entry<Lane, Meter> entry : ownMeters().entrySet()) {
      if (which.test(entry.getValue())) {
        Meter mine = entry.getValue().of(this);
        entry.setValue(mine);
        mine.release(untilMicros, teller);
      }
    }
  }

  /** Takes how far the device is complete; what is not later than before says nothing. */
  void complete(
      long untilMicros, String recordId, boolean historical, long hostMicros, Teller teller) {
    Progress before = progress;
    long newest = before == null ? toldUntil : before.untilMicros;
    if (untilMicros <= newest) {
      return;
    }
    Progress now =
        new Progress(
            untilMicros, recordId, historical, before == null ? hostMicros : before.heldSince);
    if (toldUntil == Long.MIN_VALUE || period(untilMicros) > period(toldUntil)) {
      tell(now, teller);
    } else {
      progress = now;
    }
  }

  private void tell(Progress one, Teller teller) {
    teller.progress(device, one.untilMicros, one.recordId, one.historical);
    toldUntil = one.untilMicros;
    progress = null;
  }

  private Map<Lane, Meter> ownMeters() {
    if (!ownsMeters) {
      meters = new HashMap<>(meters);
      ownsMeters = true;
    }
    return meters;
  }

  private static long period(long micros) {
    return Math.floorDiv(micros, PROGRESS_MICROS);
  }
}
