package io.linewright.edge.app.bridge.kafka;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.model.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bridge's transactional producer and what it has committed. Not safe for use by several
 * threads.
 *
 * <p>There is one answer to every failure: {@link #open()} again. It makes a new producer, which
 * ends what the old one left open, and reads what was really committed.
 */
public final class BridgeLog implements AutoCloseable {

  /** A dead bridge's open transaction holds up readers so long at most. */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;

  private final String hostId;
  private final String instance;
  private final Map<String, Object> connection;
  private final PositionJson json;
  private final RecordWriter writer;
  private final HostClaim claim;
  private @Nullable Producer<byte[], byte[]> producer;
  private long transaction;

  /**
   * @param connection how every client reaches Kafka
   * @param instance names this process
   */
  public BridgeLog(
      String hostId, String instance, Map<String, Object> connection, JsonMapper mapper) {
    this.hostId = hostId;
    this.instance = instance;
    this.connection = Map.copyOf(connection);
    this.json = new PositionJson(hostId, mapper);
    this.writer = new RecordWriter(mapper, hostId);
    this.claim = new HostClaim(this.connection, json, instance);
  }

  /**
   * Takes the host id: says so to others, once, then ends whatever a producer with it left open,
   * and reads what was committed.
   *
   * @throws BridgeFencedException if another process has claimed the host id after this one
   * @throws KafkaException if Kafka cannot be reached or refuses
   */
  public Snapshot open() throws BridgeFencedException {
    close();
    claim();
    checkClaim(); // ending a younger bridge's transaction would do harm for nothing
    Producer<byte[], byte[]> fresh = newProducer();
    producer = fresh;
    fresh.initTransactions(); // before reading: from now on nothing of a predecessor can appear
    checkClaim(); // a bridge that claims later than this ends our transactions
    Map<NodeId, Ledger> ledgers = new HashMap<>();
    HostRecord host = readPositions(ledgers);
    Map<String, String> equipment = new HashMap<>();
    CompactedTopic.readToEnd(
        connection,
        Topic.EQUIPMENT.topicName(),
        read -> {
          if (read.value() == null) {
            equipment.remove(text(read.key()));
          } else {
            equipment.put(text(read.key()), text(read.value()));
          }
        });
    transaction = Math.max(transaction, host == null ? 0 : host.transaction());
    begin(); // shows that Kafka takes not only the opening of transactions
    commit(Map.of(), host == null ? 0 : host.reported());
    return new Snapshot(host, ledgers, equipment);
  }

  /** Says to others that the host id is this process's, the first time that it is called. */
  void claim() {
    claim.makeOnce(writer);
  }

  private void checkClaim() throws BridgeFencedException {
    if (claim.isAnothers()) {
      throw new BridgeFencedException(hostId);
    }
  }

  private Producer<byte[], byte[]> newProducer() {
    Map<String, Object> p = new HashMap<>(connection);
    p.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "linewright-bridge-" + hostId);
    p.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    p.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    // With more, the first requests of a transaction overtake the broker's own opening of it
    // (CONCURRENT_TRANSACTIONS) and are refused as out of order until all were repeated.
    p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    p.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    p.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private @Nullable HostRecord readPositions(Map<NodeId, Ledger> ledgers) {
    AtomicReference<@Nullable HostRecord> host = new AtomicReference<>();
    CompactedTopic.readToEnd(
        connection,
        Topic.BRIDGE_POSITIONS.topicName(),
        read -> {
          if (json.isHost(read.key())) {
            host.set(read.value() == null ? null : json.readHost(read.value()));
          }
          json.node(read.key())
              .ifPresent(
                  node -> {
                    if (read.value() == null) {
                      ledgers.remove(node);
                    } else {
                      ledgers.put(node, json.readLedger(read.value()));
                    }
                  });
        });
    return host.get();
  }

  /** Writes facts as records. */
  public RecordWriter writer() {
    return writer;
  }

  /** Number of the transaction that is open or was committed last. */
  public long transaction() {
    return transaction;
  }

  /**
   * Whether the transaction of that number is part of the snapshot.
   *
   * @param number {@link #transaction()} at the time of the failure
   */
  public boolean contains(Snapshot snapshot, long number) {
    HostRecord host = snapshot.host();
    return host != null && host.instance().equals(instance) && host.transaction() == number;
  }

  /** Begins a transaction. */
  public void begin() {
    producer().beginTransaction();
  }

  /** Hands over one record of the open transaction. */
  public void send(ProducerRecord<byte[], byte[]> one) {
    producer().send(one);
  }

  /**
   * Commits the open transaction together with how far it has carried each node.
   *
   * @param ledgers the nodes that it touches
   * @param reported values that the bridge has written of its own books
   * @throws KafkaException if it is not known whether the transaction was committed; see {@link
   *     #contains}
   */
  public void commit(Map<NodeId, Ledger> ledgers, long reported) {
    ledgers.forEach((node, ledger) -> send(writer.position(json.key(node), json.write(ledger))));
    send(writer.position(json.hostKey(), json.write(next(reported))));
    commitNow();
  }

  private HostRecord next(long reported) {
    transaction++;
    return new HostRecord(instance, transaction, reported);
  }

  private void commitNow() {
    producer().commitTransaction();
  }

  private Producer<byte[], byte[]> producer() {
    if (producer == null) {
      throw new KafkaException("the bridge has no connection to Kafka");
    }
    return producer;
  }

  /** Lets go of the producer at once; an open transaction is ended by the next {@link #open()}. */
  @Override
  public void close() {
    Producer<byte[], byte[]> old = producer;
    producer = null;
    if (old != null) {
      old.close(Duration.ZERO);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
