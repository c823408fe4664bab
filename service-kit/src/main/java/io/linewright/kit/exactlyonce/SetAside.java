package io.linewright.kit.exactlyonce;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Something of a record that cannot be processed, however often one tries.
 *
 * @param record where it came from
 * @param payload the bytes to keep: the record's value, or a part of it in the same format
 * @param cause one sentence for people
 * @param part number of this piece within its record, from 0; makes repeats recognisable
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of the record, only ever read
public record SetAside(
    ConsumerRecord<byte[], byte[]> record, byte[] payload, String cause, int part) {

  private static final byte[] NOTHING = {};

  /** The whole record. */
  public static SetAside whole(ConsumerRecord<byte[], byte[]> record, String cause) {
    return new SetAside(record, record.value() == null ? NOTHING : record.value(), cause, 0);
  }
}
