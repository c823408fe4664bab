package io.linewright.edge.app.uplink.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT connection, from CONNECT to its end; a new one is made for each attempt. Every call has
 * a deadline: a call that misses it throws, and the caller gives the connection up.
 */
public final class MqttLink {

  private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);

  /** Messages handed to the client but not yet written to the socket. */
  private static final int MAX_UNWRITTEN = 64;

  /** Wait while the client says that its own limit is reached (it follows the broker's). */
  private static final long PAUSE_NANOS = 100_000;

  private final MqttAsyncClient client;
  private final long timeoutMillis;
  private final Semaphore unwritten = new Semaphore(MAX_UNWRITTEN);
  private final MqttActionListener written =
      new MqttActionListener() {
        @Override
        public void onSuccess(IMqttToken token) {
          unwritten.release();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
          unwritten.release();
        }
      };

  /**
   * Connects.
   *
   * @param url which server of the settings
   * @param will topic and payload that the broker publishes when the connection breaks
   * @param events where messages and the end of the connection are told, from the client's threads
   * @throws IOException if there is no connection within the time allowed
   */
  public MqttLink(
      String url,
      UplinkSettings settings,
      String clientId,
      Message will,
      Consumer<UplinkEvent> events)
      throws IOException {
    this.timeoutMillis = settings.callTimeout().toMillis();
    try {
      client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
      client.setCallback(new Callback(events));
      try {
        client.connect(options(settings, will)).waitForCompletion(timeoutMillis);
      } catch (MqttException failed) {
        abandon();
        throw failed;
      }
    } catch (MqttException failed) {
      throw new IOException("broker " + url + ": " + reason(failed), failed);
    }
  }

  /** A topic with its payload. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
  public record Message(String topic, byte[] payload) {}

  private static MqttConnectionOptions options(UplinkSettings settings, Message will) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.callTimeout().toSeconds()));
    MqttMessage death = new MqttMessage(will.payload(), 1, false, new MqttProperties());
    options.setWill(will.topic(), death);
    settings.username().ifPresent(options::setUserName);
    settings
        .password()
        .ifPresent(secret -> options.setPassword(secret.getBytes(StandardCharsets.UTF_8)));
    settings.ssl().ifPresent(context -> options.setSocketFactory(context.getSocketFactory()));
    return options;
  }

  /** Subscribes with QoS 1 and waits for the broker's word. */
  public void subscribe(String... topics) throws IOException {
    int[] qos = new int[topics.length];
    java.util.Arrays.fill(qos, 1);
    try {
      IMqttToken token = client.subscribe(topics, qos);
      token.waitForCompletion(timeoutMillis);
      for (int code : token.getReasonCodes()) {
        if (code >= 0x80) {
          throw new IOException(
              "broker refuses a subscription to one of %s (reason %d): check the user's rights"
                  .formatted(String.join(", ", topics), code));
        }
      }
    } catch (MqttException failed) {
      throw new IOException("subscription failed: " + reason(failed), failed);
    }
  }

  /**
   * Hands a QoS 0 message to the client; waits while too many are not written yet.
   *
   * @throws RefusedMessageException if the broker has said that it takes no message of that size
   * @throws IOException if the connection is gone, or nothing is written within the time allowed
   */
  public void publish(String topic, byte[] payload) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    if (!unwritten.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
      throw new IOException("nothing was written to the broker for " + timeoutMillis + " ms");
    }
    while (true) {
      try {
        client.publish(topic, payload, 0, false, null, written);
        return;
      } catch (MqttException failed) {
        boolean full = failed.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
        if (!full || System.nanoTime() > deadline) {
          unwritten.release();
          if (failed.getReasonCode() == MqttClientException.REASON_CODE_OUTGOING_PACKET_TOO_LARGE) {
            throw new RefusedMessageException(
                "its %d bytes are more than the broker takes".formatted(payload.length));
          }
          throw new IOException("message not sent: " + reason(failed), failed);
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
      }
    }
  }

  /**
   * Says a last word (QoS 1) and disconnects; the reason asks the broker to publish the will, too
   * (tck-id-payloads-ndeath-will-message-publisher-disconnect-mqtt50). Both carry the same bdSeq.
   */
  public void leave(Message death) {
    try {
      client.publish(death.topic(), death.payload(), 1, false).waitForCompletion(timeoutMillis);
      client
          .disconnect(
              0,
              null,
              null,
              MqttReturnCode.RETURN_CODE_DISCONNECT_WITH_WILL_MESSAGE,
              new MqttProperties())
          .waitForCompletion(timeoutMillis);
    } catch (MqttException failed) {
      LOG.info("Connection was not closed in order: {}", reason(failed));
    }
    abandon();
  }

  /** Drops the connection and all that belongs to it; the broker publishes the will. */
  public void abandon() {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 100, false);
      }
    } catch (MqttException alreadyGone) {
      LOG.debug("Connection was gone already", alreadyGone);
    }
    try {
      client.close(true);
    } catch (MqttException alreadyGone) {
      LOG.debug("Client was closed already", alreadyGone);
    }
  }

  private static String reason(MqttException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : failure + ": " + cause;
  }

  private final class Callback implements MqttCallback {

    private final Consumer<UplinkEvent> events;

    private Callback(Consumer<UplinkEvent> events) {
      this.events = events;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      events.accept(new UplinkEvent.Lost(MqttLink.this, String.valueOf(response.getException())));
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
      LOG.warn("MQTT client reports: {}", reason(failure));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.accept(new UplinkEvent.Arrived(MqttLink.this, topic, message.getPayload()));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
