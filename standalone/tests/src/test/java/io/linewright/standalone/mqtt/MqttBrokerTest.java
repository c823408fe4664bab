package io.linewright.standalone.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.linewright.mqtt.Grant;
import io.linewright.mqtt.MqttUser;
import io.linewright.mqtt.PasswordHash;
import io.linewright.standalone.TestPorts;
import io.linewright.standalone.tls.Listener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttBrokerTest {

  private static final int NOT_AUTHORIZED = 0x87;
  private static final long QUIESCE_MS = 200;
  private static final long TIME_LIMIT_MS = 60_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir static Path dir;
  private static MqttBroker broker;
  private static String url;
  private static Thread.@Nullable UncaughtExceptionHandler before;

  @BeforeAll
  static void start() throws Exception {
    int port = TestPorts.free();
    before = Thread.getDefaultUncaughtExceptionHandler();
    List<MqttUser> users =
        List.of(
            user("edge", "node=acme:graz/gw-1"),
            user("bridge", "bridge=linewright"),
            user("reader", "reader"));
    broker = MqttBroker.start(dir, Listener.plain("127.0.0.1"), port, users);
    url = "tcp://127.0.0.1:" + port;
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void strangersAreRefused() {
    refused(new MqttConnectionOptions());
    refused(options("edge", "guessed"));
    refused(options("nobody", "edge-secret"));
  }

  @Test
  void nodePublishesItsOwnDataAndTheBridgeHears() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    MqttAsyncClient bridge = connected("bridge");
    bridge.setCallback(hearing(heard));
    bridge.subscribe("spBv1.0/#", 0).waitForCompletion(TIME_LIMIT_MS);
    MqttAsyncClient edge = connected("edge");

    publish(edge, "spBv1.0/acme:graz/DDATA/gw-1/machining:line-1:mill-01", 0, false);

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> heard.contains("spBv1.0/acme:graz/DDATA/gw-1/machining:line-1:mill-01"));
    end(edge);
    end(bridge);
  }

  @Test
  void nodeMayNotSpeakForAnother() throws Exception {
    refusedPublish("edge", "spBv1.0/acme:graz/NDATA/gw-2", false);
    refusedPublish("edge", "spBv1.0/acme:linz/NDATA/gw-1", false);
  }

  @Test
  void nodeMayNeitherCommandNorRetain() throws Exception {
    refusedPublish("edge", "spBv1.0/acme:graz/NCMD/gw-1", false);
    refusedPublish("edge", "spBv1.0/STATE/linewright", true);
    refusedPublish("edge", "spBv1.0/acme:graz/NDATA/gw-1", true);
    refusedPublish("edge", "linewright/v1/confirmed/acme:graz/gw-1", true);
  }

  @Test
  void nodeHearsNeitherOthersNorItsOwnData() throws Exception {
    MqttAsyncClient edge = connected("edge");

    assertThat(subscribed(edge, "spBv1.0/#")).isEqualTo(NOT_AUTHORIZED);
    assertThat(subscribed(edge, "spBv1.0/acme:graz/NCMD/gw-2/#")).isEqualTo(NOT_AUTHORIZED);
    assertThat(subscribed(edge, "linewright/v1/confirmed/#")).isEqualTo(NOT_AUTHORIZED);
    assertThat(subscribed(edge, "linewright/v1/confirmed/acme:graz/gw-1")).isEqualTo(1);
    assertThat(subscribed(edge, "spBv1.0/acme:graz/DCMD/gw-1/#")).isEqualTo(1);
    end(edge);
  }

  @Test
  void bridgeConfirmsRetainedAndTheReaderPublishesNothing() throws Exception {
    MqttAsyncClient bridge = connected("bridge");

    assertThat(publish(bridge, "linewright/v1/confirmed/acme:graz/gw-1", 1, true)).isLessThan(0x80);
    assertThat(publish(bridge, "spBv1.0/STATE/linewright", 1, true)).isLessThan(0x80);
    refusedPublish("bridge", "spBv1.0/STATE/other", true);
    refusedPublish("bridge", "spBv1.0/acme:graz/DDATA/gw-1/x", false);
    refusedPublish("reader", "spBv1.0/acme:graz/NDATA/gw-1", false);

    end(bridge);
  }

  @Test
  void brokerCannotEndTheProcess() {
    assertThat(Thread.getDefaultUncaughtExceptionHandler())
        .satisfies(
            handler ->
                assertThat(handler == null ? "" : handler.getClass().getName())
                    .doesNotContain("com.hivemq"));
    assertThat(before).isNull();
  }

  @Test
  void nothingWasDropped() {
    assertThat(broker.dropped()).isZero();
  }

  private static void refused(MqttConnectionOptions options) {
    options.setAutomaticReconnect(false);
    assertThatExceptionOfType(MqttException.class)
        .isThrownBy(() -> client().connect(options).waitForCompletion(TIME_LIMIT_MS))
        .satisfies(refusal -> assertThat(refusal.getReasonCode()).isEqualTo(NOT_AUTHORIZED));
  }

  // HiveMQ answers a forbidden publication of QoS 1 with a reason code; Paho does not throw.
  private static void refusedPublish(String user, String topic, boolean retained) throws Exception {
    MqttAsyncClient client = connected(user);

    assertThat(publish(client, topic, 1, retained)).isEqualTo(NOT_AUTHORIZED);

    client.disconnectForcibly(QUIESCE_MS, QUIESCE_MS, false);
    client.close(true);
  }

  private static int publish(MqttAsyncClient client, String topic, int qos, boolean retained)
      throws MqttException {
    MqttMessage message = new MqttMessage("x".getBytes(StandardCharsets.UTF_8));
    message.setQos(qos);
    message.setRetained(retained);
    IMqttToken token = client.publish(topic, message);
    token.waitForCompletion(TIME_LIMIT_MS);
    int[] codes = token.getReasonCodes();
    return codes == null ? 0 : codes[0];
  }

  private static int subscribed(MqttAsyncClient client, String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    token.waitForCompletion(TIME_LIMIT_MS);
    return token.getReasonCodes()[0];
  }

  private static void end(MqttAsyncClient client) throws MqttException {
    // A refused message counts as under way for ever; without a limit Paho waits 30 s for it.
    client.disconnect(QUIESCE_MS).waitForCompletion(TIME_LIMIT_MS);
    client.close();
  }

  private static MqttAsyncClient connected(String user) throws MqttException {
    MqttAsyncClient client = client();
    client.connect(options(user, user + "-secret")).waitForCompletion(TIME_LIMIT_MS);
    return client;
  }

  private static MqttAsyncClient client() throws MqttException {
    return new MqttAsyncClient(
        url, "test-" + RANDOM.nextInt(Integer.MAX_VALUE), new MemoryPersistence());
  }

  private static MqttCallback hearing(Queue<String> heard) {
    return new MqttCallback() {
      @Override
      public void messageArrived(String topic, MqttMessage message) {
        heard.add(topic);
      }

      @Override
      public void disconnected(MqttDisconnectResponse response) {}

      @Override
      public void mqttErrorOccurred(MqttException failure) {}

      @Override
      public void deliveryComplete(IMqttToken token) {}

      @Override
      public void connectComplete(boolean reconnect, String server) {}

      @Override
      public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    };
  }

  private static MqttConnectionOptions options(String user, String password) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    return options;
  }

  private static MqttUser user(String name, String grant) {
    return new MqttUser(name, Grant.parse(grant), PasswordHash.of(name + "-secret", RANDOM));
  }
}
