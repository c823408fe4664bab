package io.linewright.edge.host.thin;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.machine.EnergyThinning;
import io.linewright.model.sample.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of one device was told, and what is held back. Belongs to one {@link Thinning}. */
final class Held {

  /** Of what a device says of its progress within one such period, the first is told. */
  static final long PROGRESS_MICROS = 10_000_000;

  /** Host time after which what is held of a tag is told, if nothing newer was. */
  static final long ENERGY_PATIENCE_MICROS = 2 * EnergyThinning.PERIOD_MICROS;

  /** The same for progress. */
  static final long PROGRESS_PATIENCE_MICROS = 2 * PROGRESS_MICROS;

  static final long NEVER = Long.MAX_VALUE;

  /** One tag in one lane. */
  private record Lane(TagKey tag, boolean historical) {}

  private static final class Meter {
    private final Optional<EnergyScale> scale;
    private final EnergyThinning thinning;
    private long heldSince = NEVER;

    Meter(Optional<EnergyScale> scale, EnergyThinning thinning) {
      this.scale = scale;
      this.thinning = thinning;
    }

    Meter copy() {
      Meter copy = new Meter(scale, thinning.copy());
      copy.heldSince = heldSince;
      return copy;
    }

    /** When what is held must be told. */
    long due() {
      return heldSince == NEVER ? NEVER : heldSince + ENERGY_PATIENCE_MICROS;
    }

    void note(long hostMicros) {
      heldSince = !thinning.holds() ? NEVER : Math.min(heldSince, hostMicros);
    }
  }

  private record Progress(long untilMicros, String recordId, boolean historical, long heldSince) {}

  private final EquipmentPath device;
  private final Map<Lane, Meter> meters = new HashMap<>();
  private long toldUntil = Long.MIN_VALUE;
  private @Nullable Progress progress;
  private long due = NEVER;

  Held(EquipmentPath device) {
    this.device = device;
  }

  /** The same, to be changed alone. */
  Held copy() {
    Held copy = new Held(device);
    meters.forEach((lane, meter) -> copy.meters.put(lane, meter.copy()));
    copy.toldUntil = toldUntil;
    copy.progress = progress;
    copy.due = due;
    return copy;
  }

  /** When at the latest something that is held must be told, host time; {@link #NEVER}. */
  long due() {
    return due;
  }

  /** Looks when that is, after a step has changed something. */
  void settle() {
    long first = progress == null ? NEVER : progress.heldSince + PROGRESS_PATIENCE_MICROS;
    for (Meter meter : meters.values()) {
      first = Math.min(first, meter.due());
    }
    due = first;
  }

  void take(TagDescription tag, Sample sample, boolean historical, long hostMicros, Teller teller) {
    Lane lane = new Lane(tag.key(), historical);
    Meter meter = meters.get(lane);
    if (meter == null) {
      meter = new Meter(EnergyScale.of(tag.role(), tag.unit()), new EnergyThinning());
      meters.put(lane, meter);
    }
    if (meter.scale.isPresent()) {
      EnergyScale scale = meter.scale.get();
      meter.thinning.take(sample, told -> teller.energy(lane.tag, scale, told, historical));
      meter.note(hostMicros);
    }
  }

  /** Whether a value of the lane is held. */
  boolean holds(boolean historical) {
    for (Map.Entry<Lane, Meter> one : meters.entrySet()) {
      if (one.getKey().historical == historical && one.getValue().heldSince != NEVER) {
        return true;
      }
    }
    return false;
  }

  /** Tells the values that hold at an instant of source time. */
  void release(boolean historical, long untilMicros, Teller teller) {
    meters.forEach(
        (lane, meter) -> {
          if (lane.historical == historical) {
            release(lane, meter, untilMicros, teller);
          }
        });
  }

  /** Tells all that is held and is due at that host time. */
  void releaseDue(long hostMicros, Teller teller) {
    meters.forEach(
        (lane, meter) -> {
          if (meter.due() <= hostMicros) {
            release(lane, meter, Long.MAX_VALUE, teller);
          }
        });
    Progress one = progress;
    if (one != null && one.heldSince + PROGRESS_PATIENCE_MICROS <= hostMicros) {
      tell(one, teller);
    }
  }

  private static void release(Lane lane, Meter meter, long untilMicros, Teller teller) {
    if (meter.scale.isPresent() && meter.thinning.holds()) {
      EnergyScale scale = meter.scale.get();
      meter.thinning.release(
          untilMicros, told -> teller.energy(lane.tag, scale, told, lane.historical));
      meter.note(meter.heldSince);
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

  private static long period(long micros) {
    return Math.floorDiv(micros, PROGRESS_MICROS);
  }
}
