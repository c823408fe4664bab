package io.linewright.edge.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.command.CommandGateway;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Commands from Kafka to a gateway and their steps back, over real brokers. */
class BridgeCommandsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final WireTap TAP = new WireTap();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STOPPED = "acme/graz/gw-1#commands/stopped";
  private static TestKafka kafka;
  private static TestMqtt mqtt;

  private final List<SampleValue> written = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  @BeforeAll
  static void startBrokers() throws Exception {
    kafka = TestKafka.start();
    mqtt = TestMqtt.start(TAP);
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
  }

  @AfterAll
  static void stopBrokers() {
    mqtt.close();
    kafka.close();
  }

  @Test
  void commandIsExecutedOnceAndItsStepsComeBackAlsoWhenTheBridgeIsRestarted() throws Exception {
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    try (CommandGateway gateway = gateway()) {
      try (RunningBridge running = bridge()) {
        awaitDeclared(gateway, CommandGateway.SPEED.toString());
        request(first, CommandGateway.SPEED.toString(), "40.0", Duration.ofMinutes(1));
        awaitSteps(first, "/edge/acme/graz/gw-1", "delivered", "written", "verified");
      }
      request(second, CommandGateway.SPEED.toString(), "50.0", Duration.ofMinutes(2));
      TAP.clear();
      try (RunningBridge again = bridge()) {
        awaitSteps(second, "/edge/acme/graz/gw-1", "delivered", "written", "verified");
      }
    }
    assertThat(written).containsExactly(SampleValue.of(40.0), SampleValue.of(50.0));
    assertThat(
            TAP.published("DCMD").stream()
                .map(one -> new String(one.payload(), StandardCharsets.ISO_8859_1)))
        .as("what was answered is not published again")
        .isNotEmpty()
        .allMatch(payload -> payload.contains(second));
    ConsumerRecord<byte[], byte[]> verified = results(first).getLast();
    assertThat(Committed.key(verified)).isEqualTo(CommandGateway.SPEED.equipment().toString());
    assertThat(Committed.header(verified, "ce_id")).isEqualTo(first + ".verified");
  }

  @Test
  void bridgeEndsWhatNoGatewayCanTakeAndSetsNonsenseAside() throws Exception {
    String nowhere = UUID.randomUUID().toString();
    String late = UUID.randomUUID().toString();
    String tag = CommandGateway.SPEED.toString();
    try (RunningBridge running = bridge()) {
      try (CommandGateway gateway = gateway()) {
        awaitDeclared(gateway, tag);
      }
      request(nowhere, "acme/graz/machining/line-1/mill-99#speed", "1.0", Duration.ofMinutes(1));
      request(late, tag, "40.0", Duration.ofSeconds(1));
      request(UUID.randomUUID().toString(), tag, "no number", Duration.ofMinutes(1));
      request(UUID.randomUUID().toString(), "other/site/a/b/c#x", "1.0", Duration.ofSeconds(1));

      awaitSteps(nowhere, "/bridge/linewright", "refused");
      awaitSteps(late, "/bridge/linewright", "expired");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Committed.records(kafka.bootstrapServers(), Topic.QUARANTINE.topicName()).stream()
                      .anyMatch(
                          read ->
                              Committed.header(read, "ce_subject")
                                  .equals(Topic.COMMANDS.topicName())));
    }
    assertThat(written).isEmpty();
    assertThat(results("other/site")).as("another bridge's").isEmpty();
  }

  @Test
  void switchOfAGatewayIsTurnedByACommandToTheNode() throws Exception {
    String stop = UUID.randomUUID().toString();
    String write = UUID.randomUUID().toString();
    try (CommandGateway gateway = gateway();
        RunningBridge running = bridge()) {
      awaitDeclared(gateway, STOPPED);
      produce(
          new CommandRequested(
              stop,
              STOPPED,
              "boolean",
              "true",
              "anna",
              Instant.now(),
              Instant.now().plusSeconds(60),
              ""));
      awaitSteps(stop, "/edge/acme/graz/gw-1", "delivered", "written", "verified");
      request(write, CommandGateway.SPEED.toString(), "40.0", Duration.ofMinutes(1));
      awaitSteps(write, "/edge/acme/graz/gw-1", "refused");
    }
    assertThat(written).isEmpty();
  }

  private static RunningBridge bridge() throws Exception {
    return new RunningBridge(kafka.bootstrapServers(), mqtt.url(), null, 0);
  }

  private CommandGateway gateway() throws Exception {
    return new CommandGateway(
        CommandGateway.file(Confirm.BRIDGE, 100), directory, mqtt.url(), true, written);
  }

  private static void request(String id, String tag, String value, Duration life) throws Exception {
    Instant now = Instant.now();
    produce(new CommandRequested(id, tag, "double", value, "anna", now, now.plus(life), "trial"));
  }

  private static void produce(CommandRequested command) throws Exception {
    Map<String, Object> p = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key =
          TagKey.parse(command.tag()).equipment().toString().getBytes(StandardCharsets.UTF_8);
      producer
          .send(
              new ProducerRecord<>(
                  Topic.COMMANDS.topicName(), key, JSON.writeValueAsBytes(command)))
          .get();
    }
  }

  /**
   * A gateway is ready before the bridge has dealt with its births, without which it has no tags.
   */
  private static void awaitDeclared(CommandGateway gateway, String tag) {
    await().atMost(PATIENCE).until(gateway::ready);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Committed.records(kafka.bootstrapServers(), Topic.EQUIPMENT.topicName()).stream()
                    .anyMatch(read -> tag.equals(Committed.key(read))));
  }

  private static void awaitSteps(String id, String source, String... steps) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<ConsumerRecord<byte[], byte[]>> all = results(id);
              // a command that was published again is answered again, under the same id
              assertThat(
                      all.stream()
                          .map(read -> JSON.readValue(read.value(), CommandProgress.class).step())
                          .distinct())
                  .containsExactly(steps);
              assertThat(all)
                  .extracting(read -> Committed.header(read, "ce_source"))
                  .containsOnly(source);
            });
  }

  private static List<ConsumerRecord<byte[], byte[]>> results(String text) {
    return Committed.records(kafka.bootstrapServers(), Topic.COMMAND_RESULTS.topicName()).stream()
        .filter(read -> new String(read.value(), StandardCharsets.UTF_8).contains(text))
        .toList();
  }
}
