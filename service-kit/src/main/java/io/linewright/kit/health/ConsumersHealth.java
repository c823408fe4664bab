package io.linewright.kit.health;

import io.linewright.kit.exactlyonce.ConsumerState;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the consumers: DOWN when one has stopped and somebody has to decide, OUT_OF_SERVICE
 * while one waits for the outside world, UP otherwise; with the named state and its cause.
 */
public final class ConsumersHealth implements HealthIndicator {

  private final ExactlyOnce kit;

  public ConsumersHealth(ExactlyOnce kit) {
    this.kit = kit;
  }

  @Override
  public Health health() {
    Status worst = Status.UP;
    Map<String, Object> details = new LinkedHashMap<>();
    for (ExactlyOnceConsumer<?> consumer : kit.consumers()) {
      ConsumerState state = consumer.state();
      if (state.condition().needsDecision()) {
        worst = Status.DOWN;
      } else if (state.condition().waiting() && worst != Status.DOWN) {
        worst = Status.OUT_OF_SERVICE;
      }
      Map<String, String> one = new LinkedHashMap<>();
      one.put("state", state.condition().name());
      one.put("since", state.since().toString());
      if (!state.detail().isEmpty()) {
        one.put("detail", state.detail());
      }
      details.put(consumer.part(), one);
    }
    return Health.status(worst).withDetails(details).build();
  }
}
