package io.linewright.edge.host.thin;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.machine.EnergyScale;
import io.linewright.model.sample.Sample;

/** Takes what becomes an event. */
public interface Teller {

  /**
   * A value of energy or power.
   *
   * @param historical whether it came from backlog
   */
  void energy(TagKey tag, EnergyScale scale, Sample sample, boolean historical);

  /**
   * How far a device is complete.
   *
   * @param untilMicros source time
   * @param recordId the record that says so
   * @param historical whether that came from backlog
   */
  void progress(EquipmentPath device, long untilMicros, String recordId, boolean historical);
}
