package io.linewright.edge.app.bridge;

import io.linewright.edge.app.bridge.mqtt.FrameQueue;
import io.linewright.edge.host.ledger.NodeCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The bridge's books and its queue as meters. */
final class BridgeMeters implements MeterBinder {

  private final BridgeStatus status;
  private final FrameQueue queue;

  BridgeMeters(BridgeStatus status, FrameQueue queue) {
    this.status = status;
    this.queue = queue;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    book(registry, "linewright.bridge.in", NodeCounts::in);
    book(registry, "linewright.bridge.out", NodeCounts::out);
    book(registry, "linewright.bridge.set.aside", NodeCounts::setAside);
    book(registry, "linewright.bridge.duplicates.dropped", NodeCounts::duplicates);
    book(registry, "linewright.bridge.gaps", NodeCounts::gaps);
    count(registry, "linewright.bridge.transactions", BridgeStatus::transactions);
    FunctionCounter.builder("linewright.bridge.queue.dropped", queue, FrameQueue::dropped)
        .description("Messages dropped because the queue was full or Kafka was away")
        .register(registry);
    count(registry, "linewright.bridge.nodes.refused", BridgeStatus::refusedMessages);
    count(registry, "linewright.bridge.messages.unreadable", BridgeStatus::unreadableMessages);
    Gauge.builder("linewright.bridge.commands.waiting", status, BridgeStatus::waitingCommands)
        .description("Commands that no gateway has answered yet")
        .register(registry);
    Gauge.builder("linewright.bridge.queue.bytes", queue, FrameQueue::bytes)
        .description("Received bytes that wait for the worker")
        .baseUnit("bytes")
        .register(registry);
  }

  private void book(MeterRegistry registry, String name, ToLongFunction<NodeCounts> figure) {
    count(registry, name, s -> figure.applyAsLong(s.total()));
  }

  private void count(MeterRegistry registry, String name, ToDoubleFunction<BridgeStatus> figure) {
    FunctionCounter.builder(name, status, figure).register(registry);
  }
}
