package io.linewright.edge.host;

import io.linewright.edge.host.birth.EquipmentMapping;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.event.SamplesLost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages of one node, in the words of a test; the clock moves on by 10 ms per message. */
final class NodeScript {

  static final String MILL = "machining:line-1:mill-01";
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  final NodeId id;
  private final boolean own;
  private Instant now = START;
  private int seq;
  long epoch = 77;

  private NodeScript(NodeId id, boolean own) {
    this.id = id;
    this.own = own;
  }

  static NodeScript ownNode() {
    return new NodeScript(new NodeId("acme:graz", "gw-1"), true);
  }

  static NodeScript foreignNode() {
    return new NodeScript(new NodeId("acme:graz", "their-plc"), false);
  }

  static NodeScript ofIds(String group, String node, boolean own) {
    return new NodeScript(new NodeId(group, node), own);
  }

  static HostRules rules() {
    return new HostRules(
        EquipmentMapping.CONVENTION,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        text ->
            text.startsWith("{")
                ? Optional.of(new SamplesLost("acme/graz/gw-1", START, START, 5L, "disk full"))
                : Optional.empty(),
        text ->
            text.startsWith("acme/") || text.startsWith("other/")
                ? Optional.of(
                    new CommandProgress(new UUID(0, 1).toString(), text, "verified", START, ""))
                : Optional.empty());
  }

  Instant now() {
    return now;
  }

  NodeScript passes(Duration time) {
    now = now.plus(time);
    return this;
  }

