package io.linewright.edge.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.wire.RawPayload;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.host.ledger.NodeCounts;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EventTypes;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.telemetry.TelemetryFormatException;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The bridge between a real MQTT broker and a real Kafka. */
class BridgeAgainstBrokersTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static @Nullable TestKafka kafka;
  private static @Nullable TestMqtt mqtt;
  private static final WireTap TAP = new WireTap();

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
    mqtt().close();
    kafka().close();
  }

  private static TestKafka kafka() {
    return java.util.Objects.requireNonNull(kafka);
  }

  private static TestMqtt mqtt() {
    return java.util.Objects.requireNonNull(mqtt);
  }

  private static RunningBridge bridge(@Nullable String diesAt, int passing) throws Exception {
    return new RunningBridge(kafka().bootstrapServers(), mqtt().url(), diesAt, passing);
  }

  private static TestGateway gateway(String node, double loss) throws MqttException {
    return new TestGateway(
        mqtt().url(), node, 5, loss, 1 + UUID.randomUUID().getMostSignificantBits() >>> 1);
  }

  private static void awaitConfirmed(TestGateway gateway, long position) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(gateway.confirmed()).isEqualTo(position));
  }

  /** Source times of a node's state tag, in the order of the topic; one per record. */
  private static List<Long> states(String node) throws TelemetryFormatException {
    List<Long> times = new ArrayList<>();
    for (var read : Committed.records(kafka().bootstrapServers(), Topic.TELEMETRY.topicName())) {
      TelemetryBatch batch = TelemetryCodec.decode(read.value());
      for (TagSeries series : batch.series()) {
        if (batch.node().equals(node) && series.tag().value().equals("state")) {
          series.samples().stream().map(Sample::sourceMicros).forEach(times::add);
        }
      }
    }
    return times;
  }

  private static List<Long> expected(long records) {
    return LongStream.rangeClosed(1, records)
        .map(position -> (1_700_000_000_000L + position) * 1000)
        .boxed()
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> events(String node) {
    return Committed.records(kafka().bootstrapServers(), Topic.MACHINE_EVENTS.topicName()).stream()
        .filter(e -> Committed.header(e, "ce_source").equals("/bridge/acme:graz/" + node))
        .toList();
  }

  private static void everyRecordOnce(String node, long records) throws TelemetryFormatException {
    assertThat(states(node)).containsExactlyElementsOf(expected(records));
    assertThat(events(node))
        .extracting(event -> Long.valueOf(Committed.header(event, "ce_sequence")))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, records).boxed().toList());
  }

  @Test
  void carriesValuesEventsAndEquipmentAndConfirms() throws Exception {
    try (RunningBridge running = bridge(null, 0);
        TestGateway gateway = gateway("gw-plain", 0)) {
      gateway.produce(300);
      awaitConfirmed(gateway, 300);
      everyRecordOnce("gw-plain", 300);

      var first = events("gw-plain").getFirst();
      assertThat(Committed.key(first)).isEqualTo("acme/graz/body/line-1");
      assertThat(Committed.header(first, "ce_id"))
          .isEqualTo(TestGateway.PATH + "#state@1700000000001000.0");
      assertThat(Committed.header(first, "content-type")).isEqualTo("application/json");
      NodeCounts books = running.status.total();
      assertThat(books.in())
          .isGreaterThanOrEqualTo(300 * 6)
          .isEqualTo(books.out() + books.setAside() + books.duplicates());
      var equipment = Committed.records(kafka().bootstrapServers(), Topic.EQUIPMENT.topicName());
      assertThat(equipment)
          .extracting(Committed::key)
          .contains(TestGateway.PATH, TestGateway.PATH + "#value/0", "acme/graz/gw-plain");
      assertThat(equipment)
          .as("declared by several gateways, several times each")
          .extracting(Committed::key)
          .filteredOn(key -> key.startsWith(TestGateway.PATH + "#"))
          .hasSize(6)
          .doesNotHaveDuplicates();
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          Committed.records(
                              kafka().bootstrapServers(), Topic.TELEMETRY.topicName()))
                      .extracting(Committed::key)
                      .contains("acme/graz/linewright"));
    }
  }

  @Test
  void bridgeKilledBeforeConfirmingRepeatsNothing() throws Exception {
    killedBridgeRepeatsAndLosesNothing("between-kafka-commit-and-confirm", 3);
  }

  @Test
  void wordsEnergyAndProgressAreToldOnceAndNeverAheadOfWhatIsHeldBack() throws Exception {
    String node = "gw-metered";
    long records = 600;
    try (TestGateway gateway = TestGateway.metered(mqtt().url(), node, 0.01, 4712)) {
      gateway.produce(records);
      try (RunningBridge first = bridge("between-kafka-commit-and-confirm", 3)) {
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).until(first::killed);
      }
      try (RunningBridge second = bridge(null, 0)) {
        awaitConfirmed(gateway, records);
      }
    }
    List<ConsumerRecord<byte[], byte[]>> events = events(node);
    assertThat(events)
        .extracting(event -> Long.valueOf(Committed.header(event, "ce_sequence")))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events).extracting(event -> Committed.header(event, "ce_id")).doesNotHaveDuplicates();
    assertThat(events)
        .filteredOn(event -> type(event).equals(EventTypes.MACHINE_STATE))
        .extracting(event -> JSON.readTree(event.value()).path("value").asString())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, records / 10)
                .mapToObj(tenth -> TestGateway.word(tenth * 10))
                .toList());
    energyHoldsAtEachState(events);
    progressIsNeverAhead(events);
  }

  private static void energyHoldsAtEachState(List<ConsumerRecord<byte[], byte[]>> events) {
    List<ConsumerRecord<byte[], byte[]>> energy =
        events.stream().filter(event -> type(event).equals(EventTypes.MACHINE_ENERGY)).toList();
    for (ConsumerRecord<byte[], byte[]> state : events) {
      if (type(state).equals(EventTypes.MACHINE_STATE)) {
        assertThat(energy)
            .filteredOn(event -> time(event).equals(time(state)))
            .as("the value that held at %s", time(state))
            .singleElement()
            .extracting(event -> JSON.readTree(event.value()).path("value").asDouble())
            .isEqualTo((time(state).toEpochMilli() - TestGateway.METERED_FROM) / 1_000.0);
      }
    }
    assertThat(energy).as("of 600 values").hasSizeBetween(60, 100);
  }

  private static void progressIsNeverAhead(List<ConsumerRecord<byte[], byte[]>> events) {
    Instant known = Instant.EPOCH;
    List<Instant> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> event : events) {
      if (type(event).equals(EventTypes.MACHINE_PROGRESS)) {
        known = Instant.parse(JSON.readTree(event.value()).path("completeUntil").asString());
        told.add(known);
      } else if (type(event).equals(EventTypes.MACHINE_STATE)) {
        assertThat(time(event)).as("a state that progress had passed").isAfter(known);
      }
    }
    Instant held = Instant.ofEpochMilli(TestGateway.completeUntil(100));
    Instant released = Instant.ofEpochMilli(TestGateway.completeUntil(401));
    assertThat(told).isSorted().hasSizeBetween(25, 45);
    assertThat(told)
        .as("while something older was held back")
        .noneMatch(until -> until.isAfter(held) && until.isBefore(released));
  }

  private static String type(ConsumerRecord<byte[], byte[]> event) {
    return Committed.header(event, "ce_type");
  }

  private static Instant time(ConsumerRecord<byte[], byte[]> event) {
    return Instant.parse(Committed.header(event, "ce_time"));
  }

  @Test
  @Tag("long")
  void bridgeKilledBeforeCommittingLosesNothing() throws Exception {
    killedBridgeRepeatsAndLosesNothing("before-kafka-commit", 4);
  }

  private static void killedBridgeRepeatsAndLosesNothing(String point, int passing)
      throws Exception {
    String node = "gw-" + point + "-" + passing;
    try (TestGateway gateway = gateway(node, 0.01)) {
      gateway.produce(1_000);
      try (RunningBridge first = bridge(point, passing)) {
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).until(first::killed);
      }
      try (RunningBridge second = bridge(null, 0)) {
        awaitConfirmed(gateway, 1_000);
        assertThat(second.status.total().duplicates() + second.status.total().gaps())
            .as("the gateway did send again")
            .isPositive();
      }
    }
    everyRecordOnce(node, 1_000);
  }

  @Test
  @Tag("long")
  void kafkaGoesAwayAndComesBack() throws Exception {
    try (RunningBridge running = bridge(null, 0);
        TestGateway gateway = gateway("gw-outage", 0)) {
      gateway.produce(500);
      awaitConfirmed(gateway, 500);
      kafka().stop();
      gateway.produce(5_000);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> running.status.state() == BridgeStatus.State.WAITING_FOR_KAFKA);
      kafka().resume();
      awaitConfirmed(gateway, 5_000);
      everyRecordOnce("gw-outage", 5_000);
    }
  }

  @Test
  @Tag("long")
  void mqttBrokerGoesAwayAndComesBack() throws Exception {
    String node = "gw-mqtt-outage";
    long epoch = 4711;
    try (RunningBridge running = bridge(null, 0)) {
      try (TestGateway gateway = new TestGateway(mqtt().url(), node, 5, 0, epoch)) {
        gateway.produce(200);
        awaitConfirmed(gateway, 200);
      }
      mqtt().stop();
      await().until(() -> !"connected".equals(running.status.health().getDetails().get("broker")));
      mqtt().resume();
      try (TestGateway gateway = new TestGateway(mqtt().url(), node, 5, 0, epoch)) {
        gateway.produce(400);
        awaitConfirmed(gateway, 400);
      }
    }
    everyRecordOnce(node, 400);
  }

  @Test
  void secondBridgeWithTheSameHostIdTakesOver() throws Exception {
    try (TestGateway gateway = gateway("gw-takeover", 0);
        RunningBridge first = bridge(null, 0)) {
      gateway.produce(200);
      awaitConfirmed(gateway, 200);
      try (RunningBridge second = bridge(null, 0)) {
        gateway.produce(2_000);
        awaitConfirmed(gateway, 2_000);
        await().until(() -> first.status.state() == BridgeStatus.State.STOPPED);
        assertThat(first.status.reason())
            .startsWith("another bridge with host id 'linewright' took over");
        assertThat(second.status.state()).isEqualTo(BridgeStatus.State.RUNNING);
      }
    }
    everyRecordOnce("gw-takeover", 2_000);
  }

  @Test
  void bytesThatAreNoPayloadAreSetAsideAndBlockNobody() throws Exception {
    byte[] garbage = "this is not Sparkplug".getBytes(StandardCharsets.UTF_8);
    try (RunningBridge running = bridge(null, 0);
        TestGateway gateway = gateway("gw-garbage", 0)) {
      gateway.produce(10);
      awaitConfirmed(gateway, 10);
      MqttClient stranger = new MqttClient(mqtt().url(), "stranger", new MemoryPersistence());
      stranger.connect();
      stranger.publish(
          "spBv1.0/acme:graz/NDATA/stranger", new MqttMessage(garbage, 0, false, null));
      stranger.publish("spBv1.0/acme:graz/no/topic", new MqttMessage(garbage, 0, false, null));
      stranger.disconnect();
      stranger.close();
      gateway.produce(20);
      awaitConfirmed(gateway, 20);
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          Committed.records(
                              kafka().bootstrapServers(), Topic.QUARANTINE.topicName()))
                      .anySatisfy(
                          read ->
                              assertThat(new String(read.value(), StandardCharsets.UTF_8))
                                  .contains("spBv1.0/acme:graz/NDATA/stranger")
                                  .contains(
                                      java.util.Base64.getEncoder().encodeToString(garbage))));
      assertThat(running.status.unreadableMessages()).isEqualTo(1);
      assertThat(running.status.state()).isEqualTo(BridgeStatus.State.RUNNING);
    }
  }

  @Test
  void octetsOfAnotherEncoderAreCarriedAndAGapAsksForBirths() throws Exception {
    String node = "spBv1.0/acme:graz/%s/plc-9";
    String press = node + "/body:line-1:press-09";
    long now = System.currentTimeMillis();
    try (RunningBridge running = bridge(null, 0)) {
      MqttClient plc = new MqttClient(mqtt().url(), "plc-9", new MemoryPersistence());
      plc.connect();
      await().until(() -> "connected".equals(running.status.health().getDetails().get("broker")));
      send(
          plc,
          node.formatted("NBIRTH"),
          RawPayload.at(now)
              .seq(0)
              .metric(RawPayload.declared("bdSeq", -1, now, 4).longValue(0))
              .metric(
                  RawPayload.declared("Node Control/Rebirth", -1, now, 11).booleanValue(false)));
      send(
          plc,
          press.formatted("DBIRTH"),
          RawPayload.at(now).seq(1).metric(RawPayload.declared("force", 7, now, 10).isNull()));
      for (int seq : new int[] {2, 3, 5}) {
        send(
            plc,
            press.formatted("DDATA"),
            RawPayload.at(now + seq)
                .seq(seq)
                .metric(RawPayload.aliased(7, now + seq).doubleValue(seq)));
      }
      await().until(() -> !TAP.published("NCMD/plc-9").isEmpty());
      await().until(() -> force().size() == 4);
      plc.disconnect();
      plc.close();
    }
    assertThat(force())
        .extracting(Sample::value)
        .contains(SampleValue.of(2.0), SampleValue.of(5.0));
    assertThat(events("plc-9"))
        .extracting(event -> Committed.header(event, "ce_type"))
        .contains(EventTypes.SAMPLES_LOST);
  }

  private static void send(MqttClient client, String topic, RawPayload payload)
      throws MqttException {
    client.publish(topic, new MqttMessage(payload.toBytes(), 0, false, null));
  }

  private static List<Sample> force() throws TelemetryFormatException {
    List<Sample> samples = new ArrayList<>();
    for (var read : Committed.records(kafka().bootstrapServers(), Topic.TELEMETRY.topicName())) {
      for (TagSeries series : TelemetryCodec.decode(read.value()).series()) {
        if (series.tag().value().equals("force")) {
          samples.addAll(series.samples());
        }
      }
    }
    return samples;
  }
}
