package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.Alias;
import io.linewright.edge.app.sparkplug.OutgoingPayload;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.RebirthRequest;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.app.tag.DeviceState;
import io.linewright.edge.app.tag.StoredSamples;
import io.linewright.edge.app.tag.TagRegistry;
import io.linewright.edge.app.tag.TagState;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Births and deaths: what the node and its devices are, with the newest value of every tag. */
final class Births {

  private static final String BD_SEQ = "bdSeq";

  private final Supplier<TagRegistry> registry;

  /**
   * @param registry the one in force
   */
  Births(Supplier<TagRegistry> registry) {
    this.registry = registry;
  }

  /** Ids of all devices to announce: those of the file, then those that only records still use. */
  List<String> devices() {
    return List.copyOf(registry.get().announced());
  }

  /** Aliases under which a device, possibly one that is no longer in the file, tells places. */
  OutgoingPayload.@Nullable Aliases aliases(String deviceId) {
    TagRegistry tags = registry.get();
    DeviceState device = tags.device(deviceId);
    if (device != null) {
      return device.aliases();
    }
    Map<String, Long> names = new HashMap<>();
    for (Alias alias : tags.retired()) {
      if (alias.device().equals(deviceId)) {
        names.put(alias.name(), alias.id());
      }
    }
    if (!names.keySet().containsAll(TagRegistry.placeMetrics().keySet())) {
      return null;
    }
    return new OutgoingPayload.Aliases(
        names.getOrDefault(LinewrightMetrics.EPOCH, 0L),
        names.getOrDefault(LinewrightMetrics.LANE, 0L),
        names.getOrDefault(LinewrightMetrics.POSITION, 0L),
        names.getOrDefault(LinewrightMetrics.PREVIOUS, 0L),
        names.getOrDefault(LinewrightMetrics.COMPLETE_UNTIL, 0L),
        names.getOrDefault(LinewrightMetrics.GATEWAY_MICROS, 0L));
  }

  /** Alias of the loss metric of the node. */
  long lossAlias() {
    return registry.get().node().lossAlias();
  }

  /** Alias of the node's metric for steps of commands. */
  long progressAlias() {
    return registry.get().node().progressAlias();
  }

  /** NDEATH; also the will. */
  static byte[] death(int bdSeq, long nowMillis) {
    Metric metric = Metric.named(BD_SEQ, SparkplugType.INT64, nowMillis, (long) bdSeq);
    return PayloadCodec.encode(
        new Payload(OptionalLong.of(nowMillis), OptionalInt.empty(), List.of(metric)));
  }

  /** DDEATH. */
  static byte[] deviceDeath(int seq, long nowMillis) {
    return payload(List.of(), seq, nowMillis);
  }

  /** NBIRTH. */
  byte[] node(int bdSeq, long epoch, long nowMillis) {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.named(BD_SEQ, SparkplugType.INT64, nowMillis, (long) bdSeq));
    metrics.add(Metric.named(RebirthRequest.METRIC, SparkplugType.BOOLEAN, nowMillis, false));
    TagRegistry tags = registry.get();
    DeviceState node = tags.node();
    addPlace(metrics, node.aliases(), epoch, nowMillis);
    int text = SparkplugType.STRING.number();
    metrics.add(metric(LinewrightMetrics.LOSS, node.lossAlias(), text, nowMillis, null, Map.of()));
    metrics.add(
        metric(
            LinewrightMetrics.COMMAND_PROGRESS,
            node.progressAlias(),
            text,
            nowMillis,
            null,
            Map.of()));
    addTags(metrics, node, nowMillis);
    addRetired(metrics, tags, "", nowMillis);
    return payload(metrics, 0, nowMillis);
  }

  /** DBIRTH. */
  byte[] device(String id, int seq, long epoch, long nowMillis) {
    List<Metric> metrics = new ArrayList<>();
    TagRegistry tags = registry.get();
    DeviceState device = tags.device(id);
    if (device != null) {
      addPlace(metrics, device.aliases(), epoch, nowMillis);
      addTags(metrics, device, nowMillis);
    }
    addRetired(metrics, tags, id, nowMillis);
    return payload(metrics, seq, nowMillis);
  }

  /** In the order of time (tck-id-operational-behavior-data-publish-nbirth-order). */
  private static byte[] payload(List<Metric> metrics, int seq, long nowMillis) {
    List<Metric> ordered = new ArrayList<>(metrics);
    ordered.sort(Comparator.comparingLong(metric -> metric.timestampMillis().orElse(nowMillis)));
    return PayloadCodec.encode(
        new Payload(OptionalLong.of(nowMillis), OptionalInt.of(seq), ordered));
  }

  private static void addPlace(
      List<Metric> metrics, OutgoingPayload.Aliases aliases, long epoch, long nowMillis) {
    long[] ids = {
      aliases.epoch(),
      aliases.lane(),
      aliases.position(),
      aliases.previous(),
      aliases.completeUntil(),
      aliases.gatewayMicros()
    };
    int next = 0;
    for (Map.Entry<String, SparkplugType> place : TagRegistry.placeMetrics().entrySet()) {
      Object value = place.getKey().equals(LinewrightMetrics.EPOCH) ? (Object) epoch : null;
      metrics.add(
          metric(
              place.getKey(), ids[next++], place.getValue().number(), nowMillis, value, Map.of()));
    }
  }

  private static void addTags(List<Metric> metrics, DeviceState device, long nowMillis) {
    for (TagState tag : device.tags()) {
      Map<String, Object> properties = new LinkedHashMap<>(tag.properties());
      Sample last = tag.last();
      Object value = last == null ? null : StoredSamples.toMetricValue(last.value());
      if (last != null && last.status().bits() != 0) {
        properties.put(LinewrightMetrics.STATUS_CODE, last.status().bits());
        SampleMetrics.qualityOf(last.status())
            .ifPresent(quality -> properties.put(LinewrightMetrics.QUALITY, quality));
      }
      long at = last == null ? nowMillis : Math.floorDiv(last.sourceMicros(), 1000L);
      SparkplugType type = SampleMetrics.typeOf(tag.description().type());
      Object fitting = value == null || type.read(value).isEmpty() ? null : value;
      metrics.add(
          metric(
              tag.description().key().name().value(),
              tag.alias(),
              type.number(),
              at,
              fitting,
              properties));
    }
  }

  private static void addRetired(
      List<Metric> metrics, TagRegistry tags, String device, long nowMillis) {
    for (Alias alias : tags.retired()) {
      if (alias.device().equals(device)) {
        metrics.add(
            metric(alias.name(), alias.id(), alias.type(), nowMillis, null, alias.properties()));
      }
    }
  }

  private static Metric metric(
      String name,
      long alias,
      int type,
      long millis,
      @Nullable Object value,
      Map<String, Object> properties) {
    return new Metric(
        name,
        OptionalLong.of(alias),
        type,
        OptionalLong.of(millis),
        false,
        value,
        false,
        properties);
  }
}