  Frame nodeBirth(long bdSeq) {
    seq = 0;
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.named("bdSeq", SparkplugType.INT64, millis(), bdSeq));
    metrics.add(Metric.named("Node Control/Rebirth", SparkplugType.BOOLEAN, millis(), false));
    if (own) {
      metrics.add(declared(LinewrightMetrics.EPOCH, 1, SparkplugType.INT64, epoch, Map.of()));
      metrics.add(declared(LinewrightMetrics.LANE, 2, SparkplugType.STRING, "live", Map.of()));
      metrics.add(declared(LinewrightMetrics.POSITION, 3, SparkplugType.INT64, 0L, Map.of()));
      metrics.add(declared(LinewrightMetrics.PREVIOUS, 4, SparkplugType.INT64, 0L, Map.of()));
      metrics.add(declared(LinewrightMetrics.GATEWAY_MICROS, 7, SparkplugType.INT64, 0L, Map.of()));
      metrics.add(declared(LinewrightMetrics.COMPLETE_UNTIL, 8, SparkplugType.INT64, 0L, Map.of()));
      metrics.add(declared(LinewrightMetrics.LOSS, 5, SparkplugType.STRING, null, Map.of()));
      metrics.add(
          declared(LinewrightMetrics.COMMAND_PROGRESS, 6, SparkplugType.STRING, null, Map.of()));
    }
    return frame(MessageType.NBIRTH, Optional.empty(), metrics);
  }

  Frame nodeDeath(long bdSeq) {
    Payload payload =
        new Payload(
            OptionalLong.of(millis()),
            OptionalInt.empty(),
            List.of(Metric.named("bdSeq", SparkplugType.INT64, millis(), bdSeq)));
    return new Frame(topic(MessageType.NDEATH, Optional.empty()), payload, tick());
  }

  Frame millBirth() {
    return frame(
        MessageType.DBIRTH,
        Optional.of(MILL),
        List.of(
            declared(
                "state",
                10,
                SparkplugType.INT16,
                own ? 6L : null,
                Map.of(LinewrightMetrics.ROLE, "machine-state")),
            declared(
                "spindle/temperature",
                11,
                SparkplugType.DOUBLE,
                own ? 20.0 : null,
                Map.of(LinewrightMetrics.ROLE, "temperature", LinewrightMetrics.ENG_UNIT, "Cel"))));
  }

  /** A record of our own node: a state and a temperature of the mill. */
  Frame record(String lane, long previous, long position, long state) {
    return frame(
        MessageType.DDATA,
        Optional.of(MILL),
        List.of(
            value(1, epoch),
            value(2, lane),
            value(3, position),
            value(4, previous),
            value(10, state),
            value(11, 20.5 + position)));
  }

  /** The mill with a word for its state, a counter of energy in MWh and its power in W. */
  Frame meteredMillBirth() {
    return frame(
        MessageType.DBIRTH,
        Optional.of(MILL),
        List.of(
            declared(
                "state",
                10,
                SparkplugType.STRING,
                null,
                Map.of(LinewrightMetrics.ROLE, "machine-state")),
            declared(
                "energy",
                12,
                SparkplugType.DOUBLE,
                null,
                Map.of(LinewrightMetrics.ROLE, "energy", LinewrightMetrics.ENG_UNIT, "MW.h")),
            declared(
                "power",
                13,
                SparkplugType.DOUBLE,
                null,
                Map.of(LinewrightMetrics.ROLE, "power", LinewrightMetrics.ENG_UNIT, "W")),
            declared(
                "spindle/temperature",
                14,
                SparkplugType.DOUBLE,
                null,
                Map.of(LinewrightMetrics.ROLE, "temperature"))));
  }

  /** A record of any values of the mill that says how far the mill is complete. */
  Frame millRecord(
      String lane, long previous, long position, long completeUntil, Metric... values) {
    List<Metric> metrics =
        new ArrayList<>(
            List.of(
                value(1, epoch),
                value(2, lane),
                value(3, position),
                value(4, previous),
                value(7, millis() * 1000),
                value(8, completeUntil)));
    metrics.addAll(List.of(values));
    return frame(MessageType.DDATA, Optional.of(MILL), metrics);
  }

  Frame progressRecord(long previous, long position, String text) {
    return textRecord(6, previous, position, text);
  }

  Frame lossRecord(long previous, long position, String text) {
    return textRecord(5, previous, position, text);
  }

  private Frame textRecord(int alias, long previous, long position, String text) {
    return frame(
        MessageType.NDATA,
        Optional.empty(),
        List.of(
            value(1, epoch),
            value(2, "live"),
            value(3, position),
            value(4, previous),
            value(alias, text)));
  }

  /** Values of the mill as any Sparkplug node sends them: by alias, without type. */
  Frame millData(Metric... metrics) {
    return frame(MessageType.DDATA, Optional.of(MILL), List.of(metrics));
  }

  Frame millDeath() {
    return frame(MessageType.DDEATH, Optional.of(MILL), List.of());
  }

  Metric value(long alias, Object value) {
    return new Metric(
        null, OptionalLong.of(alias), 0, OptionalLong.of(millis()), false, value, false, Map.of());
  }

  Metric valueAt(long alias, Object value, long millis) {
    return new Metric(
        null, OptionalLong.of(alias), 0, OptionalLong.of(millis), false, value, false, Map.of());
  }

  private Metric declared(
      String name,
      long alias,
      SparkplugType type,
      @Nullable Object value,
      Map<String, Object> properties) {
    return new Metric(
        name,
        OptionalLong.of(alias),
        type.number(),
        OptionalLong.of(millis()),
        false,
        value,
        false,
        properties);
  }

  private Frame frame(MessageType type, Optional<String> device, List<Metric> metrics) {
    Payload payload = new Payload(OptionalLong.of(millis()), OptionalInt.of(seq), metrics);
    seq = (seq + 1) & 0xFF;
    return new Frame(topic(type, device), payload, tick());
  }

  private SparkplugTopic topic(MessageType type, Optional<String> device) {
    return new SparkplugTopic(type, new SparkplugAddress(id.group(), id.node(), device));
  }

  private Instant tick() {
    Instant at = now;
    now = now.plusMillis(10);
    return at;
  }

  long millis() {
    return now.toEpochMilli();
  }
}
