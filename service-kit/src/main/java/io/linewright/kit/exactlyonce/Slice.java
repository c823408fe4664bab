package io.linewright.kit.exactlyonce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that one transaction applies, and where it leaves the offsets.
 *
 * @param records in the order of their partitions
 * @param next offset after the transaction per partition, sorted
 */
record Slice(List<ConsumerRecord<byte[], byte[]>> records, SortedMap<TopicPartition, Long> next) {

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /**
   * Cuts what one poll has brought into slices of about {@code maxBytes} of values.
   *
   * @param positions where the consumer stands after the poll: beyond markers of transactions,
   *     which the offset of the last record does not tell
   */
  static List<Slice> cut(
      Iterable<ConsumerRecord<byte[], byte[]>> polled,
      Map<TopicPartition, Long> positions,
      int maxBytes) {
    List<Slice> slices = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (!records.isEmpty() && bytes + size(record) > maxBytes) {
        slices.add(new Slice(records, afterLast(records)));
        records = new ArrayList<>();
        bytes = 0;
      }
      records.add(record);
      bytes += size(record);
    }
    SortedMap<TopicPartition, Long> end = new TreeMap<>(ORDER);
    end.putAll(positions);
    if (!records.isEmpty() || !end.isEmpty()) {
      slices.add(new Slice(records, end));
    }
    return slices;
  }

  /** Two halves; the second one ends where this slice ends. */
  List<Slice> halves() {
    int middle = records.size() / 2;
    var left = records.subList(0, middle);
    return List.of(
        new Slice(left, afterLast(left)), new Slice(records.subList(middle, records.size()), next));
  }

  private static SortedMap<TopicPartition, Long> afterLast(
      List<ConsumerRecord<byte[], byte[]>> records) {
    SortedMap<TopicPartition, Long> next = new TreeMap<>(ORDER);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
    return next;
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedValueSize());
  }
}
