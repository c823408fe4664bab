package io.linewright.edge.app.bridge.mqtt;

import io.linewright.edge.app.sparkplug.RebirthRequest;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's MQTT connection as a Sparkplug host application (Sparkplug 3.0, clauses 5.6 and
 * 5.13): clean start, the will says offline, subscriptions first, then STATE online with the will's
 * time. A thread of its own connects, and publishes what has to be published.
 */
public final class HostConnection implements MessageBus, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostConnection.class);
  private static final long STEP_MILLIS = 10_000;
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int OVERSIZE_BYTES_KEPT = 64 * 1024;

  /** Confirmations that the broker has not acknowledged; brokers allow at least 10 (HiveMQ). */
  private static final int MAX_UNACKNOWLEDGED = 8;

  /** Commands that wait; further ones are passed over and come again. */
  private static final int MAX_COMMANDS = 1000;

  @SuppressWarnings("ArrayRecordComponent") // compared never
  private record Waiting(SparkplugTopic topic, byte[] payload, Instant expiresAt) {}

  private final HostIdentity host;
  private final MqttSettings mqtt;
  private final FrameQueue queue;
  private final Consumer<Boolean> connected;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<NodeId, byte[]> confirmations = new LinkedHashMap<>();
  private final LinkedHashMap<NodeId, Boolean> rebirths = new LinkedHashMap<>();
  private final ArrayDeque<Waiting> commands = new ArrayDeque<>();
  private final Thread thread;
  private boolean wanted;
  private boolean closing;
  private boolean stateDoubted;
  private boolean serving;
  private int unacknowledged;

  /**
   * @param connected told whether the host is online
   */
  public HostConnection(
      HostIdentity host,
      MqttSettings mqtt,
      FrameQueue queue,
      Consumer<Boolean> connected,
      InstantSource clock) {
    this.host = host;
    this.mqtt = mqtt;
    this.queue = queue;
    this.connected = connected;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("bridge-mqtt").unstarted(this::run);
  }

  /** Begins to serve; offline until {@link #wantOnline} says otherwise. */
  public void start() {
    thread.start();
  }

  @Override
  public void wantOnline(boolean online) {
    locked(() -> wanted = online);
  }

  @Override
  public void confirm(NodeId node, Ledger ledger) {
    String json =
        "{\"host\":\"%s\",\"epoch\":%d,\"live\":%d,\"backfill\":%d,\"timestamp\":%d}"
            .formatted(
                host.hostId(),
                ledger.epoch(),
                ledger.live().last(),
                ledger.backfill().last(),
                clock.millis());
    locked(() -> confirmations.put(node, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void requestBirths(NodeId node) {
    locked(() -> rebirths.put(node, true));
  }

  @Override
  public void command(SparkplugTopic topic, byte[] payload, Instant expiresAt) {
    locked(
        () -> {
          if (serving && commands.size() < MAX_COMMANDS) {
            commands.add(new Waiting(topic, payload, expiresAt));
          }
        });
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (awaitWanted()) {
        long begin = System.nanoTime();
        try {
          serve();
          boolean lasted = System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS);
          pause = lasted ? FIRST_PAUSE_MILLIS : pause;
          TimeUnit.MILLISECONDS.sleep(pause);
        } catch (MqttException failed) {
          LOG.warn("MQTT broker {}: {}; next try in {} ms", mqtt.url(), failed.toString(), pause);
          TimeUnit.MILLISECONDS.sleep(pause);
          pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitWanted() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!wanted && !closing) {
        changed.await();
      }
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  /** One connection, from connect to the end of it. */
  private void serve() throws MqttException, InterruptedException {
    long since = clock.millis();
    locked(() -> unacknowledged = 0);
    MqttAsyncClient client =
        new MqttAsyncClient(
            mqtt.url(), "linewright-host-" + host.hostId(), new MemoryPersistence());
    try {
      client.setCallback(new Callback());
      client.connect(options(since)).waitForCompletion(STEP_MILLIS);
      client.subscribe(subscriptions()).waitForCompletion(STEP_MILLIS);
      locked(() -> stateDoubted = false); // the broker's memory of our last death
      announce(client, true, since);
      locked(() -> serving = true);
      connected.accept(true);
      LOG.info("Host {} is online at {}", host.hostId(), mqtt.url());
      while (client.isConnected() && publishNext(client, since)) {
        // publishNext waits for work
      }
      if (client.isConnected()) {
        announce(client, false, clock.millis());
        client.disconnect().waitForCompletion(STEP_MILLIS);
      }
    } finally {
      locked(this::stopServing);
      connected.accept(false);
      queue.offer(new Incoming.Interruption(clock.instant()));
      client.close(true);
    }
  }

  /** A command that waited for the next connection could come late. */
  private void stopServing() {
    serving = false;
    commands.clear();
  }

  private MqttConnectionOptions options(long since) {
    MqttConnectionOptions options = mqtt.options();
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setAutomaticReconnect(false);
    options.setWill(SparkplugTopic.state(host.hostId()), state(false, since));
    return options;
  }

  private MqttSubscription[] subscriptions() {
    List<MqttSubscription> all = new ArrayList<>();
    host.filters().forEach(filter -> all.add(new MqttSubscription(filter, 0)));
    all.add(new MqttSubscription(SparkplugTopic.state(host.hostId()), 1));
    all.forEach(one -> one.setNoLocal(one.getQos() == 0));
    return all.toArray(MqttSubscription[]::new);
  }

  private void announce(MqttAsyncClient client, boolean online, long millis) throws MqttException {
    client
        .publish(SparkplugTopic.state(host.hostId()), state(online, millis))
        .waitForCompletion(STEP_MILLIS);
  }

  private static MqttMessage state(boolean online, long millis) {
    MqttMessage message = new MqttMessage(new StateMessage(online, millis).toBytes());
    message.setQos(1);
    message.setRetained(true);
    return message;
  }

  /** Publishes one thing, or waits for one; false if the host shall go offline. */
  private boolean publishNext(MqttAsyncClient client, long since)
      throws MqttException, InterruptedException {
    NodeId rebirth = null;
    Waiting command = null;
    Map.Entry<NodeId, byte[]> confirmation = null;
    lock.lockInterruptibly();
    try {
      if (!wanted || closing) {
        return false;
      }
      if (stateDoubted) {
        stateDoubted = false;
      } else if (!rebirths.isEmpty()) {
        rebirth = rebirths.pollFirstEntry().getKey();
      } else if (!commands.isEmpty()) {
        command = commands.poll();
      } else if (!confirmations.isEmpty() && unacknowledged < MAX_UNACKNOWLEDGED) {
        var first = confirmations.entrySet().iterator();
        confirmation = Map.entry(first.next().getKey(), confirmations.values().iterator().next());
        first.remove();
        unacknowledged++;
      } else {
        changed.await(1, TimeUnit.SECONDS);
        return true;
      }
    } finally {
      lock.unlock();
    }
    if (rebirth != null) {
      client.publish(commandTopic(rebirth), RebirthRequest.payload(clock.millis()), 0, false);
    } else if (command != null) {
      if (clock.instant().isBefore(command.expiresAt())) {
        client.publish(command.topic().toString(), command.payload(), 0, false);
      }
    } else if (confirmation != null) {
      String topic =
          LinewrightMetrics.confirmationTopic(
              confirmation.getKey().group(), confirmation.getKey().node());
      client.publish(topic, confirmation.getValue(), 1, true, null, acknowledged);
    } else {
      announce(client, true, since);
    }
    return true;
  }

  private final MqttActionListener acknowledged =
      new MqttActionListener() {
        @Override
        public void onSuccess(IMqttToken token) {
          locked(() -> unacknowledged--);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failed) {
          locked(() -> unacknowledged--);
        }
      };

  private static String commandTopic(NodeId node) {
    return new SparkplugTopic(MessageType.NCMD, node.address()).toString();
  }

  /** Says goodbye and ends the connection. */
  @Override
  public void close() throws InterruptedException {
    locked(() -> closing = true);
    if (!thread.join(java.time.Duration.ofSeconds(5))) {
      thread.interrupt();
    }
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      byte[] bytes = message.getPayload();
      if (topic.equals(SparkplugTopic.state(host.hostId()))) {
        // An old will of ours may come late
        // (tck-id-message-flow-hid-sparkplug-state-message-delivered).
        if (!StateMessage.read(bytes).map(StateMessage::online).orElse(false)) {
          locked(() -> stateDoubted = true);
        }
        return;
      }
      SparkplugTopic.parse(topic)
          .filter(parsed -> !parsed.type().name().endsWith("CMD"))
          .ifPresent(parsed -> hand(parsed, bytes));
    }

    private void hand(SparkplugTopic topic, byte[] bytes) {
      long limit = host.messageBytes();
      boolean birth = topic.type().name().endsWith("BIRTH");
      byte[] kept =
          bytes.length > (birth ? 32 * limit : limit)
              ? Arrays.copyOf(bytes, OVERSIZE_BYTES_KEPT)
              : bytes;
      queue.offer(new Incoming.Message(topic, kept, bytes.length, clock.instant()));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // Each confirmation has its own listener.
    }

    @Override
    public void disconnected(@Nullable MqttDisconnectResponse response) {
      LOG.warn("MQTT connection of host {} ended: {}", host.hostId(), response);
      locked(() -> {});
    }

    @Override
    public void mqttErrorOccurred(MqttException failed) {
      LOG.warn("MQTT client: {}", failed.toString());
    }

    @Override
    public void connectComplete(boolean reconnect, String url) {
      // Subscribing happens on this class's own thread: Paho's must not block.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
      // Extended authentication is not used.
    }
  }
}
