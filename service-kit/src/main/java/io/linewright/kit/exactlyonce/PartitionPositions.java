package io.linewright.kit.exactlyonce;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which partitions this member owns and from where it reads them. A new partition is paused until
 * the database has said where it goes on.
 */
final class PartitionPositions implements ConsumerRebalanceListener {

  private final Consumer<byte[], byte[]> consumer;
  private final OffsetStore offsets;
  private final TransactionTemplate transaction;
  private final Runnable onChange;
  private final Map<TopicPartition, Long> expected = new HashMap<>();
  private final Set<TopicPartition> unknown = new HashSet<>();

  PartitionPositions(
      Consumer<byte[], byte[]> consumer,
      OffsetStore offsets,
      TransactionTemplate transaction,
      Runnable onChange) {
    this.consumer = consumer;
    this.offsets = offsets;
    this.transaction = transaction;
    this.onChange = onChange;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, 0);
    }
    consumer.pause(partitions);
    unknown.addAll(partitions);
    if (!partitions.isEmpty()) {
      onChange.run();
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    partitions.forEach(expected::remove);
    unknown.removeAll(partitions);
    if (!partitions.isEmpty()) {
      onChange.run();
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    onPartitionsRevoked(partitions);
  }

  /** Offsets at which this member has left the partitions that it reads; moved by transactions. */
  Map<TopicPartition, Long> expected() {
    return expected;
  }

  boolean complete() {
    return unknown.isEmpty();
  }

  /** Stops reading; every position is to be asked again. */
  void forget() {
    Set<TopicPartition> owned = consumer.assignment();
    consumer.pause(owned);
    expected.clear();
    unknown.clear();
    unknown.addAll(owned);
  }

  /**
   * Asks the database where each new partition goes on, and reads from there.
   *
   * @throws NamedStopException if the stored offset belongs to another topic of the same name
   */
  void find(UUID topicId) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(unknown);
    Map<TopicPartition, Long> found = new HashMap<>();
    transaction.executeWithoutResult(
        status ->
            beginnings.forEach(
                (partition, beginning) -> {
                  var position = offsets.findOrBegin(partition, topicId, beginning);
                  refuseOtherTopic(partition, position.topicId(), topicId);
                  found.put(partition, position.next());
                }));
    found.forEach(consumer::seek);
    consumer.resume(found.keySet());
    expected.putAll(found);
    unknown.clear();
  }

  /** Where the consumer stands in the partitions that have moved on. */
  Map<TopicPartition, Long> moved() {
    Map<TopicPartition, Long> moved = new HashMap<>();
    expected.forEach(
        (partition, from) -> {
          long position = consumer.position(partition);
          if (position != from) {
            moved.put(partition, position);
          }
        });
    return moved;
  }

  static void refuseOtherTopic(TopicPartition partition, UUID stored, UUID present) {
    if (!stored.equals(present)) {
      throw new NamedStopException(
          ConsumerState.Condition.TOPIC_RECREATED,
          "Topic %s is not the one whose offsets are stored (%s, now %s). To read the new one from its beginning, delete its rows from consumer_offset and restart"
              .formatted(partition.topic(), stored, present));
    }
  }
}
