package io.linewright.kit.health;

import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.outbox.RelayState.Condition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** State of the outbox and what waits in it as gauges: what its relay saw last. */
public final class OutboxMeters implements SmartInitializingSingleton {

  private final OutboxRelay relay;
  private final MeterRegistry registry;
  private final InstantSource clock;

  public OutboxMeters(OutboxRelay relay, MeterRegistry registry, InstantSource clock) {
    this.relay = relay;
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (Condition condition : Condition.values()) {
      Gauge.builder(
              "linewright.outbox.state", relay, one -> one.state().condition() == condition ? 1 : 0)
          .description("1 for the state in which the relay of the outbox is, see health")
          .tag("state", condition.name())
          .register(registry);
    }
    Gauge.builder("linewright.outbox.rows", relay, one -> one.backlog().rows())
        .description("Events that are not on Kafka yet")
        .register(registry);
    Gauge.builder(
            "linewright.outbox.oldest.age",
            relay,
            one -> one.backlog().age(clock.instant()).toMillis() / 1e3)
        .description("How long the oldest event has been waiting for Kafka")
        .baseUnit("seconds")
        .register(registry);
  }
}
