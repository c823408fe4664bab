package io.linewright.kit.exactlyonce;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.observe.StageBooks;
import io.linewright.model.topic.Topic;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the consumers of a service and knows them all. */
public final class ExactlyOnce {

  private final KafkaClients clients;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final StageBooks books;
  private final FaultPoints faults;
  private final InstantSource clock;
  private final List<ExactlyOnceConsumer<?>> consumers = new CopyOnWriteArrayList<>();

  public ExactlyOnce(
      KafkaClients clients,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      StageBooks books,
      FaultPoints faults,
      InstantSource clock) {
    this.clients = clients;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.books = books;
    this.faults = faults;
    this.clock = clock;
  }

  /**
   * A consumer of one topic, to be declared as a bean: it starts and stops with the context.
   *
   * @param part name of this part of the service: suffix of the consumer group and of the stage in
   *     the books
   */
  public <P> ExactlyOnceConsumer<P> consumer(String part, Topic topic, BatchHandler<P> handler) {
    var consumer = new ExactlyOnceConsumer<>(part, topic.topicName(), handler, this);
    consumers.add(consumer);
    return consumer;
  }

  /** All consumers made here, for health and pages. */
  public List<ExactlyOnceConsumer<?>> consumers() {
    return List.copyOf(consumers);
  }

  /**
   * What all consumers of this process read together: {@code whole} if no other process of the
   * service stores anything.
   */
  public Ownership ownership() {
    boolean whole = true;
    int partitions = 0;
    long version = 0;
    for (ExactlyOnceConsumer<?> consumer : consumers) {
      Ownership one = consumer.ownership();
      whole &= one.whole();
      partitions += one.partitions();
      version += one.version();
    }
    return new Ownership(whole, partitions, version);
  }

  KafkaClients clients() {
    return clients;
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  TransactionTemplate transaction() {
    return transaction;
  }

  StageBooks books() {
    return books;
  }

  FaultPoints faults() {
    return faults;
  }

  InstantSource clock() {
    return clock;
  }
}
