package io.linewright.oee.app.decode;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.registry.MachineAddress;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a record of the topic of machine events says, as far as it is this service's business. */
public sealed interface Decoded {

  /** Where it came from. */
  ConsumerRecord<byte[], byte[]> record();

  /**
   * A machine told something.
   *
   * @param address under which path, cut to the machine
   * @param device path of the device that has the tag
   * @param historical whether it comes from backlog or an import
   */
  record Told(
      ConsumerRecord<byte[], byte[]> record,
      MachineAddress address,
      String device,
      MachineEvent event,
      boolean historical)
      implements Decoded {}

  /**
   * Values are lost.
   *
   * @param source path of the device or gateway
   */
  record Lost(ConsumerRecord<byte[], byte[]> record, Loss loss, String source, String reason)
      implements Decoded {}

  /** A device has told everything before that time, microseconds since the epoch. */
  record Complete(ConsumerRecord<byte[], byte[]> record, String device, long micros)
      implements Decoded {}

  /** Equipment is at another place from that time on, microseconds since the epoch. */
  record Moved(
      ConsumerRecord<byte[], byte[]> record, UUID equipmentId, EquipmentPath to, long micros)
      implements Decoded {}

  /** It cannot be read. */
  record Refused(ConsumerRecord<byte[], byte[]> record, String cause) implements Decoded {}
}
