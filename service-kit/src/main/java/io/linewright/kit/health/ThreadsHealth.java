package io.linewright.kit.health;

import io.linewright.kit.exactlyonce.ConsumerState;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.outbox.RelayState;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * For liveness: DOWN when a consumer or the relay of the outbox has ended by an unexpected error,
 * which a restart mends. Database and Kafka have no part in it: while they are away, a restart
 * would only make things worse.
 */
public final class ThreadsHealth implements HealthIndicator {

  private final ExactlyOnce kit;
  private final OutboxRelay relay;

  public ThreadsHealth(ExactlyOnce kit, OutboxRelay relay) {
    this.kit = kit;
    this.relay = relay;
  }

  @Override
  public Health health() {
    List<String> ended = new ArrayList<>();
    for (ExactlyOnceConsumer<?> consumer : kit.consumers()) {
      if (consumer.state().condition() == ConsumerState.Condition.FAILED) {
        ended.add(consumer.part());
      }
    }
    if (relay.state().condition() == RelayState.Condition.FAILED) {
      ended.add("outbox");
    }
    return ended.isEmpty() ? Health.up().build() : Health.down().withDetail("ended", ended).build();
  }
}
