package io.linewright.ingest.imports;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.event.MachineEvents;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.machine.EnergyThinning;
import io.linewright.model.sample.Sample;
import io.linewright.model.unit.UcumUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The machine events of the rows of one import, all of them historical, by the same rules as those
 * of the bridge. Holds one value of each tag of energy at most. Used by one thread.
 */
public final class ImportEvents {

  /**
   * An event to send.
   *
   * @param key its record key
   */
  public record Raised(String key, CloudEvent<?> event) {}

  /** A tag of energy or power. */
  private static final class Meter {
    private final TagKey tag;
    private final String unit;
    private final Optional<EnergyScale> scale;
    private final EnergyThinning thinning;

    Meter(ImportTag tag, EnergyThinning thinning) {
      this.tag = tag.key();
      this.unit = unitOf(tag);
      this.scale = EnergyScale.of(tag.role(), new UcumUnit(unit));
      this.thinning = thinning;
    }

    static String unitOf(ImportTag tag) {
      return tag.unit() == null ? UcumUnit.ONE.code() : tag.unit();
    }
  }

  private final String source;
  private final Map<EquipmentPath, Map<TagName, Meter>> meters = new HashMap<>();

  /**
   * @param importId whose rows these are
   */
  public ImportEvents(String importId) {
    this.source = sourceOf(importId);
  }

  /** The CloudEvents source of the events of an import. */
  public static String sourceOf(String importId) {
    return "/ingest/imports/" + importId;
  }

  /**
   * Takes the value of a row.
   *
   * @param send takes the events that follow, in order; perhaps none
   */
  public void add(ImportTag tag, Sample sample, Consumer<Raised> send) {
    TagRole role = tag.role();
    if (role.raisesEvents()) {
      if (role == TagRole.MACHINE_STATE) {
        release(tag.key().equipment(), sample.sourceMicros(), send);
      }
      String key = MachineEvents.keyOf(tag.key().equipment());
      send.accept(
          new Raised(
              key, MachineEvents.of(source, tag.key(), role, sample, true, OptionalLong.empty())));
    } else if (role.tellsEnergy()) {
      Meter meter = meter(tag, send);
      if (meter.scale.isPresent()) {
        meter.thinning.take(sample, told -> send.accept(raised(meter, meter.scale.get(), told)));
      }
    }
  }

  /** Sends what is held: whatever comes later, nobody holds it then. */
  public void drain(Consumer<Raised> send) {
    meters.values().stream()
        .flatMap(device -> device.values().stream())
        .forEach(meter -> release(meter, Long.MAX_VALUE, send));
  }

  private Meter meter(ImportTag tag, Consumer<Raised> send) {
    Map<TagName, Meter> device =
        meters.computeIfAbsent(tag.key().equipment(), path -> new HashMap<>());
    Meter meter = device.get(tag.key().name());
    if (meter != null && !meter.unit.equals(Meter.unitOf(tag))) {
      release(meter, Long.MAX_VALUE, send); // what it holds is in the unit of before
      meter = new Meter(tag, meter.thinning);
      device.put(tag.key().name(), meter);
    } else if (meter == null) {
      meter = new Meter(tag, new EnergyThinning());
      device.put(tag.key().name(), meter);
    }
    return meter;
  }

  private void release(EquipmentPath device, long untilMicros, Consumer<Raised> send) {
    Map<TagName, Meter> its = meters.get(device);
    if (its != null) {
      its.values().forEach(meter -> release(meter, untilMicros, send));
    }
  }

  private void release(Meter meter, long untilMicros, Consumer<Raised> send) {
    if (meter.scale.isPresent()) {
      EnergyScale scale = meter.scale.get();
      meter.thinning.release(untilMicros, told -> send.accept(raised(meter, scale, told)));
    }
  }

  private Raised raised(Meter meter, EnergyScale scale, Sample sample) {
    return new Raised(
        MachineEvents.keyOf(meter.tag.equipment()),
        MachineEvents.energy(source, meter.tag, scale, sample, true, OptionalLong.empty()));
  }
}
