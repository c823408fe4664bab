package io.linewright.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.topic.Topic;
import io.linewright.standalone.TestPorts;
import io.linewright.standalone.data.Login;
import io.linewright.standalone.tls.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeTest {

  private static final Map<String, Login> USERS =
      Stream.of("admin", "bridge", "ingest", "oee", "gateway", "reader", "mes")
          .map(KafkaNodeTest::login)
          .collect(Collectors.toMap(Login::username, Function.identity()));

  private static final Listener LISTENER = Listener.plain("127.0.0.1");

  /**
   * The producer asks for its idempotent id by itself: what forbids it is told by the future or, if
   * it was quicker, by the call.
   */
  private static final Class<?>[] REFUSALS = {ExecutionException.class, KafkaException.class};

  @TempDir static Path dir;
  private static KafkaNode node;

  @BeforeAll
  static void start() throws Exception {
    node = start(dir);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void catalogueIsCreated() throws Exception {
    try (Admin admin = Admin.create(settings("admin"))) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS))
          .containsAll(Stream.of(Topic.values()).map(Topic::topicName).toList());
    }
  }

  @Test
  void topicsAndAccessRulesAreThereAfterARestart(@TempDir Path other) throws Exception {
    start(other).close();

    try (KafkaNode again = start(other);
        Admin admin =
            Admin.create(
                withBootstrap(
                    KafkaNode.clientProperties(login("reader"), LISTENER), again.bootstrap()))) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS))
          .contains(Topic.TELEMETRY.topicName());
    }
  }

  private static KafkaNode start(Path logs) throws Exception {
    KafkaNode started =
        KafkaNode.start(logs, LISTENER, TestPorts.free(), TestPorts.free(), USERS, why -> {});
    KafkaAccess.apply(started.bootstrap(), KafkaNode.clientProperties(login("admin"), LISTENER));
    awaitAccess(started);
    return started;
  }

  /** Rules count a moment after they are taken. */
  private static void awaitAccess(KafkaNode started) {
    Map<String, String> reader = KafkaNode.clientProperties(login("reader"), LISTENER);
    try (Admin admin = Admin.create(withBootstrap(reader, started.bootstrap()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> admin.listTopics().names().get(60, TimeUnit.SECONDS),
              names -> names.contains(Topic.TELEMETRY.topicName()));
    }
  }

  private static Map<String, Object> withBootstrap(Map<String, String> settings, String address) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", address);
    return all;
  }

  @Test
  void wrongPasswordIsRefused() {
    Map<String, Object> settings = settings(new Login("bridge", "guessed"));

    assertThatThrownBy(() -> send(settings, Topic.TELEMETRY.topicName()))
        .isInstanceOfAny(REFUSALS)
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void bridgeWritesAndReaderReads() throws Exception {
    send(settings("bridge"), Topic.QUARANTINE.topicName());

    try (KafkaConsumer<String, String> consumer = consumer("reader")) {
      TopicPartition partition = new TopicPartition(Topic.QUARANTINE.topicName(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      assertThat(consumer.poll(Duration.ofSeconds(60))).isNotEmpty();
    }
  }

  @Test
  void commandsAreWrittenByIngestAndReadByTheBridge() throws Exception {
    send(settings("ingest"), Topic.COMMANDS.topicName());
    send(settings("ingest"), Topic.COMMAND_RESULTS.topicName());
    send(settings("bridge"), Topic.COMMAND_RESULTS.topicName());
    for (String user : List.of("bridge", "reader", "mes", "gateway")) {
      assertThatThrownBy(() -> send(settings(user), Topic.COMMANDS.topicName()))
          .isInstanceOfAny(REFUSALS)
          .hasCauseInstanceOf(AuthorizationException.class);
    }
    try (KafkaConsumer<String, String> consumer = consumer("bridge")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.COMMANDS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assertThat(consumer.poll(Duration.ofSeconds(60))).isNotEmpty();
    }
  }

  /** Imports wait for who reads their events, and so must see how far it is. */
  @Test
  void ingestSeesHowFarReadersOfMachineEventsAre() throws Exception {
    String group = "oee-service.events";
    try (Admin admin = Admin.create(settings("ingest"))) {
      assertThat(
              admin
                  .listConsumerGroupOffsets(group)
                  .partitionsToOffsetAndMetadata(group)
                  .get(60, TimeUnit.SECONDS))
          .isEmpty();
    }
    try (Admin admin = Admin.create(settings("bridge"))) {
      assertThatThrownBy(
              () ->
                  admin
                      .listConsumerGroupOffsets(group)
                      .partitionsToOffsetAndMetadata(group)
                      .get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void readerDoesNotWrite() {
    assertThatThrownBy(() -> send(settings("reader"), Topic.TELEMETRY.topicName()))
        .isInstanceOfAny(REFUSALS)
        .hasCauseInstanceOf(AuthorizationException.class);
  }

  @Test
  void manufacturingExecutionSystemTouchesNothingButOrders() throws Exception {
    try (Admin admin = Admin.create(settings("mes"))) {
      assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS)).isEmpty();
    }
    assertThatThrownBy(() -> send(settings("mes"), Topic.MACHINE_EVENTS.topicName()))
        .isInstanceOfAny(REFUSALS)
        .hasCauseInstanceOf(TopicAuthorizationException.class);
  }

  private static void send(Map<String, Object> settings, String topic) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", "value")).get(60, TimeUnit.SECONDS);
    }
  }

  private static KafkaConsumer<String, String> consumer(String user) {
    return new KafkaConsumer<>(settings(user), new StringDeserializer(), new StringDeserializer());
  }

  private static Map<String, Object> settings(String user) {
    return settings(login(user));
  }

  private static Map<String, Object> settings(Login login) {
    Map<String, Object> settings = new HashMap<>(KafkaNode.clientProperties(login, LISTENER));
    settings.put("bootstrap.servers", node.bootstrap());
    settings.put("max.block.ms", "60000");
    return settings;
  }

  private static Login login(String name) {
    return new Login(name, name + "-secret");
  }
}
