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

  /**
   * Takes a value that the gateway makes itself: a mark, a confirmation. Nothing of the device's
   * clock can be learned from it.
   *
   * @param sample value, status and time, which is of the device's clock as {@link #deviceMicros}
   *     tells it
   * @throws InterruptedException as above
   */
  default void made(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
    accept(device, tag, sample);
  }

  /**
   * What the device's clock shows at a moment of the gateway's clock, as far as it is known; else
   * the gateway's. Microseconds since 1970; any thread.
   */
  default long deviceMicros(EquipmentPath device, long gatewayMicros) {
    return gatewayMicros;
  }
}
