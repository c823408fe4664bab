package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.command.CommandArrival;
import io.linewright.edge.app.bridge.command.CommandReader;
import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.kafka.DeclaredEquipment;
import io.linewright.edge.app.bridge.mqtt.MessageBus;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.app.tag.StoredSamples;
import io.linewright.edge.command.Command;
import io.linewright.edge.fold.Step;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.host.birth.Binding;
import io.linewright.edge.host.birth.Birth;
import io.linewright.edge.host.command.DeliveryFact;
import io.linewright.edge.host.command.DeliveryFold;
import io.linewright.edge.host.command.DeliveryInput;
import io.linewright.edge.host.command.DeliveryState;
import io.linewright.edge.host.command.Route;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.MessageType;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugTopic;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.equipment.TagKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands from Kafka to MQTT, by what births say of who is there. For the worker's thread. */
final class CommandDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(CommandDelivery.class);
  private static final int MOST_AT_ONCE = 2000;

  /** Who declares a machine now. */
  private record Declared(SparkplugAddress address, boolean own, Birth birth) {}

  private final BridgeSettings settings;
  private final CommandReader reader;
  private final Nodes nodes;
  private final DeclaredEquipment equipment;
  private final BridgeLog log;
  private final MessageBus bus;
  private final BridgeStatus status;
  private DeliveryState state = DeliveryState.EMPTY;

  CommandDelivery(
      BridgeSettings settings,
      CommandReader reader,
      Nodes nodes,
      DeclaredEquipment equipment,
      BridgeLog log,
      MessageBus bus,
      BridgeStatus status) {
    this.settings = settings;
    this.reader = reader;
    this.nodes = nodes;
    this.equipment = equipment;
    this.log = log;
    this.bus = bus;
    this.status = status;
  }

  /**
   * Takes what was read and does what is due. An end that is lost with its transaction is told
   * again, because it is not read back.
   *
   * @param transaction opens one if none is open
   */
  void run(Instant now, Runnable transaction) {
    List<DeliveryInput> inputs = new ArrayList<>();
    for (CommandArrival arrival : reader.take(MOST_AT_ONCE)) {
      switch (arrival) {
        case CommandArrival.Input(DeliveryInput input) -> inputs.add(input);
        case CommandArrival.Unreadable bad -> {
          status.unreadable();
          LOG.warn("A record of {} is set aside: {}", bad.topic(), bad.cause());
          transaction.run();
          log.send(
              log.writer()
                  .quarantined(
                      bad.id(),
                      bad.topic(),
                      bad.cause(),
                      bad.bytes(),
                      bad.bytes().length,
                      bad.at()));
        }
      }
    }
    if (inputs.isEmpty() && state.pending().isEmpty()) {
      return;
    }
    Map<EquipmentPath, Declared> declared = declared();
    Step<DeliveryState, DeliveryFact> step =
        DeliveryFold.step(state, inputs, now, tag -> route(tag, declared));
    state = step.state();
    status.waitingCommands(state.pending().size());
    for (DeliveryFact fact : step.facts()) {
      switch (fact) {
        case DeliveryFact.Publish(Command command, SparkplugAddress to) ->
            bus.command(topic(to), payload(command, now), command.expiresAt());
        case DeliveryFact.Tell(CommandProgress end) -> {
          LOG.info("Command {}: {}, {}", end.id(), end.step(), end.detail());
          transaction.run();
          log.send(log.writer().progress(end));
        }
      }
    }
  }

  private Map<EquipmentPath, Declared> declared() {
    Map<EquipmentPath, Declared> all = new HashMap<>();
    List<NodeId> ids = nodes.all().stream().sorted(Comparator.comparing(NodeId::toString)).toList();
    for (NodeId id : ids) {
      SessionState known = nodes.state(id);
      SessionState.@Nullable Session session = known == null ? null : known.session();
      if (session == null) {
        continue;
      }
      put(all, id.address(), session.own(), session.node());
      session
          .devices()
          .forEach(
              (device, birth) ->
                  put(
                      all,
                      new SparkplugAddress(id.group(), id.node(), Optional.of(device)),
                      session.own(),
                      birth));
    }
    return all;
  }

  private static void put(
      Map<EquipmentPath, Declared> all, SparkplugAddress address, boolean own, Birth birth) {
    birth.equipment().ifPresent(path -> all.putIfAbsent(path, new Declared(address, own, birth)));
  }

  private Route route(TagKey tag, Map<EquipmentPath, Declared> declared) {
    Declared present = declared.get(tag.equipment());
    if (present == null) {
      if (!ours(tag.equipment())) {
        return new Route.NotOurs();
      }
      return equipment.has(tag.toString())
          ? new Route.Absent()
          : new Route.Impossible("no gateway has declared this tag");
    }
    if (!present.own()) {
      return new Route.Impossible(
          "%s is no gateway of Linewright; nothing is written to others"
              .formatted(present.address()));
    }
    Binding binding = present.birth().byName().get(tag.name().value());
    return binding instanceof Binding.Tag
        ? new Route.Online(present.address())
        : new Route.Impossible("its gateway does not declare this tag any more");
  }

  /** Sites are groups; foreign ids behind a mapping are ours while their births are known. */
  private boolean ours(EquipmentPath path) {
    List<String> groups = settings.groups();
    return groups.contains("*")
        || (path.segments().size() >= 2
            && groups.contains(path.segments().get(0) + ":" + path.segments().get(1)));
  }

  private static SparkplugTopic topic(SparkplugAddress to) {
    return new SparkplugTopic(to.device().isPresent() ? MessageType.DCMD : MessageType.NCMD, to);
  }

  /** Commands have no sequence number; names, not aliases: a birth may have changed those. */
  static byte[] payload(Command command, Instant now) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(LinewrightMetrics.COMMAND_ID, command.id().toString());
    properties.put(LinewrightMetrics.REQUESTER, command.requester());
    properties.put(LinewrightMetrics.REQUESTED_AT, command.requestedAt().toEpochMilli());
    properties.put(LinewrightMetrics.EXPIRES_AT, command.expiresAt().toEpochMilli());
    if (!command.reason().isEmpty()) {
      properties.put(LinewrightMetrics.COMMAND_REASON, command.reason());
    }
    Metric metric =
        new Metric(
            command.tag().name().value(),
            OptionalLong.empty(),
            SampleMetrics.typeOf(command.value().type()).number(),
            OptionalLong.of(now.toEpochMilli()),
            false,
            StoredSamples.toMetricValue(command.value()),
            false,
            properties);
    return PayloadCodec.encode(
        new Payload(OptionalLong.of(now.toEpochMilli()), OptionalInt.empty(), List.of(metric)));
  }
}
