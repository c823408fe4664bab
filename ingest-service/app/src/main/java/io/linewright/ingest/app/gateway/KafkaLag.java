package io.linewright.ingest.app.gateway;

import io.linewright.kit.kafka.KafkaClients;
import io.linewright.model.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Offsets of live telemetry in Kafka behind what is stored: records that wait, and the end marks of
 * transactions.
 */
final class KafkaLag {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLag.class);
  private static final int WAIT_SECONDS = 3;
  private static final String PART = "lag";

  private final KafkaClients clients;
  private final JdbcClient jdbc;

  KafkaLag(KafkaClients clients, JdbcClient jdbc) {
    this.clients = clients;
    this.jdbc = jdbc;
  }

  /** How many there are; empty if Kafka does not answer within three seconds. */
  OptionalLong ofLiveTelemetry() {
    Map<TopicPartition, Long> stored = stored();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    stored.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    try (Admin admin = clients.admin(PART)) {
      long waiting = 0;
      var ends =
          admin
              .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(WAIT_SECONDS, TimeUnit.SECONDS);
      for (var end : ends.entrySet()) {
        long next = stored.getOrDefault(end.getKey(), 0L);
        waiting += Math.max(0, end.getValue().offset() - next);
      }
      return OptionalLong.of(waiting);
    } catch (ExecutionException | TimeoutException | KafkaException failed) {
      LOG.debug("Kafka does not tell how much waits", failed);
      return OptionalLong.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private Map<TopicPartition, Long> stored() {
    Map<TopicPartition, Long> next = new HashMap<>();
    jdbc.sql("SELECT partition, next_offset FROM consumer_offset WHERE topic = ?")
        .param(Topic.TELEMETRY.topicName())
        .query(
            row -> {
              next.put(
                  new TopicPartition(Topic.TELEMETRY.topicName(), row.getInt(1)), row.getLong(2));
            });
    return next;
  }
}
