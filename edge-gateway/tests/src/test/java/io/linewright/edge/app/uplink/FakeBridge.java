package io.linewright.edge.app.uplink;

import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.RebirthRequest;
import io.linewright.edge.app.sparkplug.StateMessage;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A host application with the accept rule of the real bridge, and faults on demand. */
final class FakeBridge implements AutoCloseable {

  /** One sample as the bridge understood it. */
  record Received(
      String device,
      String tag,
      long micros,
      int ordinal,
      @org.jspecify.annotations.Nullable Object value,
      String lane,
      boolean historical,
      int status) {}

  private static final String GROUP = "acme:graz";
  private static final String NODE = "gw-1";

  private final MqttAsyncClient client;
  private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(4);
  private final Map<Long, String> names = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private long epoch;

  final List<SparkplugTopic> topics = new CopyOnWriteArrayList<>();
  final List<Payload> births = new CopyOnWriteArrayList<>();
  final List<Received> samples = new CopyOnWriteArrayList<>();
  final List<String> losses = new CopyOnWriteArrayList<>();
  final List<Integer> seqs = new CopyOnWriteArrayList<>();
  final List<Long> bdSeqs = new CopyOnWriteArrayList<>();
  final List<String> trouble = new CopyOnWriteArrayList<>();
  volatile long lastComplete;
  volatile boolean remembering = true;
  volatile long received;
  volatile long receivedOfDevices;
  volatile int duplicates;
  volatile int gaps;
  volatile boolean confirming = true;
  volatile int dropNext;

  FakeBridge(String url) throws MqttException {
    client =
        new MqttAsyncClient(
            url, "fake-bridge-" + UUID.randomUUID(), new MemoryPersistence(), null, threads);
    client.setCallback(new Callback());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(10_000);
    client.subscribe("spBv1.0/" + GROUP + "/#", 1).waitForCompletion(10_000);
  }

  void online(boolean online, long timestamp) throws MqttException {
    state("linewright", online, timestamp);
  }

  void state(String hostId, boolean online, long timestamp) throws MqttException {
    byte[] json = new StateMessage(online, timestamp).toBytes();
    client.publish("spBv1.0/STATE/" + hostId, json, 1, true).waitForCompletion(10_000);
  }

  void requestRebirth() throws MqttException {
    publish("spBv1.0/" + GROUP + "/NCMD/" + NODE, RebirthRequest.payload(1));
  }

