package io.linewright.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.wire.Sent;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.command.StopSwitch;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Commands as they come from MQTT, and what leaves of them, packet by packet. */
class CommandsOnTheWireTest {

  private static final TagKey SPEED = CommandGateway.SPEED;
  private static final String DCMD = "spBv1.0/acme:graz/DCMD/gw-1/machining:line-1:mill-01";
  private static final String NCMD = "spBv1.0/acme:graz/NCMD/gw-1";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final WireTap TAP = new WireTap();
  private static TestMqtt broker;

  private final List<SampleValue> written = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;
  private MqttClient platform;
  private @Nullable CommandGateway gateway;

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start(TAP);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void connectPlatform() throws MqttException {
    TAP.clear();
    platform =
        new MqttClient(broker.url(), "platform-" + UUID.randomUUID(), new MemoryPersistence());
    platform.connect();
  }

  @AfterEach
  void close() throws Exception {
    stop();
    platform.disconnect();
    platform.close();
  }

  @Test
  void commandIsWrittenOnceAndItsStepsLeaveInOrder() throws Exception {
    start(true);
    Metric command = command(1, 40.0, Duration.ofMinutes(1));
    send(DCMD, command);
    awaitTold("1 delivered", "1 written", "1 verified");
    send(DCMD, command);
    awaitTold("1 delivered", "1 written", "1 verified", "1 verified");
    assertThat(written).containsExactly(SampleValue.of(40.0));
    assertThat(progress().getFirst().tag()).isEqualTo(SPEED.toString());
  }

  @Test
  void expiredAndPlainWritesReachNoMachine() throws Exception {
    start(true);
    send(
        DCMD,
        new Metric(
            SPEED.name().value(),
            OptionalLong.empty(),
            SparkplugType.DOUBLE.number(),
            OptionalLong.of(System.currentTimeMillis()),
            false,
            40.0,
            false,
            Map.of()));
    send(DCMD, command(2, 40.0, Duration.ofSeconds(-1)));
    send(DCMD, command(3, 400.0, Duration.ofMinutes(1)));
    platform.publish(DCMD, new MqttMessage(new byte[] {1, 2, 3}));
    awaitTold("2 expired", "3 refused");
    assertThat(node().refused()).isEqualTo(1);
    assertThat(written).isEmpty();
  }

