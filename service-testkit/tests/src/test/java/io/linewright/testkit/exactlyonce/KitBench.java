package io.linewright.testkit.exactlyonce;

import com.zaxxer.hikari.HikariDataSource;
import io.linewright.kit.exactlyonce.BatchHandler;
import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.health.ConsumerMeters;
import io.linewright.kit.health.OutboxMeters;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.kafka.KafkaSettings;
import io.linewright.kit.kafka.ServiceIdentity;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.observe.StageCounts;
import io.linewright.kit.outbox.OutboxFactory;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The kit without Spring Boot: a handler that writes texts into a table without any unique key. */
@SuppressWarnings("NullAway.Init") // the kit is there after the start
final class KitBench implements AutoCloseable {

  static final Topic TOPIC = Topic.MACHINE_EVENTS;

  final HikariDataSource dataSource = new HikariDataSource();
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final KafkaClients clients;
  final TestKafka kafka;
  final String instance;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ServiceIdentity identity;
  private final boolean ahead;

  /** How much the kit's clock is ahead. */
  volatile Duration skipped = Duration.ZERO;

  private ExactlyOnce kit;

  KitBench(TestKafka kafka, String database, String service, String instance) {
    this(kafka, database, service, instance, false);
  }

  /**
   * @param ahead whether the handler prepares while the transaction before still runs
   */
  KitBench(TestKafka kafka, String database, String service, String instance, boolean ahead) {
    this.kafka = kafka;
    this.ahead = ahead;
    this.instance = instance;
    dataSource.setJdbcUrl(database);
    dataSource.setUsername(TestPostgres.USER);
    dataSource.setMaximumPoolSize(4);
    dataSource.setConnectionTimeout(1_000);
    Flyway.configure().dataSource(dataSource).locations("classpath:db/kit").load().migrate();
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    jdbc.sql("CREATE TABLE IF NOT EXISTS text_row (text varchar(20), size int)").update();
    jdbc.sql("CREATE TABLE IF NOT EXISTS refused (text text, cause text)").update();
    identity = new ServiceIdentity(service, instance);
    clients =
        new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), Map.of(), true), identity);
  }

  static String uniqueService() {
    return "bench" + UUID.randomUUID().toString().substring(0, 8);
  }

  ExactlyOnceConsumer<?> start() {
    kit =
        new ExactlyOnce(
            clients,
            jdbc,
            transaction,
            new StageBooks(jdbc, identity, meters),
            FaultPoints.none(),
            () -> Clock.systemUTC().instant().plus(skipped));
    var consumer = kit.consumer("texts", TOPIC, new TextHandler());
    new ConsumerMeters(kit, meters, Clock.systemUTC()).afterSingletonsInstantiated();
    consumer.start();
    return consumer;
  }

  /** What made the consumer that was started last. */
  ExactlyOnce kit() {
    return kit;
  }

  /** The relay of this service's outbox, with gauges; the caller starts and stops it. */
  OutboxRelay relay(OutboxFactory factory, JsonMapper json, FaultPoints faults) {
    OutboxRelay relay = factory.relay(dataSource, clients, json, faults, Clock.systemUTC());
    new OutboxMeters(relay, meters, Clock.systemUTC()).afterSingletonsInstantiated();
    return relay;
  }

  double gauge(String name, String... tags) {
    return meters.get(name).tags(tags).gauge().value();
  }

  void send(String... texts) {
    sendTo(0, texts);
  }

  void sendTo(int partition, String... texts) {
    try (var producer =
        new KafkaProducer<String, String>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String text : texts) {
        producer.send(new ProducerRecord<>(TOPIC.topicName(), partition, "key", text));
      }
    }
  }

  /** A connection beside the pool. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(dataSource.getJdbcUrl(), TestPostgres.USER, "");
  }

  /** Ends every connection of the pool from outside, as a restart of the database does. */
  void cutConnections() throws SQLException {
    try (Connection own = connect();
        Statement statement = own.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
  }

  List<String> texts() {
    return jdbc.sql("SELECT text FROM text_row ORDER BY text")
        .query((row, n) -> row.getString(1))
        .list();
  }

  static void await(ExactlyOnceConsumer<?> consumer, Condition condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> consumer.state().condition() == condition);
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private final class TextHandler implements BatchHandler<List<ConsumerRecord<byte[], byte[]>>> {

    @Override
    public List<ConsumerRecord<byte[], byte[]>> prepare(
        List<ConsumerRecord<byte[], byte[]>> records) {
      return records;
    }

    @Override
    public boolean preparesAhead() {
      return ahead;
    }

    @Override
    public Stored store(List<ConsumerRecord<byte[], byte[]>> records, Instant transactionTime) {
      for (var record : records) {
        String text = new String(record.value(), StandardCharsets.UTF_8);
        if (text.equals("bug")) {
          throw new IllegalStateException("this handler has a bug");
        }
        if (text.equals("deadly")) {
          throw new LinkageError("this handler cannot go on");
        }
        jdbc.sql("INSERT INTO text_row (text) VALUES (?)").params(text).update();
      }
      return new Stored(new StageCounts(records.size(), records.size(), 0, 0), List.of(), () -> {});
    }

    @Override
    public void setAside(List<SetAside> refused) {
      for (SetAside one : refused) {
        jdbc.sql("INSERT INTO refused (text, cause) VALUES (?, ?)")
            .params(new String(one.payload(), StandardCharsets.UTF_8), one.cause())
            .update();
      }
    }
  }
}
