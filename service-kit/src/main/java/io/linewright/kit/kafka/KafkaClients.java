package io.linewright.kit.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka clients with the settings on which exactly-once rests. A member's place in its group
 * is static ({@code group.instance.id}): a restart within the session time-out of 10 s finds its
 * partitions without a rebalance. The cooperative assignor lets the other members work on while one
 * joins or leaves.
 */
public final class KafkaClients {

  /**
   * With more, the first requests to a new partition may overtake each other: the later one is
   * taken, the earlier one refused as out of order until its time is over (KAFKA-15591).
   */
  private static final int ONE_REQUEST = 1;

  private static final int SESSION_TIMEOUT_MS = 10_000;
  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  private final KafkaSettings settings;
  private final ServiceIdentity identity;

  public KafkaClients(KafkaSettings settings, ServiceIdentity identity) {
    this.settings = settings;
    this.identity = identity;
  }

  /** Consumer of committed records in group {@code service.part}; it never chooses an offset. */
  public KafkaConsumer<byte[], byte[]> consumer(String part, int maxPollRecords) {
    Map<String, Object> p = common(part);
    p.put(ConsumerConfig.GROUP_ID_CONFIG, identity.service() + "." + part);
    p.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, identity.clientId(part));
    p.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    p.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    p.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS / 4);
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    p.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
    p.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    p.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
    p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    p.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Idempotent, transactional producer; a second one with the same part fences the first off. */
  public KafkaProducer<byte[], byte[]> transactionalProducer(String part) {
    Map<String, Object> p = common(part);
    p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, identity.service() + "." + part);
    p.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, ONE_REQUEST);
    p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    p.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Idempotent producer outside of transactions, for records that may come again: their readers
   * tell repeats by what is in them. A record is acknowledged by all replicas or refused within 30
   * s.
   */
  public KafkaProducer<byte[], byte[]> producer(String part) {
    Map<String, Object> p = common(part);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, ONE_REQUEST);
    p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    p.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Administration client; answers or fails within 10 s. */
  public Admin admin(String part) {
    Map<String, Object> p = common(part);
    p.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    p.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return Admin.create(p);
  }

  /** Who these clients belong to. */
  public ServiceIdentity identity() {
    return identity;
  }

  /** Group that a consumer of this part belongs to; lag tools show it. */
  public String group(String part) {
    return identity.service() + "." + part;
  }

  private Map<String, Object> common(String part) {
    Map<String, Object> p = new HashMap<>(settings.properties());
    p.put("bootstrap.servers", settings.bootstrapServers());
    p.put("client.id", identity.clientId(part));
    return p;
  }
}
