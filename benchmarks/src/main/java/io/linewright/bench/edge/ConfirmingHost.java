package io.linewright.bench.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

/**
 * A Sparkplug host application that keeps what it hears and confirms it as the bridge does, so that
 * the gateway deletes its log.
 */
final class ConfirmingHost implements AutoCloseable {

  private static final String HOST = "linewright";
  private static final long PATIENCE_MS = 20_000;

  /** As often as the bridge commits under load. */
  private static final long CONFIRM_MS = 50;

  private final MqttAsyncClient client;
  private final Arrivals arrivals;
  private final String confirmationTopic;
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("confirmations").unstarted(task));
  private String confirmed = "";

  private ConfirmingHost(MqttAsyncClient client, Arrivals arrivals, String group, String node) {
    this.client = client;
    this.arrivals = arrivals;
    this.confirmationTopic = "linewright/v1/confirmed/" + group + "/" + node;
  }

  /** How the broker is reached. */
  record Broker(String url, String username, String password) {}

  /** Connects, says that the host is online and listens to one node. */
  static ConfirmingHost start(Broker broker, String group, String node, Arrivals arrivals)
      throws IOException {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              broker.url(), "bench-edge-" + UUID.randomUUID(), new MemoryPersistence());
      ConfirmingHost host = new ConfirmingHost(client, arrivals, group, node);
      client.setCallback(host.new Callback());
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setCleanStart(true);
      options.setReceiveMaximum(65_535);
      options.setUserName(broker.username());
      options.setPassword(broker.password().getBytes(StandardCharsets.UTF_8));
      client.connect(options).waitForCompletion(PATIENCE_MS);
      client.subscribe("spBv1.0/" + group + "/#", 0).waitForCompletion(PATIENCE_MS);
      byte[] online =
          "{\"online\":true,\"timestamp\":%d}"
              .formatted(System.currentTimeMillis())
              .getBytes(StandardCharsets.UTF_8);
      client.publish("spBv1.0/STATE/" + HOST, online, 1, true).waitForCompletion(PATIENCE_MS);
      host.timer.scheduleWithFixedDelay(
          host::confirm, CONFIRM_MS, CONFIRM_MS, TimeUnit.MILLISECONDS);
      return host;
    } catch (MqttException failed) {
      throw new IOException("no MQTT at " + broker.url() + ": " + failed.getMessage(), failed);
    }
  }

  /** What went wrong first; null if nothing did. */
  @Nullable String trouble() {
    return trouble.get();
  }

  private void confirm() {
    String now = arrivals.confirmation(HOST);
    String positions = now.substring(0, now.lastIndexOf(",\"timestamp\""));
    if (positions.equals(confirmed)) {
      return;
    }
    confirmed = positions;
    try {
      client.publish(confirmationTopic, now.getBytes(StandardCharsets.UTF_8), 1, true);
    } catch (MqttException failed) {
      trouble.compareAndSet(null, "confirming: " + failed);
    }
  }

  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    try {
      client.disconnectForcibly(0, 200, false);
      client.close(true);
    } catch (MqttException failed) {
      throw new IOException("the host did not leave in order", failed);
    }
  }

  private final class Callback implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      try {
        arrivals.take(topic, message.getPayload());
      } catch (RuntimeException broken) {
        trouble.compareAndSet(null, topic + ": " + broken);
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      trouble.compareAndSet(null, "disconnected: " + response.getReasonString());
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
      trouble.compareAndSet(null, failure.toString());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
