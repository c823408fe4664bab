package io.linewright.edge.app.bridge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.app.wire.Sent;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.app.wire.WireTap.Connect;
import io.linewright.edge.app.wire.WireTap.Disconnect;
import io.linewright.edge.app.wire.WireTap.Packet;
import io.linewright.edge.app.wire.WireTap.Publish;
import io.linewright.edge.app.wire.WireTap.Subscribe;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What our host application sends, packet by packet, against the assertions of Sparkplug 3.0 that
 * concern a host; docs/sparkplug-conformance.md says which test shows which.
 */
class HostOnTheWireTest {

  private static final String STATE = "spBv1.0/STATE/linewright";
  private static final String CLIENT = "linewright-host-linewright";
  private static final WireTap TAP = new WireTap();
  private static TestMqtt broker;

  private HostConnection host;

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start(TAP);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void goOnline() {
    TAP.clear();
    host =
        new HostConnection(
            new HostIdentity("linewright", List.of("acme:graz", "Other Plant"), 1 << 20),
            new MqttSettings(broker.url(), null, null),
            new FrameQueue(1 << 20),
            online -> {},
            Clock.systemUTC());
    host.start();
    host.wantOnline(true);
    await().until(() -> !states().isEmpty());
  }

  @AfterEach
  void goOffline() throws InterruptedException {
    host.close();
    await().until(() -> TAP.gone(CLIENT)); // or the next test would find its last words
  }

  @Test
  void connectsCleanWithItsDeathAsWill() {
    Connect connect = sent(Connect.class).getFirst();

    assertThat(connect.cleanStart()).isTrue();
    assertThat(connect.sessionExpiry()).isZero();
    Publish will = connect.will().orElseThrow();
    assertThat(will.topic()).isEqualTo(STATE);
    assertThat(will.qos()).isEqualTo(1);
    assertThat(will.retained()).isTrue();
    StateMessage death = StateMessage.read(will.payload()).orElseThrow();
    assertThat(death.online()).isFalse();
    assertThat(Instant.ofEpochMilli(death.timestamp()))
        .isBetween(Instant.now().minusSeconds(30), Instant.now());
  }

  @Test
  void subscribesFirstAndThenSaysThatItIsOnline() {
    List<Packet> packets = TAP.packets().stream().filter(p -> p.client().equals(CLIENT)).toList();

    assertThat(packets).hasSizeGreaterThanOrEqualTo(5);
    assertThat(packets.get(0)).isInstanceOf(Connect.class);
    assertThat(packets.subList(1, 4))
        .extracting(one -> ((Subscribe) one).topic(), one -> ((Subscribe) one).qos())
        .containsExactlyInAnyOrder(
            tuple("spBv1.0/acme:graz/#", 0), tuple("spBv1.0/Other Plant/#", 0), tuple(STATE, 1));
    Publish birth = (Publish) packets.get(4);
    assertThat(birth.topic()).isEqualTo(STATE);
    assertThat(birth.qos()).isEqualTo(1);
    assertThat(birth.retained()).isTrue();
    StateMessage said = StateMessage.read(birth.payload()).orElseThrow();
    assertThat(said.online()).isTrue();
    assertThat(said.timestamp()).isEqualTo(will(0).timestamp());
  }

  @Test
  void hostOfAllGroupsListensToTheWholeNamespace() {
    assertThat(new HostIdentity("linewright", List.of("acme:graz", "*"), 1).filters())
        .containsExactly("spBv1.0/#");
  }

  @Test
  void contradictsWhoeverSaysThatItIsOffline() throws Exception {
    MqttClient stranger = new MqttClient(broker.url(), "stranger", new MemoryPersistence());
    stranger.connect();
    for (String lie : List.of("{\"online\":false,\"timestamp\":9999999999999}", "no JSON", "{}")) {
      int before = states().size();
      stranger.publish(STATE, new MqttMessage(lie.getBytes(StandardCharsets.UTF_8), 1, true, null));
      await().until(() -> states().size() > before);
    }
    stranger.disconnect();
    stranger.close();

    assertThat(states()).allMatch(one -> one.retained() && one.qos() == 1);
    assertThat(states())
        .extracting(one -> StateMessage.read(one.payload()).orElseThrow())
        .containsOnly(new StateMessage(true, will(0).timestamp()));
  }

