package io.linewright.edge.host.thin;

import io.linewright.model.equipment.TagKey;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.machine.EnergyThinning;
import io.linewright.model.sample.Sample;
import java.util.Optional;

/** One tag of energy or power in one lane. Changed by its owner only. */
final class Meter {

  /** Host time after which what is held is told, if nothing newer was. */
  static final long PATIENCE_MICROS = 2 * EnergyThinning.PERIOD_MICROS;

  final Held owner;
  private final TagKey tag;
  private final boolean historical;
  private final Optional<EnergyScale> scale;
  private final EnergyThinning thinning;
  private long heldSince = Held.NEVER;

  Meter(Held owner, TagKey tag, boolean historical, Optional<EnergyScale> scale) {
    this(owner, tag, historical, scale, new EnergyThinning());
  }

  private Meter(
      Held owner,
      TagKey tag,
      boolean historical,
      Optional<EnergyScale> scale,
      EnergyThinning thinning) {
    this.owner = owner;
    this.tag = tag;
    this.historical = historical;
    this.scale = scale;
    this.thinning = thinning;
  }

  /** The same, to be changed by another owner. */
  Meter of(Held another) {
    Meter copy = new Meter(another, tag, historical, scale, thinning.copy());
    copy.heldSince = heldSince;
    return copy;
  }

  /** Whether a value of that lane is held. */
  boolean holds(boolean ofHistory) {
    return heldSince != Held.NEVER && historical == ofHistory;
  }

  /** When what is held must be told, host time; {@link Held#NEVER}. */
  long due() {
    return heldSince == Held.NEVER ? Held.NEVER : heldSince + PATIENCE_MICROS;
  }

  void take(Sample sample, long hostMicros, Teller teller) {
    if (scale.isPresent()) {
      thinning.take(sample, told -> teller.energy(tag, scale.get(), told, historical));
      heldSince = thinning.holds() ? Math.min(heldSince, hostMicros) : Held.NEVER;
    }
  }

  /** Tells the value that holds at an instant of source time, if it is held. */
  void release(long untilMicros, Teller teller) {
    if (scale.isPresent()) {
      thinning.release(untilMicros, told -> teller.energy(tag, scale.get(), told, historical));
      heldSince = thinning.holds() ? heldSince : Held.NEVER;
    }
  }
}
