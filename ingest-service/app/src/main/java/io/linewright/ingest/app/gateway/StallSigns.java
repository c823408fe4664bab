package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.ingest.gateway.StallStage;
import io.linewright.ingest.gateway.Watching;
import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks where a trip stopped. For one thread. */
final class StallSigns {

  private static final String ONLINE = "online";

  private final ExactlyOnce kit;
  private final KafkaLag lag;
  private final Registry registry;
  private final LastValues lastValues;
  private final LastValueUpdate update;
  private @Nullable Instant asked;
  private OptionalLong waiting = OptionalLong.empty();

  StallSigns(
      ExactlyOnce kit,
      KafkaLag lag,
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update) {
    this.kit = kit;
    this.lag = lag;
    this.registry = registry;
    this.lastValues = lastValues;
    this.update = update;
  }

  /**
   * The stage at which canaries of a gateway stopped.
   *
   * @param all the canaries of all nodes
   */
  StallStage of(Canary stalled, List<Canary> all, Watching watching, Duration patience) {
    Condition condition =
        kit.consumers().stream()
            .filter(consumer -> consumer.topic().equals(Topic.TELEMETRY.topicName()))
            .map(consumer -> consumer.state().condition())
            .findFirst()
            .orElse(Condition.RUNNING);
    boolean kafkaAnswers = condition != Condition.KAFKA_UNAVAILABLE;
    Boolean bridge = bridgeMoves(stalled.node(), all, watching, patience);
    boolean ask = kafkaAnswers && !Boolean.TRUE.equals(bridge);
    OptionalLong behind = ask ? waiting(watching.last()) : OptionalLong.empty();
    return StallStage.of(
        new StallStage.Signs(
            condition == Condition.RUNNING || !kafkaAnswers,
            kafkaAnswers && (!ask || behind.isPresent()),
            bridge,
            behind,
            online(stalled.node())));
  }

  /** Kafka is asked once for all gateways of a look: it may take seconds not to answer. */
  private OptionalLong waiting(Instant look) {
    if (!look.equals(asked)) {
      waiting = lag.ofLiveTelemetry();
      asked = look;
    }
    return waiting;
  }

  private static @Nullable Boolean bridgeMoves(
      String gateway, List<Canary> all, Watching watching, Duration patience) {
    String site = site(gateway);
    List<Canary> bridges =
        all.stream()
            .filter(canary -> canary.kind() == Kind.BRIDGE && site(canary.node()).equals(site))
            .toList();
    return bridges.isEmpty()
        ? null
        : bridges.stream()
            .anyMatch(
                bridge -> watching.last().isBefore(watching.quietSince(bridge).plus(patience)));
  }

  private static String site(String node) {
    int slash = node.lastIndexOf('/');
    return slash < 0 ? "" : node.substring(0, slash);
  }

  /** Whether the bridge says that a gateway is connected; null if it has not said yet. */
  @Nullable Boolean online(String gateway) {
    update.ensure();
    return registry
        .find(gateway, ONLINE)
        .map(tag -> lastValues.of(tag.id()))
        .map(LastValue::sample)
        .map(sample -> sample.value() instanceof BooleanValue(boolean online) ? online : null)
        .orElse(null);
  }
}
