package io.linewright.ingest.app.imports.event;

import io.linewright.kit.kafka.KafkaClients;
import io.linewright.model.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far other services are behind the events of an import. The disk bound of the topic deletes
 * what is old, read or not, so an import waits for them; but only for those that run.
 */
public final class EventReaders implements AutoCloseable {

  /**
   * Where the readers are.
   *
   * @param waiting records of the partition where most wait for the slowest reader
   * @param slowest group of that reader; empty: nobody is waited for
   * @param absent groups that are not waited for: they do not exist, have no member, or may not be
   *     asked about
   */
  public record Seen(long waiting, String slowest, List<String> absent) {

    public Seen {
      absent = List.copyOf(absent);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventReaders.class);
  private static final String PART = "imports-readers";
  private static final int TIME_LIMIT_SECONDS = 10;

  private final Admin admin;
  private final List<String> groups;

  /**
   * @param groups consumer groups of the readers
   */
  public EventReaders(KafkaClients clients, List<String> groups) {
    this.admin = clients.admin(PART);
    this.groups = List.copyOf(groups);
  }

  /**
   * Looks where they are.
   *
   * @param nextOffsets per partition, behind the last event that was sent; 0: none
   * @throws KafkaException if Kafka does not answer
   */
  public Seen look(List<Long> nextOffsets) {
    List<String> absent = new ArrayList<>();
    String slowest = "";
    long most = 0;
    if (nextOffsets.stream().allMatch(offset -> offset == 0)) {
      return new Seen(0, slowest, absent);
    }
    for (String group : groups) {
      try {
        if (!hasMembers(group)) {
          absent.add(group);
          continue;
        }
        long waiting = waiting(group, nextOffsets);
        if (slowest.isEmpty() || waiting > most) {
          slowest = group;
          most = waiting;
        }
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof GroupIdNotFoundException
            || failed.getCause() instanceof GroupAuthorizationException)) {
          throw new KafkaException("Kafka does not tell about group " + group, failed);
        }
        LOG.debug("group {} is not waited for", group, failed);
        absent.add(group);
      } catch (TimeoutException silent) {
        throw new KafkaException("Kafka does not tell about group " + group, silent);
      } catch (InterruptedException stopped) {
        throw new InterruptException(stopped);
      }
    }
    return new Seen(most, slowest, absent);
  }

  private boolean hasMembers(String group)
      throws ExecutionException, InterruptedException, TimeoutException {
    return !admin
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .values()
        .iterator()
        .next()
        .get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)
        .members()
        .isEmpty();
  }

  private long waiting(String group, List<Long> nextOffsets)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> read =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata(group)
            .get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
    long most = 0;
    for (int partition = 0; partition < nextOffsets.size(); partition++) {
      OffsetAndMetadata next =
          read.get(new TopicPartition(Topic.MACHINE_EVENTS.topicName(), partition));
      most = Math.max(most, nextOffsets.get(partition) - (next == null ? 0 : next.offset()));
    }
    return most;
  }

  @Override
  public void close() {
    admin.close();
  }
}