  void publish(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 0, false).waitForCompletion(10_000);
  }

  synchronized void confirm() throws MqttException {
    confirm(epoch, last.getOrDefault("live", 0L), last.getOrDefault("backfill", 0L));
  }

  void confirm(long ofEpoch, long live, long backfill) throws MqttException {
    String json =
        "{\"host\":\"linewright\",\"epoch\":%d,\"live\":%d,\"backfill\":%d,\"timestamp\":1}"
            .formatted(ofEpoch, live, backfill);
    client.publish(
        LinewrightMetrics.confirmationTopic(GROUP, NODE),
        json.getBytes(StandardCharsets.UTF_8),
        1,
        true);
  }

  synchronized long epoch() {
    return epoch;
  }

  synchronized long position(String lane) {
    return last.getOrDefault(lane, 0L);
  }

  List<Received> of(String tag) {
    return samples.stream().filter(sample -> sample.tag().equals(tag)).toList();
  }

  private synchronized void arrived(String topic, byte[] bytes) throws Exception {
    SparkplugTopic sparkplug = SparkplugTopic.parse(topic).orElse(null);
    if (sparkplug == null || sparkplug.type() == MessageType.NCMD) {
      return;
    }
    Payload payload = PayloadCodec.decode(bytes, PayloadCodec.Limits.BIRTH);
    if (remembering) {
      topics.add(sparkplug);
      payload.seq().ifPresent(seqs::add);
    }
    switch (sparkplug.type()) {
      case NBIRTH, DBIRTH -> birth(payload);
      case NDATA, DDATA -> data(sparkplug, payload);
      case DDEATH -> {}
      case NDEATH -> bdSeqs.add(-1 - whole(payload.metrics().getFirst().value()));
      default -> trouble.add("unexpected " + topic);
    }
  }

  private void birth(Payload payload) {
    births.add(payload);
    for (Metric metric : payload.metrics()) {
      if (metric.alias().isPresent() && metric.name() != null) {
        String known = names.put(metric.alias().getAsLong(), metric.name());
        if (known != null && !known.equals(metric.name())) {
          trouble.add("alias " + metric.alias() + " of " + known + " and " + metric.name());
        }
      }
      if ("bdSeq".equals(metric.name())) {
        bdSeqs.add(whole(metric.value()));
      }
      if (LinewrightMetrics.EPOCH.equals(metric.name()) && metric.value() instanceof Long told) {
        if (told != epoch) {
          last.clear();
        }
        epoch = told;
      }
    }
  }

  private void data(SparkplugTopic topic, Payload payload) throws MqttException {
    if (dropNext > 0) {
      dropNext--;
      return;
    }
    Map<String, Object> place = new HashMap<>();
    List<Received> received = new ArrayList<>();
    for (Metric metric : payload.metrics()) {
      String name = names.get(metric.alias().orElse(-1));
      if (name == null) {
        trouble.add("unknown alias " + metric.alias());
      } else if (name.startsWith(LinewrightMetrics.PREFIX)) {
        place.put(name, metric.value());
      } else {
        received.add(sample(topic, name, metric));
      }
    }
    String lane = String.valueOf(place.get(LinewrightMetrics.LANE));
    long position = whole(place.get(LinewrightMetrics.POSITION));
    long previous = whole(place.get(LinewrightMetrics.PREVIOUS));
    if (whole(place.get(LinewrightMetrics.EPOCH)) != epoch) {
      trouble.add("epoch " + place.get(LinewrightMetrics.EPOCH) + " is not " + epoch);
    }
    long seen = last.getOrDefault(lane, 0L);
    if (seen >= position) {
      duplicates++;
      confirmAgain();
      return;
    }
    if (previous > seen) {
      gaps++;
      confirmAgain();
      return;
    }
    last.put(lane, position);
    lastComplete = whole(place.get(LinewrightMetrics.COMPLETE_UNTIL));
    this.received += received.size();
    if (topic.type() == MessageType.DDATA) {
      receivedOfDevices += received.size();
    }
    if (remembering) {
      received.forEach(r -> samples.add(with(r, lane)));
    }
    if (place.get(LinewrightMetrics.LOSS) instanceof String loss) {
      losses.add(loss);
    }
    if (confirming) {
      confirmAgain();
    }
  }

  /** One that cannot be sent because many are under way is passed over: another follows. */
  private void confirmAgain() throws MqttException {
    try {
      confirm();
    } catch (MqttException busy) {
      if (busy.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
        throw busy;
      }
    }
  }

  private static Received sample(SparkplugTopic topic, String name, Metric metric) {
    return new Received(
        topic.address().device().orElse(""),
        name,
        metric.timestampMillis().orElseThrow() * 1000
            + number(metric, LinewrightMetrics.SOURCE_MICROS),
        (int) number(metric, LinewrightMetrics.ORDINAL),
        metric.value(),
        "",
        metric.historical(),
        (int) number(metric, LinewrightMetrics.STATUS_CODE));
  }

  private static Received with(Received r, String lane) {
    return new Received(
        r.device(), r.tag(), r.micros(), r.ordinal(), r.value(), lane, r.historical(), r.status());
  }

  private static long whole(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Long number ? number : Long.MIN_VALUE;
  }

  private static long number(Metric metric, String property) {
    return metric.properties().get(property) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 100, false);
    client.close(true);
    threads.shutdownNow();
  }

  private final class Callback implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException failure) {}

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      try {
        arrived(topic, message.getPayload());
      } catch (Exception broken) {
        trouble.add(topic + ": " + broken);
      }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
