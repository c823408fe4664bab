package io.linewright.edge.app.bridge;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.tahu.protobuf.SparkplugBProto;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * A gateway of our own kind with an endless log, made of Tahu's classes only: sends records, throws
 * some away on their way, and goes back to what is confirmed when nothing is confirmed for a while.
 */
final class TestGateway implements AutoCloseable {

  static final String GROUP = "acme:graz";
  static final String DEVICE = "body:line-1:press-01";
  static final String PATH = "acme/graz/body/line-1/press-01";

  /** Source time of the first record of {@link #metered}, but for a second: a whole minute. */
  static final long METERED_FROM = 1_700_000_040_000L;

  private static final int WINDOW = 500;
  private static final long TIME_OUT_NANOS = 400_000_000L;

  final String node;
  private final MqttAsyncClient client;
  private final Random random = new Random(7);
  private final AtomicLong confirmed = new AtomicLong();
  private final Thread thread;
  private final int samples;
  private final double loss;
  private final boolean metered;
  private final String device;
  private final AtomicLong rebirths = new AtomicLong();
  private volatile boolean rebirthAsked;
  private volatile boolean closing;
  private volatile long target;
  private int seq;
  private final long epoch;

  /**
   * @param samples values of one record, besides one state
   * @param loss share of messages that get lost on their way
   */
  TestGateway(String url, String node, int samples, double loss, long epoch) throws MqttException {
    this(url, node, samples, loss, epoch, false);
  }

  /**
   * A gateway with a meter: a record for each second with the energy, in each tenth also a state in
   * words. From record 101 to 400 it holds back something older than record 100.
   */
  static TestGateway metered(String url, String node, double loss, long epoch)
      throws MqttException {
    return new TestGateway(url, node, 0, loss, epoch, true);
  }

  private TestGateway(
      String url, String node, int samples, double loss, long epoch, boolean metered)
      throws MqttException {
    this.node = node;
    this.metered = metered;
    this.device = metered ? "body:line-1:press-02" : DEVICE;
    this.samples = samples;
    this.loss = loss;
    this.epoch = epoch;
    this.client = new MqttAsyncClient(url, "gateway-" + UUID.randomUUID(), new MemoryPersistence());
    client.setCallback(new Callback());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(10_000);
    client.subscribe("spBv1.0/" + GROUP + "/NCMD/" + node, 1).waitForCompletion(10_000);
    client.subscribe(LinewrightMetrics.confirmationTopic(GROUP, node), 1).waitForCompletion(10_000);
    this.thread = Thread.ofPlatform().name("gateway-" + node).start(this::run);
  }

  /** Lets the log grow up to that position. */
  void produce(long upTo) {
    target = upTo;
  }

  long confirmed() {
    return confirmed.get();
  }

  long rebirths() {
    return rebirths.get();
  }

  private void run() {
    try {
      births();
      long next = 1;
      long lastConfirmed = 0;
      long progressAt = System.nanoTime();
      while (!closing) {
        if (rebirthAsked) {
          rebirthAsked = false;
          rebirths.incrementAndGet();
          births();
        }
        long now = System.nanoTime();
        if (confirmed.get() > lastConfirmed) {
          lastConfirmed = confirmed.get();
          progressAt = now;
        } else if (now - progressAt > TIME_OUT_NANOS) {
          next = lastConfirmed + 1;
          progressAt = now;
        }
        next = Math.max(next, lastConfirmed + 1);
        if (next <= target && next - lastConfirmed <= WINDOW) {
          send(next++);
        } else {
          Thread.onSpinWait();
          java.util.concurrent.locks.LockSupport.parkNanos(500_000);
        }
      }
    } catch (MqttException ended) {
      if (!closing) {
        throw new IllegalStateException(ended);
      }
    }
  }

  private void births() throws MqttException {
    seq = 0;
    var nodeBirth = payload();
    nodeBirth.addMetrics(metric("bdSeq", 0, 4).setLongValue(0));
    nodeBirth.addMetrics(metric("Node Control/Rebirth", 0, 11).setBooleanValue(false));
    nodeBirth.addMetrics(metric(LinewrightMetrics.EPOCH, 1, 4).setLongValue(epoch));
    nodeBirth.addMetrics(metric(LinewrightMetrics.LANE, 2, 12).setStringValue("live"));
    nodeBirth.addMetrics(metric(LinewrightMetrics.POSITION, 3, 4).setLongValue(0));
    nodeBirth.addMetrics(metric(LinewrightMetrics.PREVIOUS, 4, 4).setLongValue(0));
    nodeBirth.addMetrics(metric(LinewrightMetrics.GATEWAY_MICROS, 5, 4).setLongValue(0));
    nodeBirth.addMetrics(metric(LinewrightMetrics.COMPLETE_UNTIL, 6, 4).setLongValue(0));
    publish("NBIRTH/" + node, nodeBirth);
    if (metered) {
      meteredBirth();
      return;
    }
    var deviceBirth = payload();
    deviceBirth.addMetrics(
        metric("state", 10, 4)
            .setLongValue(6)
            .setProperties(
                SparkplugBProto.Payload.PropertySet.newBuilder()
                    .addKeys(LinewrightMetrics.ROLE)
                    .addValues(
                        SparkplugBProto.Payload.PropertyValue.newBuilder()
                            .setType(12)
                            .setStringValue("machine-state"))));
    for (int i = 0; i < samples; i++) {
      deviceBirth.addMetrics(metric("value/" + i, 100 + i, 10).setDoubleValue(0));
    }
    publish("DBIRTH/" + node + "/" + device, deviceBirth);
  }

