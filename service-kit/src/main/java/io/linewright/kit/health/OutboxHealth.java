package io.linewright.kit.health;

import io.linewright.kit.outbox.Backlog;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.outbox.RelayState;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the outbox: DOWN when an event is refused or the relay has ended, OUT_OF_SERVICE while
 * it waits for Kafka or the database, UP otherwise; with the named state, its cause and what waits.
 */
public final class OutboxHealth implements HealthIndicator {

  private final OutboxRelay relay;
  private final InstantSource clock;

  public OutboxHealth(OutboxRelay relay, InstantSource clock) {
    this.relay = relay;
    this.clock = clock;
  }

  @Override
  public Health health() {
    RelayState state = relay.state();
    Backlog backlog = relay.backlog();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", state.condition().name());
    details.put("since", state.since().toString());
    if (!state.detail().isEmpty()) {
      details.put("detail", state.detail());
    }
    details.put("waiting", backlog.rows());
    details.put("oldestSeconds", backlog.age(clock.instant()).toSeconds());
    return Health.status(status(state.condition())).withDetails(details).build();
  }

  private static Status status(RelayState.Condition condition) {
    if (condition.needsDecision()) {
      return Status.DOWN;
    }
    return condition.waiting() ? Status.OUT_OF_SERVICE : Status.UP;
  }
}
