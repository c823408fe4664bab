package io.linewright.edge.app.bridge;

import io.linewright.edge.host.NodeId;
import io.linewright.edge.host.ledger.NodeCounts;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the bridge is doing, for health and meters. Safe for use by several threads. */
final class BridgeStatus implements HealthIndicator {

  /** States of the bridge. */
  enum State {
    STARTING,
    /** Carries messages. */
    RUNNING,
    /** Kafka does not take transactions; the bridge tries again and takes no messages. */
    WAITING_FOR_KAFKA,
    /** Stopped for good; the reason says why. */
    STOPPED
  }

  private record Present(State state, String reason) {}

  private final Map<NodeId, NodeCounts> committed = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong transactions = new AtomicLong();
  private volatile Present present = new Present(State.STARTING, "");
  private volatile boolean connected;
  private volatile int waitingCommands;

  void is(State state, String reason) {
    present = new Present(state, reason);
  }

  void connected(boolean now) {
    connected = now;
  }

  void committed(NodeId node, NodeCounts counts) {
    committed.put(node, counts);
  }

  /** Counts a message of a node for which there was no room; true for the first one. */
  boolean refused() {
    return refused.getAndIncrement() == 0;
  }

  /** Counts a message that could not be read at all. */
  void unreadable() {
    unreadable.incrementAndGet();
  }

  long unreadableMessages() {
    return unreadable.get();
  }

  long refusedMessages() {
    return refused.get();
  }

  /** Commands that no gateway has answered yet. */
  void waitingCommands(int now) {
    waitingCommands = now;
  }

  int waitingCommands() {
    return waitingCommands;
  }

  void countTransaction() {
    transactions.incrementAndGet();
  }

  long transactions() {
    return transactions.get();
  }

  State state() {
    return present.state();
  }

  String reason() {
    return present.reason();
  }

  /** The books of all nodes together, as committed. */
  NodeCounts total() {
    return committed.values().stream().reduce(NodeCounts.ZERO, NodeCounts::plus);
  }

  @Override
  public Health health() {
    Present now = present;
    Health.Builder health =
        switch (now.state()) {
          case RUNNING -> connected ? Health.up() : Health.outOfService();
          case STARTING, WAITING_FOR_KAFKA -> Health.outOfService();
          case STOPPED -> Health.down();
        };
    health.withDetail("state", now.state().name().toLowerCase(Locale.ROOT));
    if (!now.reason().isEmpty()) {
      health.withDetail("reason", now.reason());
    }
    return health
        .withDetail("broker", connected ? "connected" : "not connected")
        .withDetail("nodes", committed.size())
        .build();
  }
}
