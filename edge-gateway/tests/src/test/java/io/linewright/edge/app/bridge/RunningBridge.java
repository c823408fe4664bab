package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.command.CommandReader;
import io.linewright.edge.app.bridge.kafka.BridgeLog;
import io.linewright.edge.app.bridge.mqtt.FrameQueue;
import io.linewright.edge.app.bridge.mqtt.HostConnection;
import io.linewright.edge.app.bridge.mqtt.HostIdentity;
import io.linewright.edge.app.bridge.mqtt.Incoming;
import io.linewright.edge.app.bridge.mqtt.MqttSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** A bridge against real brokers; it can be made to die at a fault point. */
final class RunningBridge implements AutoCloseable {

  /** Ends the worker as abruptly as this JVM allows: nothing is committed, aborted or confirmed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final BridgeStatus status = new BridgeStatus();
  final FrameQueue queue;
  private final Bridge bridge;
  private final HostConnection connection;
  private final CommandReader commands;
  private volatile boolean killed;

  RunningBridge(String kafka, String mqtt, @Nullable String diesAt, int passing)
      throws IOException {
    BridgeSettings settings = settings();
    JsonMapper json = JsonMapper.builder().build();
    queue = new FrameQueue(settings.queueBytes().toBytes());
    connection =
        new HostConnection(
            new HostIdentity(
                settings.hostId(), settings.groups(), settings.messageBytes().toBytes()),
            new MqttSettings(mqtt, null, null),
            queue,
            status::connected,
            Clock.systemUTC());
    BridgeLog log =
        new BridgeLog(
            settings.hostId(),
            UUID.randomUUID().toString(),
            Map.of("bootstrap.servers", kafka),
            json);
    commands =
        new CommandReader(
            Map.of("bootstrap.servers", kafka),
            json,
            Clock.systemUTC(),
            () -> queue.offer(new Incoming.CommandsWait()));
    AtomicInteger left = new AtomicInteger(passing);
    bridge =
        new Bridge(
            settings,
            BridgeConfiguration.rules(settings, json),
            log,
            queue,
            connection,
            commands,
            status,
            Clock.systemUTC(),
            point -> {
              if (point.equals(diesAt) && left.decrementAndGet() == 0) {
                killed = true;
                throw new Killed();
              }
            });
    connection.start();
    commands.start();
    bridge.start();
  }

  static BridgeSettings settings() {
    return new BridgeSettings(
        "linewright",
        List.of(TestGateway.GROUP),
        null,
        null,
        Duration.ofSeconds(2),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        DataSize.ofMegabytes(2),
        DataSize.ofMegabytes(64),
        DataSize.ofMegabytes(1),
        10_000);
  }

  boolean killed() {
    return killed;
  }

  @Override
  public void close() throws InterruptedException {
    bridge.stop();
    commands.close();
    connection.close();
  }
}