  private void meteredBirth() throws MqttException {
    var birth = payload();
    birth.addMetrics(
        metric("execution", 20, 12)
            .setStringValue("READY")
            .setProperties(properties(LinewrightMetrics.ROLE, "machine-state")));
    birth.addMetrics(
        metric("energy", 21, 10)
            .setDoubleValue(0)
            .setProperties(
                properties(
                    LinewrightMetrics.ROLE, "energy", LinewrightMetrics.ENG_UNIT, "W.h")));
    publish("DBIRTH/" + node + "/" + device, birth);
  }

  private static SparkplugBProto.Payload.PropertySet.Builder properties(String... namesAndValues) {
    var set = SparkplugBProto.Payload.PropertySet.newBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      set.addKeys(namesAndValues[i])
          .addValues(
              SparkplugBProto.Payload.PropertyValue.newBuilder()
                  .setType(12)
                  .setStringValue(namesAndValues[i + 1]));
    }
    return set;
  }

  /** Up to which source time the device of a metered record is complete, milliseconds. */
  static long completeUntil(long position) {
    long held = position > 100 && position <= 400 ? 100 : position;
    return METERED_FROM + held * 1_000;
  }

  /** The state that a metered record tells. */
  static String word(long position) {
    return position % 20 == 0 ? "READY" : "ACTIVE";
  }

  private void meteredValues(long position, SparkplugBProto.Payload.Builder data) {
    long at = METERED_FROM + position * 1_000;
    data.addMetrics(alias(5).setLongValue(at * 1_000));
    data.addMetrics(alias(6).setLongValue(completeUntil(position) * 1_000));
    data.addMetrics(alias(21).setTimestamp(at).setDoubleValue(position * 1_000.0));
    if (position % 10 == 0) {
      data.addMetrics(alias(20).setTimestamp(at).setStringValue(word(position)));
    }
  }

  private void send(long position) throws MqttException {
    var data = payload();
    data.addMetrics(alias(1).setLongValue(epoch));
    data.addMetrics(alias(2).setStringValue("live"));
    data.addMetrics(alias(3).setLongValue(position));
    data.addMetrics(alias(4).setLongValue(position - 1));
    long at = 1_700_000_000_000L + position;
    if (metered) {
      meteredValues(position, data);
    } else {
      data.addMetrics(alias(10).setTimestamp(at).setLongValue(1 + position % 17));
    }
    for (int i = 0; i < samples; i++) {
      data.addMetrics(alias(100 + i).setTimestamp(at).setDoubleValue(position + i / 1000.0));
    }
    if (random.nextDouble() < loss) {
      seq = (seq + 1) & 0xFF;
    } else {
      publish("DDATA/" + node + "/" + device, data);
    }
  }

  private SparkplugBProto.Payload.Builder payload() {
    return SparkplugBProto.Payload.newBuilder().setTimestamp(System.currentTimeMillis());
  }

  private void publish(String what, SparkplugBProto.Payload.Builder payload) throws MqttException {
    payload.setSeq(seq);
    seq = (seq + 1) & 0xFF;
    String[] parts = what.split("/", 2);
    client.publish(
        "spBv1.0/" + GROUP + "/" + parts[0] + "/" + parts[1],
        payload.build().toByteArray(),
        0,
        false);
  }

  private static Metric.Builder metric(String name, long alias, int type) {
    var metric =
        Metric.newBuilder()
            .setName(name)
            .setDatatype(type)
            .setTimestamp(System.currentTimeMillis());
    return alias == 0 ? metric : metric.setAlias(alias);
  }

  private static Metric.Builder alias(long alias) {
    return Metric.newBuilder().setAlias(alias);
  }

  @Override
  public void close() throws MqttException, InterruptedException {
    closing = true;
    thread.join();
    client.disconnect().waitForCompletion(5_000);
    client.close(true);
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (topic.contains("/NCMD/")) {
        rebirthAsked = true;
        return;
      }
      String json = new String(message.getPayload(), StandardCharsets.UTF_8);
      if (number(json, "epoch") == epoch) {
        confirmed.accumulateAndGet(number(json, "live"), Math::max);
      }
    }

    private static long number(String json, String field) {
      int from = json.indexOf("\"" + field + "\":") + field.length() + 3;
      int to = from;
      while (Character.isDigit(json.charAt(to))) {
        to++;
      }
      return Long.parseLong(json.substring(from, to));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverURI) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