  @Test
  void clockOfThePlatformCountsForTheExpiry() throws Exception {
    start(true);
    long ahead = Instant.now().plusSeconds(300).toEpochMilli();
    platform.publish(
        "linewright/v1/confirmed/acme:graz/gw-1",
        new MqttMessage(
            "{\"host\":\"linewright\",\"epoch\":1,\"live\":0,\"backfill\":0,\"timestamp\":%d}"
                .formatted(ahead)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    send(DCMD, command(1, 40.0, Duration.ofMinutes(1)));
    awaitTold("1 expired");
    assertThat(written).isEmpty();
  }

  @Test
  void stoppedBetweenWriteAndAnswerItIsNotWrittenAgain() throws Exception {
    start(false);
    Metric command = command(1, 40.0, Duration.ofMinutes(1));
    send(DCMD, command);
    await().until(() -> !written.isEmpty());
    stop();
    TAP.clear();
    start(true);
    send(DCMD, command);
    await().until(() -> steps().contains("1 delivered"));
    node()
        .desk()
        .seen(
            SPEED.equipment(),
            SPEED.name(),
            new Sample(SampleValue.of(40.0), StatusCode.GOOD, 1, 0));
    await().until(() -> steps().contains("1 verified"));
    assertThat(written).hasSize(1);
  }

  @Test
  void switchStopsAllWritesAndOutlivesARestart() throws Exception {
    start(true);
    send(NCMD, command(StopSwitch.NAME.value(), 1, SparkplugType.BOOLEAN, true));
    send(DCMD, command(2, 40.0, Duration.ofMinutes(1)));
    awaitTold("1 delivered", "1 written", "1 verified", "2 refused");
    await().until(() -> switchTold().contains(true));
    stop();
    TAP.clear();
    start(true);
    send(DCMD, command(3, 40.0, Duration.ofMinutes(1)));
    await().until(() -> steps().contains("3 refused"));
    send(NCMD, command(StopSwitch.NAME.value(), 4, SparkplugType.BOOLEAN, false));
    send(DCMD, command(5, 50.0, Duration.ofMinutes(1)));
    await().until(() -> steps().contains("5 verified"));
    assertThat(written).containsExactly(SampleValue.of(50.0));
    await().until(() -> switchTold().contains(false));
  }

  @Test
  void otherRulesCountAtOnce() throws Exception {
    start(true);
    node().desk().take(GatewayRules.of(file(10)));
    send(DCMD, command(1, 40.0, Duration.ofMinutes(1)));
    send(DCMD, command(2, 5.0, Duration.ofMinutes(1)));
    awaitTold("1 refused", "2 delivered", "2 written", "2 verified");
  }

  private void start(boolean answers) throws Exception {
    gateway = new CommandGateway(file(100), directory, broker.url(), answers, written);
    await().until(() -> node().ready());
  }

  private CommandGateway node() {
    return Objects.requireNonNull(gateway, "started");
  }

  private void stop() throws CommandStoreException {
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }

  private static EdgeFile file(double highest) {
    return CommandGateway.file(GatewayIdentity.Confirm.NONE, highest);
  }

  private void send(String topic, Metric metric) throws MqttException {
    Payload payload =
        new Payload(
            OptionalLong.of(System.currentTimeMillis()), OptionalInt.empty(), List.of(metric));
    platform.publish(topic, new MqttMessage(PayloadCodec.encode(payload)));
  }

  private static Metric command(int number, double value, Duration life) {
    return command(SPEED.name().value(), number, SparkplugType.DOUBLE, value, life);
  }

  private static Metric command(String name, int number, SparkplugType type, Object value) {
    return command(name, number, type, value, Duration.ofMinutes(1));
  }

  private static Metric command(
      String name, int number, SparkplugType type, Object value, Duration life) {
    long now = System.currentTimeMillis();
    return new Metric(
        name,
        OptionalLong.empty(),
        type.number(),
        OptionalLong.of(now),
        false,
        value,
        false,
        Map.of(
            LinewrightMetrics.COMMAND_ID,
            new UUID(0, number).toString(),
            LinewrightMetrics.REQUESTER,
            "anna",
            LinewrightMetrics.REQUESTED_AT,
            now,
            LinewrightMetrics.EXPIRES_AT,
            now + life.toMillis()));
  }

  private static void awaitTold(String... steps) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(steps()).containsExactly(steps));
  }

  private static List<String> steps() {
    return progress().stream()
        .map(step -> UUID.fromString(step.id()).getLeastSignificantBits() + " " + step.step())
        .toList();
  }

  private static List<CommandProgress> progress() {
    List<CommandProgress> all = new ArrayList<>();
    long alias = -1;
    for (Sent sent : Sent.of(TAP, "gw-1")) {
      if (sent.type().equals("NBIRTH")) {
        alias = sent.metric(LinewrightMetrics.COMMAND_PROGRESS).getAlias();
      }
      for (var metric : sent.payload().getMetricsList()) {
        if (sent.type().equals("NDATA") && metric.getAlias() == alias) {
          all.add(JSON.readValue(metric.getStringValue(), CommandProgress.class));
        }
      }
    }
    return all;
  }

  private static List<Boolean> switchTold() {
    List<Boolean> all = new ArrayList<>();
    long alias = -1;
    for (Sent sent : Sent.of(TAP, "gw-1")) {
      if (sent.type().equals("NBIRTH")) {
        alias = sent.metric(StopSwitch.NAME.value()).getAlias();
      }
      for (var metric : sent.payload().getMetricsList()) {
        if (sent.type().equals("NDATA") && metric.getAlias() == alias) {
          all.add(metric.getBooleanValue());
        }
      }
    }
    return all;
  }
}
