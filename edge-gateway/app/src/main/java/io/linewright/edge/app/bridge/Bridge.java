package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.command.CommandReader;
import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.kafka.DeclaredEquipment;
import io.linewright.edge.app.bridge.mqtt.FrameQueue;
import io.linewright.edge.app.bridge.mqtt.MessageBus;
import io.linewright.edge.host.HostRules;
import io.linewright.edge.host.HostSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** The bridge as a part of the process: starts its worker, and stops it in order. */
final class Bridge implements SmartLifecycle {

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final BridgeWorker worker;
  private @Nullable Thread thread;

  Bridge(
      BridgeSettings settings,
      HostRules rules,
      BridgeLog log,
      FrameQueue queue,
      MessageBus bus,
      CommandReader commands,
      BridgeStatus status,
      InstantSource clock,
      Consumer<String> faultPoints) {
    Nodes nodes = new Nodes(settings.maxNodes());
    DeclaredEquipment equipment = new DeclaredEquipment();
    FrameFolder folder =
        new FrameFolder(
            new HostSession(rules),
            nodes,
            log,
            equipment,
            status,
            Math.toIntExact(settings.messageBytes().toBytes()));
    this.worker =
        new BridgeWorker(
            settings,
            log,
            queue,
            bus,
            status,
            clock,
            faultPoints,
            nodes,
            equipment,
            folder,
            new CommandDelivery(settings, commands, nodes, equipment, log, bus, status));
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("bridge").start(worker);
    }
  }

  @Override
  public synchronized void stop() {
    Thread working = thread;
    thread = null;
    if (working == null) {
      return;
    }
    worker.stop();
    try {
      if (!working.join(PATIENCE)) {
        working.interrupt();
      }
    } catch (InterruptedException interrupted) {
      working.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
