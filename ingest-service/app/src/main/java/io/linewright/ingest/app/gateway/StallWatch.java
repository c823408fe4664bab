package io.linewright.ingest.app.gateway;

import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.gateway.Canary;
import io.linewright.ingest.gateway.Canary.Finding;
import io.linewright.ingest.gateway.Canary.Kind;
import io.linewright.ingest.gateway.Watching;
import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.AlarmReported;
import io.linewright.model.event.EventTypes;
import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raises an alarm when canaries of a gateway stay away, and ends it when they come again. The row
 * of the canary decides, so that each is said once, by one instance, also over a restart. For one
 * thread.
 */
final class StallWatch {

  /** Name that stands for the alarm among the tags of its gateway. */
  static final String ALARM = "health/stalled";

  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
  private static final String SOURCE = "/ingest";

  /** Where a trip stopped. */
  @FunctionalInterface
  interface Stages {
    String of(Canary stalled, List<Canary> all, Watching watching);
  }

  private final Canaries canaries;
  private final Stages stages;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Duration patience;
  private Watching watching;

  /**
   * @param patience longest time between two canaries
   * @param now begin of the watch
   */
  StallWatch(
      Canaries canaries,
      Stages stages,
      Outbox outbox,
      TransactionTemplate transaction,
      Duration patience,
      Instant now) {
    this.canaries = canaries;
    this.stages = stages;
    this.outbox = outbox;
    this.transaction = transaction;
    this.patience = patience;
    this.watching = Watching.begin(now);
  }

  /** Looks at all canaries and tells what is new; returns them as they stood before. */
  List<Canary> look(Instant now) {
    List<Canary> all = canaries.all();
    watching = watching.look(now, all); // after the database answered: else nothing can arrive
    Watching present = watching;
    for (Canary canary : all) {
      if (canary.kind() == Kind.GATEWAY) {
        switch (canary.finding(present, patience)) {
          case AS_BEFORE -> {}
          case STALLED -> {
            String stage = stages.of(canary, all, present);
            transaction.executeWithoutResult(status -> stalled(canary.node(), stage, present));
          }
          case MOVING -> transaction.executeWithoutResult(status -> moving(canary.node(), present));
        }
      }
    }
    return all;
  }

  private void stalled(String node, String stage, Watching present) {
    canaries
        .hold(node)
        .filter(canary -> canary.finding(present, patience) == Finding.STALLED)
        .ifPresent(
            canary -> {
              canaries.stalled(node, canary.arrivedAt(), stage);
              Instant since = present.quietSince(canary).plus(patience);
              tell(canary, true, stage, "stalled", since);
              LOG.warn("{}: no canary for {}, stopped at stage {}", node, patience, stage);
            });
  }

  private void moving(String node, Watching present) {
    canaries
        .hold(node)
        .filter(canary -> canary.finding(present, patience) == Finding.MOVING)
        .ifPresent(
            canary -> {
              String stage = String.valueOf(canary.stage());
              canaries.moving(node);
              tell(canary, false, stage, "moving", canary.arrivedAt());
              LOG.info("{}: canaries come again", node);
            });
  }

  private void tell(Canary canary, boolean active, String stage, String word, Instant time) {
    long sent = ChronoUnit.MICROS.between(Instant.EPOCH, canary.sentAt());
    outbox.add(
        Topic.MACHINE_EVENTS,
        canary.node(),
        SOURCE,
        "%s#%s@%d.%s".formatted(canary.node(), ALARM, sent, word),
        EventTypes.MACHINE_ALARM,
        time,
        canary.node(),
        new AlarmReported(canary.node(), ALARM, active, stage, 0, 0, false));
  }
}
