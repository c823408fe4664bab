package io.linewright.edge.app.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.RebirthRequest;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.app.wire.Sent;
import io.linewright.edge.app.wire.WireTap;
import io.linewright.edge.app.wire.WireTap.Connect;
import io.linewright.edge.app.wire.WireTap.Disconnect;
import io.linewright.edge.app.wire.WireTap.Packet;
import io.linewright.edge.app.wire.WireTap.Publish;
import io.linewright.edge.app.wire.WireTap.Subscribe;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.infrastructure.TestMqtt;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our edge node sends, packet by packet, against the assertions of Sparkplug 3.0 that concern
 * an edge node; docs/sparkplug-conformance.md says which test shows which.
 */
class EdgeNodeOnTheWireTest {

  private static final String CLIENT = "linewright-acme-graz-gw-1";
  private static final String NODE = "gw-1";

  private static final WireTap TAP = new WireTap();
  private static TestMqtt broker;
  private static long hostTime = 1000;

  @TempDir Path directory;
  private FakeBridge host;
  private @Nullable Uplink running;
  private final long t0 = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  @BeforeAll
  static void startBroker() {
    broker = TestMqtt.start(TAP);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void connectHost() throws Exception {
    TAP.clear();
    host = new FakeBridge(broker.url());
    host.online(false, ++hostTime);
  }

  @AfterEach
  void close() throws Exception {
    stop();
    await().until(() -> TAP.gone(CLIENT)); // or the next test would find its last words
    host.close();
  }

  @Test
  void connectsCleanWithItsDeathAsWill() throws Exception {
    start(TestPlant.file());
    await().until(() -> !TAP.all(Subscribe.class).isEmpty() && connects().size() == 1);

    Connect connect = connects().getFirst();
    assertThat(connect.cleanStart()).isTrue();
    assertThat(connect.sessionExpiry()).isZero();
    Publish will = connect.will().orElseThrow();
    assertThat(will.topic()).isEqualTo("spBv1.0/acme:graz/NDEATH/gw-1");
    assertThat(will.qos()).isEqualTo(1);
    assertThat(will.retained()).isFalse();
    Sent death = Sent.of(will);
    assertThat(death.payload().hasSeq()).isFalse();
    assertThat(death.payload().getMetricsCount()).isEqualTo(1);
    Metric bdSeq = death.metric("bdSeq");
    assertThat(bdSeq.getDatatype()).isEqualTo(DataType.Int64_VALUE);
    assertThat(bdSeq.getLongValue()).as("the first CONNECT of this node").isZero();
  }

  @Test
  void saysNothingBeforeThePrimaryHostIsOnline() throws Exception {
    host.state("another-host", true, ++hostTime);
    start(TestPlant.file());
    await().until(() -> sentByNode(Subscribe.class).size() >= 3);
    put(0, 10);
    await().until(() -> node().totals().in() >= 10);
    assertThat(sentByNode(Publish.class)).isEmpty();

    host.online(true, ++hostTime);
    await().until(() -> host.births.size() == 2);

    List<Packet> packets =
        TAP.packets().stream().filter(one -> one.client().equals(CLIENT)).toList();
    assertThat(packets.getFirst()).isInstanceOf(Connect.class);
    assertThat(sentByNode(Subscribe.class))
        .extracting(Subscribe::topic, Subscribe::qos)
        .contains(
            tuple("spBv1.0/acme:graz/NCMD/gw-1", 1),
            tuple("spBv1.0/acme:graz/DCMD/gw-1/+", 1),
            tuple("spBv1.0/STATE/linewright", 1));
    assertThat(packets.stream().takeWhile(one -> !(one instanceof Publish)))
        .as("subscriptions come before the first message")
        .hasSize(1 + sentByNode(Subscribe.class).size());
    assertThat(sent().getFirst().type()).as("the first message").isEqualTo("NBIRTH");
  }

  @Test
  void birthsDeclareEverythingInOrder() throws Exception {
    online(TestPlant.file());
    node().accept(TestPlant.MILL, TestPlant.TEMPERATURE, temperature(t0 - 5_000_000, 20.5));
    put(0, 3);
    await().until(() -> sent().stream().anyMatch(Sent::data));
    rebirth();
    await().until(() -> births().size() == 4);

    Sent node = births().get(2);
    Sent mill = births().get(3);
    assertThat(node.packet().topic()).isEqualTo("spBv1.0/acme:graz/NBIRTH/gw-1");
    assertThat(mill.packet().topic())
        .isEqualTo("spBv1.0/acme:graz/DBIRTH/gw-1/" + TestPlant.MILL_ID);
    assertThat(node.payload().getSeq()).isZero();
    assertThat(mill.payload().getSeq()).isEqualTo(1);
    assertThat(sent().indexOf(mill))
        .as("births follow each other")
        .isEqualTo(sent().indexOf(node) + 1);
    assertThat(node.metric("bdSeq").getLongValue()).isZero();
    assertThat(node.metric("bdSeq").getDatatype()).isEqualTo(DataType.Int64_VALUE);
    Metric rebirth = node.metric("Node Control/Rebirth");
    assertThat(rebirth.getDatatype()).isEqualTo(DataType.Boolean_VALUE);
    assertThat(rebirth.getBooleanValue()).isFalse();
    assertThat(rebirth.hasAlias()).isFalse();
    Set<Long> aliases = new HashSet<>();
    for (Sent birth : List.of(node, mill)) {
      birth(birth, aliases);
    }
    assertThat(mill.metric(TestPlant.COUNT.value()).getLongValue())
        .as("current value")
        .isEqualTo(2);
  }

  private static void birth(Sent birth, Set<Long> aliases) {
    fresh(birth);
    long last = 0;
    Set<String> names = new HashSet<>();
    for (Metric metric : birth.payload().getMetricsList()) {
      assertThat(metric.hasName()).isTrue();
      assertThat(names.add(metric.getName().toLowerCase(java.util.Locale.ROOT)))
          .as("%s, whatever the case", metric.getName())
          .isTrue();
      assertThat(DataType.forNumber(metric.getDatatype())).as(metric.getName()).isNotNull();
      assertThat(metric.getDatatype()).isBetween(1, 19);
      assertThat(metric.hasTimestamp()).as(metric.getName()).isTrue();
      assertThat(metric.getTimestamp()).as(metric.getName()).isGreaterThanOrEqualTo(last);
      last = metric.getTimestamp();
      boolean valued = metric.getValueCase() != Metric.ValueCase.VALUE_NOT_SET;
      assertThat(metric.getIsNull()).as(metric.getName()).isEqualTo(!valued);
      boolean control =
          metric.getName().equals("bdSeq") || metric.getName().startsWith("Node Control/");
      assertThat(metric.hasAlias()).as(metric.getName()).isEqualTo(!control);
      if (metric.hasAlias()) {
        assertThat(aliases.add(metric.getAlias())).as("one alias, one metric").isTrue();
      }
      properties(metric);
    }
  }

  private static void properties(Metric metric) {
    var set = metric.getProperties();
    assertThat(set.getKeysCount()).isEqualTo(set.getValuesCount());
    for (int i = 0; i < set.getKeysCount(); i++) {
      assertThat(set.getValues(i).getType()).isBetween(1, 19);
      if (set.getKeys(i).equals("Quality")) {
        assertThat(set.getValues(i).getType()).isEqualTo(DataType.Int32_VALUE);
        assertThat(set.getValues(i).getIntValue()).isIn(0, 192, 500);
      }
    }
  }

  /** QoS 0, not retained, sent now. */
  private static void fresh(Sent message) {
    assertThat(message.packet().qos()).as(message.type()).isZero();
    assertThat(message.packet().retained()).as(message.type()).isFalse();
    assertThat(Instant.ofEpochMilli(message.payload().getTimestamp()))
        .as("UTC, and now")
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void dataFollowTheBirthsWithOneUnbrokenCounter() throws Exception {
    online(TestPlant.file());
    node().accept(TestPlant.MILL, TestPlant.COUNT, bad(t0 - 1));
    put(0, 300);
    node().accept(TestPlant.MILL, TestPlant.TEMPERATURE, temperature(t0 - 60_000_000, 20.5));
    put(300, 301);
    await().until(() -> host.of(TestPlant.COUNT.value()).size() == 302);
    await().until(() -> sent().stream().anyMatch(one -> one.type().equals("NDATA")));

    Set<Long> declared = new HashSet<>();
    long expected = 0;
    for (Sent message : sent()) {
      fresh(message);
      assertThat(message.payload().hasSeq()).isTrue();
      assertThat(message.payload().getSeq()).isEqualTo(expected);
      expected = (expected + 1) & 0xFF;
      if (message.birth()) {
        declared.addAll(message.aliases());
      } else {
        data(message, declared);
      }
    }
    assertThat(sent().stream().takeWhile(one -> !one.data()).map(Sent::type))
        .containsExactly("NBIRTH", "DBIRTH");
  }

  private static void data(Sent message, Set<Long> declared) {
    long last = Long.MIN_VALUE;
    for (Metric metric : message.payload().getMetricsList()) {
      assertThat(metric.hasName()).isFalse();
      assertThat(declared).contains(metric.getAlias());
      assertThat(metric.hasTimestamp()).isTrue();
      if (!metric.getIsHistorical()) {
        assertThat(metric.getTimestamp()).isGreaterThanOrEqualTo(last);
        last = metric.getTimestamp();
      }
      properties(metric);
    }
  }

  @Test
  void valueThatDoesNotChangeIsNotSentAgain() throws Exception {
    online(TestPlant.file());
    put(0, 2);
    put(1, 2);
    put(2, 3);
    await().until(() -> host.of(TestPlant.COUNT.value()).size() == 3);

    assertThat(host.of(TestPlant.COUNT.value()))
        .extracting(FakeBridge.Received::value)
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void rebirthStopsDataUntilAllBirthsAreOut() throws Exception {
    online(TestPlant.file());
    TAP.clear();
    rebirth(); // within a second of the first births: it is served at its end
    await().until(() -> !TAP.published("NCMD").isEmpty());
    put(0, 50);
    await().until(() -> host.of(TestPlant.COUNT.value()).size() == 50);
    await().until(() -> births().size() == 2);

    List<Packet> after = TAP.packets();
    int asked = after.indexOf(TAP.published("NCMD").getFirst());
    List<String> topics =
        after.subList(asked + 1, after.size()).stream()
            .filter(one -> one.client().equals(CLIENT))
            .filter(Publish.class::isInstance)
            .map(one -> Sent.of((Publish) one).type())
            .toList();
    // What had left when the request arrived may be in front of the births: one message at most.
    int birth = topics.indexOf("NBIRTH");
    assertThat(birth).isBetween(0, 1);
    assertThat(topics.get(birth + 1)).isEqualTo("DBIRTH");
    assertThat(births().getFirst().metric("bdSeq").getLongValue()).as("same session").isZero();
    assertThat(connects()).isEmpty();
  }

  @Test
  void leavesWithADeathAndAReason() throws Exception {
    online(TestPlant.file());
    stop();
    await().until(() -> !sentByNode(Disconnect.class).isEmpty());

    List<Packet> last = TAP.packets().stream().filter(one -> one.client().equals(CLIENT)).toList();
    Publish death = (Publish) last.get(last.size() - 2);
    assertThat(death.topic()).isEqualTo("spBv1.0/acme:graz/NDEATH/gw-1");
    assertThat(death.retained()).isFalse();
    assertThat(Sent.of(death).payload().hasSeq()).isFalse();
    assertThat(Sent.of(death).metric("bdSeq").getLongValue()).isZero();
    assertThat(((Disconnect) last.getLast()).reason()).isEqualTo("DISCONNECT_WITH_WILL_MESSAGE");
  }

  @Test
  void hostThatGoesOfflineEndsTheSessionAndTheNextOneHasTheNextNumber() throws Exception {
    online(TestPlant.file());
    host.online(false, 1); // an old death that comes late
    host.online(true, ++hostTime);
    put(0, 1);
    await().until(() -> host.of(TestPlant.COUNT.value()).size() == 1);
    assertThat(sentByNode(Disconnect.class)).isEmpty();

    host.online(false, ++hostTime);
    await().until(() -> connects().size() == 2);
    assertThat(TAP.published("NDEATH")).hasSize(1);
    assertThat(sentByNode(Disconnect.class)).hasSize(1);
    host.online(true, 1); // an old birth that comes late
    host.online(true, ++hostTime);
    await().until(() -> births().size() == 4);

    assertThat(Sent.of(connects().get(1).will().orElseThrow()).metric("bdSeq").getLongValue())
        .isEqualTo(1);
    assertThat(births().get(2).metric("bdSeq").getLongValue()).isEqualTo(1);
  }

  @Test
  void numberOfTheSessionSurvivesARestart() throws Exception {
    online(TestPlant.file());
    stop();
    start(TestPlant.file());
    await().until(() -> births().size() == 4);

    assertThat(births().get(2).metric("bdSeq").getLongValue()).isEqualTo(1);
  }

  @Test
  void lostDeviceDiesAndIsBornWhenItTalksAgain() throws Exception {
    online(TestPlant.file());
    put(0, 1);
    for (TagName tag : List.of(TestPlant.COUNT, TestPlant.TEMPERATURE)) {
      node().accept(TestPlant.MILL, tag, bad(t0 + 100));
    }
    await().until(() -> host.topics.stream().anyMatch(t -> t.type() == MessageType.DDEATH));

    Sent death = Sent.of(TAP.published("DDEATH").getFirst());
    fresh(death);
    assertThat(death.packet().topic())
        .isEqualTo("spBv1.0/acme:graz/DDEATH/gw-1/" + TestPlant.MILL_ID);
    assertThat(host.of(TestPlant.COUNT.value())).as("its last words came before").hasSize(2);
    put(200, 201);
    await().until(() -> host.of(TestPlant.COUNT.value()).size() == 3);

    List<Sent> all = sent();
    int died = all.stream().map(Sent::type).toList().indexOf("DDEATH");
    List<Sent> later =
        all.subList(died + 1, all.size()).stream()
            .filter(one -> one.device().equals(TestPlant.MILL_ID))
            .toList();
    assertThat(later).extracting(Sent::type).startsWith("DBIRTH", "DDATA");
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).payload().getSeq())
          .as("death and birth count, too")
          .isEqualTo(all.get(i - 1).payload().getSeq() + 1 & 0xFF);
    }
  }

