package io.linewright.kit.health;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * State and lag of every consumer as gauges, by {@code part}. They tell what the consumers know
 * already; reading them asks nobody.
 */
public final class ConsumerMeters implements SmartInitializingSingleton {

  private final ExactlyOnce kit;
  private final MeterRegistry registry;
  private final InstantSource clock;

  public ConsumerMeters(ExactlyOnce kit, MeterRegistry registry, InstantSource clock) {
    this.kit = kit;
    this.registry = registry;
    this.clock = clock;
  }

  /** When all consumers are there. */
  @Override
  public void afterSingletonsInstantiated() {
    kit.consumers().forEach(this::register);
  }

  private void register(ExactlyOnceConsumer<?> consumer) {
    for (Condition condition : Condition.values()) {
      Gauge.builder(
              "linewright.consumer.state",
              consumer,
              one -> one.state().condition() == condition ? 1 : 0)
          .description("1 for the state in which the consumer is, see health")
          .tags("part", consumer.part(), "state", condition.name())
          .register(registry);
    }
    Gauge.builder("linewright.consumer.lag", consumer, one -> one.lag().orElse(Double.NaN))
        .description("Offsets of the consumer's partitions that are not stored yet")
        .baseUnit("offsets")
        .tag("part", consumer.part())
        .register(registry);
    Gauge.builder(
            "linewright.consumer.lag.age",
            consumer,
            one -> one.lagAge(clock.instant()).toMillis() / 1e3)
        .description("For how long at least an offset has been waiting to be stored")
        .baseUnit("seconds")
        .tag("part", consumer.part())
        .register(registry);
  }
}
