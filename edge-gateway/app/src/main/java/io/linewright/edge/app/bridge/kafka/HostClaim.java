package io.linewright.edge.app.bridge.kafka;

import io.linewright.model.topic.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Whose a host id is: the process's that claimed it last. Kafka lets the producer write that was
 * opened last, and cannot tell a bridge that is new from one that opens again after a failure; the
 * claim, made before the first opening, can.
 */
final class HostClaim {

  private final Map<String, Object> connection;
  private final PositionJson json;
  private final String instance;
  private boolean made;

  /**
   * @param instance names this process
   */
  HostClaim(Map<String, Object> connection, PositionJson json, String instance) {
    this.connection = connection;
    this.json = json;
    this.instance = instance;
  }

  /**
   * Claims the host id, unless this process has done so before: whoever claims again after a
   * failure would take the id from a younger bridge.
   *
   * @throws KafkaException if Kafka does not take it
   */
  void makeOnce(RecordWriter writer) {
    if (made) {
      return;
    }
    Map<String, Object> p = new HashMap<>(connection);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    // Outside of any transaction, so that it holds at once and also if the bridge ends here.
    try (var plain = new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer())) {
      plain.send(writer.position(json.claimKey(), json.writeClaim(instance))).get();
      made = true;
    } catch (ExecutionException refused) {
      throw new KafkaException("the host id could not be claimed", refused.getCause());
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  /**
   * Whether another process has claimed the host id after this one.
   *
   * @throws KafkaException if the claims cannot be read
   */
  boolean isAnothers() {
    AtomicReference<String> last = new AtomicReference<>(instance);
    CompactedTopic.readAllToEnd(
        connection,
        Topic.BRIDGE_POSITIONS.topicName(),
        read -> {
          if (json.isClaim(read.key()) && read.value() != null) {
            last.set(json.readClaim(read.value()));
          }
        });
    return !last.get().equals(instance);
  }
}