  @Test
  void walksToTheServerWhereItsHostIs() throws Exception {
    WireTap there = new WireTap();
    try (TestMqtt other = TestMqtt.start(there);
        FakeBridge hostThere = new FakeBridge(other.url())) {
      hostThere.online(true, 5); // older than what the host told here: times are told per server
      running =
          Uplink.builder(
                  TestPlant.file(), directory, UplinkSettings.of(broker.url() + ", " + other.url()))
              .start();
      await().until(() -> hostThere.births.size() == 2);

      await().until(() -> TAP.gone(CLIENT));
      assertThat(connects()).hasSize(1);
      assertThat(births()).isEmpty();
      assertThat(sentByNode(Disconnect.class)).as("one server at a time").hasSize(1);
      host.online(true, ++hostTime);
      hostThere.online(false, 6);
      await().until(() -> host.births.size() == 2);
      await().until(() -> there.gone(CLIENT));
      assertThat(there.published("NDEATH")).hasSize(1);
      stop();
    }
  }

  private void start(EdgeFile file) throws LogException {
    running = Uplink.builder(file, directory, UplinkSettings.of(broker.url())).start();
  }

  private void online(EdgeFile file) throws LogException, MqttException {
    host.online(true, ++hostTime);
    start(file);
    await().until(() -> host.births.size() == 2);
    await().until(() -> node().ready());
  }

  private void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  private Uplink node() {
    return Objects.requireNonNull(running, "started");
  }

  private void rebirth() throws MqttException {
    host.publish("spBv1.0/acme:graz/NCMD/gw-1", RebirthRequest.payload(1));
  }

  private void put(int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      node().accept(TestPlant.MILL, TestPlant.COUNT, TestPlant.count(t0 + i, i));
    }
  }

  private static Sample temperature(long micros, double value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }

  private static Sample bad(long micros) {
    return new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros, 0);
  }

  private static List<Connect> connects() {
    return sentByNode(Connect.class);
  }

  private static List<Sent> sent() {
    return Sent.of(TAP, NODE);
  }

  private static List<Sent> births() {
    return sent().stream().filter(Sent::birth).toList();
  }

  private static <T extends Packet> List<T> sentByNode(Class<T> kind) {
    List<T> all = new ArrayList<>(TAP.all(kind));
    all.removeIf(one -> !one.client().equals(CLIENT));
    return all;
  }
}
