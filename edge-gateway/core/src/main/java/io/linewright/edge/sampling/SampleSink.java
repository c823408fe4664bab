package io.linewright.edge.sampling;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;

/**
 * Where drivers put values. The ordinal of a sample handed in is ignored: the receiver assigns it.
 */
@FunctionalInterface
public interface SampleSink {

  /**
   * Takes one value. Blocks while the gateway cannot take more (back-pressure); values of one tag
   * keep the order in which they are handed in.
   *
   * @param device device that the tag belongs to
   * @param tag name of a tag that the gateway's file declares for the device
   * @param sample value, status and source time
   * @throws InterruptedException if the gateway stops while this call waits; the value was not
   *     taken
   */
  void accept(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException;

  /**
   * Takes one value whose time the gateway may have corrected. A sink that has no use for the raw
   * stamp takes it as any other.
   *
   * @throws InterruptedException as above
   */
  default void accept(EquipmentPath device, TagName tag, StampedSample stamped)
      throws InterruptedException {
    accept(device, tag, stamped.sample());
  }
}
