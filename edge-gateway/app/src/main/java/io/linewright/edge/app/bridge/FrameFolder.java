package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.kafka.DeclaredEquipment;
import io.linewright.edge.app.bridge.kafka.RecordWriter;
import io.linewright.edge.app.bridge.mqtt.Incoming;
import io.linewright.edge.app.sparkplug.PayloadCodec;
import io.linewright.edge.app.sparkplug.SparkplugFormatException;
import io.linewright.edge.fold.Step;
import io.linewright.edge.host.Frame;
import io.linewright.edge.host.HostFact;
import io.linewright.edge.host.HostSession;
import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.SessionState;
import io.linewright.edge.sparkplug.Payload;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds messages into the nodes' states and writes what follows into the open transaction. */
final class FrameFolder {

  private static final Logger LOG = LoggerFactory.getLogger(FrameFolder.class);
  private static final int MAX_NAMED_UNMAPPED = 1_000;

  /** Births carry names and properties: each may be so many times as long as a data message. */
  private static final int BIRTH_FACTOR = 32;

  /** Metrics and devices that all births together may declare: some hundred bytes of heap each. */
  private static final long MAX_DECLARED = 2_000_000;

  private final HostSession session;
  private final Nodes nodes;
  private final BridgeLog log;
  private final RecordWriter writer;
  private final DeclaredEquipment equipment;
  private final BridgeStatus status;
  private final PayloadCodec.Limits dataLimits;
  private final PayloadCodec.Limits birthLimits;
  private final Set<String> namedUnmapped = new HashSet<>();
  private long declared;

  FrameFolder(
      HostSession session,
      Nodes nodes,
      BridgeLog log,
      DeclaredEquipment equipment,
      BridgeStatus status,
      int maxMessageBytes) {
    this.session = session;
    this.nodes = nodes;
    this.log = log;
    this.writer = log.writer();
    this.equipment = equipment;
    this.status = status;
    this.dataLimits = new PayloadCodec.Limits(maxMessageBytes, 100_000);
    this.birthLimits = new PayloadCodec.Limits(maxMessageBytes * BIRTH_FACTOR, 100_000);
  }

  /** Takes one message or interruption into the transaction. */
  void take(Incoming incoming, OpenTransaction into) {
    into.take(incoming);
    switch (incoming) {
      case Incoming.Interruption(Instant at) -> {
        for (NodeId node : nodes.all()) {
          SessionState state = nodes.state(node);
          if (state != null) {
            nodes.change(state.interrupted(at));
          }
        }
      }
      case Incoming.Message message -> take(message, into);
      case Incoming.CommandsWait wake -> {} // the worker looks after them
    }
  }

  private void take(Incoming.Message message, OpenTransaction into) {
    SessionState state = nodes.state(NodeId.of(message.topic().address()));
    if (state == null) {
      if (status.refused()) {
        LOG.error("No room for node {}: raise linewright.bridge.max-nodes", message.topic());
      }
      return;
    }
    PayloadCodec.Limits limits = limits(message);
    if (message.size() > message.bytes().length || message.size() > limits.maxBytes()) {
      unreadable(
          message,
          "the message has %d bytes, at most %d are read"
              .formatted(message.size(), limits.maxBytes()));
      return;
    }
    Step<SessionState, HostFact> step;
    try {
      Payload payload = PayloadCodec.decode(message.bytes(), limits);
      if (tooMuch(message, payload)) {
        unreadable(message, "all nodes together declare more than " + MAX_DECLARED + " metrics");
        return;
      }
      step = session.on(state, new Frame(message.topic(), payload, message.receivedAt()));
    } catch (SparkplugFormatException undecodable) {
      unreadable(message, String.valueOf(undecodable.getMessage()));
      return;
    } catch (KafkaException kafka) {
      throw kafka;
    } catch (RuntimeException defect) {
      // One message must never stop the others; its bytes are kept for whoever repairs this.
      LOG.error("Message on {} cannot be processed; set aside", message.topic(), defect);
      unreadable(message, "internal error: " + defect);
      return;
    }
    nodes.change(step.state());
    perform(step.facts(), message, state.id(), into);
  }

  /** Whether a birth is one too many for this bridge's memory. */
  private boolean tooMuch(Incoming.Message message, Payload payload) {
    if (!message.topic().type().name().endsWith("BIRTH")) {
      return false;
    }
    NodeId node = NodeId.of(message.topic().address());
    String device = message.topic().address().device().orElse("");
    int metrics = payload.metrics().size() + 1;
    declared += metrics;
    if (declared > MAX_DECLARED) { // births that came again were counted again
      declared = nodes.declaredBeside(node, device) + metrics;
    }
    return declared > MAX_DECLARED;
  }

  /** Lets time pass for every node. */
  void tick(Instant now, OpenTransaction into) {
    for (NodeId node : nodes.all()) {
      SessionState state = nodes.state(node);
      if (state != null) {
        Step<SessionState, HostFact> step = session.tick(state, now);
        if (!step.state().equals(state) || !step.facts().isEmpty()) {
          nodes.change(step.state());
          perform(step.facts(), null, node, into);
        }
      }
    }
  }

  /** Whether the passing of time has anything to do for a node. */
  boolean wouldTick(Instant now) {
    for (NodeId node : nodes.all()) {
      SessionState state = nodes.state(node);
      if (state != null && !session.tick(state, now).facts().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void perform(
      List<HostFact> facts, Incoming.@Nullable Message message, NodeId node, OpenTransaction into) {
    for (HostFact fact : facts) {
      switch (fact) {
        case HostFact.Telemetry telemetry -> log.send(writer.telemetry(telemetry));
        case HostFact.MachineEvent event -> log.send(writer.event(event));
        case HostFact.Progress progress -> log.send(writer.progress(progress));
        case HostFact.Declared declared -> declare(declared);
        case HostFact.SetAside(String id, String cause, int values) -> {
          if (message != null) {
            quarantine(message, id, cause);
          }
        }
        case HostFact.Unmapped unmapped -> nameOnce(unmapped);
        case HostFact.RebirthWanted(String reason) -> {
          LOG.info("Asking {} for its births: {}", node, reason);
          into.askForBirths.add(node);
        }
        case HostFact.ConfirmAgain again -> into.confirmAgain.add(node);
      }
    }
  }

  /** Writes a declaration if it says something new. */
  void declare(HostFact.Declared declared) {
    var one = writer.declared(declared);
    if (equipment.isNew(one, declared.onlyIfAbsent())) {
      log.send(one);
    }
  }

  private void nameOnce(HostFact.Unmapped unmapped) {
    if (namedUnmapped.size() < MAX_NAMED_UNMAPPED
        && namedUnmapped.add(unmapped.address().toString())) {
      LOG.warn(
          "No equipment behind {}; its values are set aside. Add it to the mapping file"
              + " (linewright.bridge.mapping-file)",
          unmapped.address());
    }
  }

  private PayloadCodec.Limits limits(Incoming.Message message) {
    return message.topic().type().name().endsWith("BIRTH") ? birthLimits : dataLimits;
  }

  private void unreadable(Incoming.Message message, String cause) {
    status.unreadable();
    quarantine(message, messageId(message), cause);
  }

  private void quarantine(Incoming.Message message, String id, String cause) {
    log.send(
        writer.quarantined(
            id,
            message.topic().toString(),
            cause,
            message.bytes(),
            message.size(),
            message.receivedAt()));
  }

  private static String messageId(Incoming.Message message) {
    String content = UUID.nameUUIDFromBytes(message.bytes()).toString();
    return "%s@%s#%s".formatted(message.topic(), message.receivedAt(), content);
  }
}