  @Test
  void leavesWithADeathOfTheMoment() throws Exception {
    Instant before = Instant.now();
    host.wantOnline(false);
    await().until(() -> !sent(Disconnect.class).isEmpty());

    List<Packet> packets = TAP.packets().stream().filter(p -> p.client().equals(CLIENT)).toList();
    assertThat(packets.getLast()).isInstanceOf(Disconnect.class);
    Publish last = (Publish) packets.get(packets.size() - 2);
    assertThat(last.topic()).isEqualTo(STATE);
    assertThat(last.qos()).isEqualTo(1);
    assertThat(last.retained()).isTrue();
    StateMessage death = StateMessage.read(last.payload()).orElseThrow();
    assertThat(death.online()).isFalse();
    assertThat(Instant.ofEpochMilli(death.timestamp()))
        .isBetween(before.minusMillis(1), Instant.now());
  }

  @Test
  void nextConnectionHasANewTimeInWillAndBirth() throws Exception {
    host.wantOnline(false);
    await().until(() -> !sent(Disconnect.class).isEmpty());
    host.wantOnline(true);
    await().until(() -> sent(Connect.class).size() == 2);

    assertThat(will(1).timestamp()).isGreaterThan(will(0).timestamp());
    await() // the first connection may say its birth twice: its predecessor left a death behind
        .untilAsserted(
            () ->
                assertThat(StateMessage.read(states().getLast().payload()))
                    .contains(new StateMessage(true, will(1).timestamp())));
  }

  @Test
  void asksForBirthsAsTheSpecificationSays() {
    host.requestBirths(new NodeId("Other Plant", "Edge 7"));
    await().until(() -> !TAP.published("NCMD").isEmpty());

    Publish command = TAP.published("NCMD").getFirst();
    assertThat(command.topic()).isEqualTo("spBv1.0/Other Plant/NCMD/Edge 7");
    assertThat(command.qos()).isZero();
    assertThat(command.retained()).isFalse();
    Sent request = Sent.of(command);
    assertThat(request.payload().hasSeq()).isFalse();
    assertThat(Instant.ofEpochMilli(request.payload().getTimestamp()))
        .isBetween(Instant.now().minusSeconds(30), Instant.now());
    assertThat(request.payload().getMetricsCount()).isEqualTo(1);
    assertThat(request.metric("Node Control/Rebirth").getDatatype())
        .isEqualTo(DataType.Boolean_VALUE);
    assertThat(request.metric("Node Control/Rebirth").getBooleanValue()).isTrue();
    assertThat(request.metric("Node Control/Rebirth").hasAlias()).isFalse();
  }

  @Test
  void writesToADeviceAsTheSpecificationSays() {
    Instant now = Instant.now();
    SparkplugTopic topic =
        SparkplugTopic.parse("spBv1.0/Other Plant/DCMD/Edge 7/Press A").orElseThrow();
    Payload payload =
        new Payload(
            OptionalLong.of(now.toEpochMilli()),
            OptionalInt.empty(),
            List.of(Metric.named("speed", SparkplugType.DOUBLE, now.toEpochMilli(), 40.0)));
    host.command(topic, PayloadCodec.encode(payload), now.minusSeconds(1)); // too late
    await()
        .untilAsserted(
            () -> {
              // passed over as long as the host is not online
              host.command(topic, PayloadCodec.encode(payload), now.plusSeconds(60));
              assertThat(TAP.published("DCMD")).isNotEmpty();
            });

    Publish command = TAP.published("DCMD").getFirst();
    assertThat(command.topic()).isEqualTo("spBv1.0/Other Plant/DCMD/Edge 7/Press A");
    assertThat(command.qos()).isZero();
    assertThat(command.retained()).isFalse();
    Sent write = Sent.of(command);
    assertThat(write.payload().hasSeq()).isFalse();
    assertThat(write.payload().getTimestamp()).isEqualTo(now.toEpochMilli());
    assertThat(write.payload().getMetricsCount()).isEqualTo(1);
    assertThat(write.metric("speed").getDatatype()).isEqualTo(DataType.Double_VALUE);
    assertThat(write.metric("speed").getDoubleValue()).isEqualTo(40.0);
    assertThat(write.metric("speed").hasAlias()).isFalse();
  }

  private static StateMessage will(int connection) {
    Publish will = sent(Connect.class).get(connection).will().orElseThrow();
    return StateMessage.read(will.payload()).orElseThrow();
  }

  private static List<Publish> states() {
    return sent(Publish.class).stream().filter(one -> one.topic().equals(STATE)).toList();
  }

  private static <T extends Packet> List<T> sent(Class<T> kind) {
    return TAP.all(kind).stream().filter(one -> one.client().equals(CLIENT)).toList();
  }
}
