package io.linewright.kit.exactlyonce;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries the committed records of one topic into the database, each exactly once: rows and offsets
 * commit together, and the offsets in the database are the only ones that count. What is committed
 * to Kafka afterwards is for lag tools.
 *
 * <p>One thread polls and works; if the handler allows it, another one prepares what was read last
 * while the transaction before still runs. While the database is away it keeps polling, paused, so
 * that it stays in its group; nothing is lost, and {@link #state()} says why.
 *
 * @param <P> see {@link BatchHandler}
 */
public final class ExactlyOnceConsumer<P> implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnceConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long to look for more while a slice waits: no longer, because nothing else is done. */
  private static final Duration MOMENT = Duration.ofMillis(5);

  /** They end when a transaction has committed, or nothing waits; not when positions are told. */
  private static final Set<Condition> PAUSES =
      Set.of(Condition.QUARANTINE_FULL, Condition.DATABASE_UNAVAILABLE);

  private static final Duration IDLE_CHECK = Duration.ofSeconds(5);
  private static final int MAX_POLL_RECORDS = 500;

  /** About 20,000 samples of telemetry. */
  private static final int MAX_SLICE_BYTES = 400_000;

  private static final long STOP_SECONDS = 20;

  private final String part;
  private final String topic;
  private final BatchHandler<P> handler;
  private final ExactlyOnce kit;
  private final Backoff backoff = new Backoff();
  private final ConsumerLag lag = new ConsumerLag();

  private volatile ConsumerState state;
  private volatile Ownership ownership = new Ownership(false, 0, 0);
  private volatile boolean running;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
  private volatile @Nullable Thread thread;

  ExactlyOnceConsumer(String part, String topic, BatchHandler<P> handler, ExactlyOnce kit) {
    this.part = part;
    this.topic = topic;
    this.handler = handler;
    this.kit = kit;
    this.state = new ConsumerState(Condition.STARTING, "", kit.clock().instant());
  }

  /** Name of this part of the service. */
  public String part() {
    return part;
  }

  /** Topic that it reads. */
  public String topic() {
    return topic;
  }

  /** What it is doing now. */
  public ConsumerState state() {
    return state;
  }

  /** Which part of the topic this process reads. */
  public Ownership ownership() {
    return ownership;
  }

  /**
   * How many offsets of its partitions are not stored, end marks of transactions among them, as of
   * a few seconds ago; empty before the first look.
   */
  public OptionalDouble lag() {
    return lag.offsets();
  }

  /** For how long at least one of these offsets has been waiting; zero if there is none. */
  public Duration lagAge(Instant now) {
    return lag.age(now);
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("consume-" + part).daemon().start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    KafkaConsumer<byte[], byte[]> consumer = open;
    Thread working = thread;
    if (consumer != null) {
      consumer.wakeup();
    }
    if (working != null) {
      try {
        if (!working.join(Duration.ofSeconds(STOP_SECONDS))) {
          LOG.warn("{}: did not stop within {} s", part, STOP_SECONDS);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Those of a process end side by side: each waits for what it has asked of Kafka last. */
  @Override
  public void stop(Runnable stopped) {
    CompletableFuture.runAsync(this::stop, Thread::startVirtualThread).thenRun(stopped);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = kit.clients().consumer(part, MAX_POLL_RECORDS);
        Admin admin = kit.clients().admin(part);
        Preparation<P> preparation = new Preparation<>(part, handler)) {
      open = consumer;
      new Session(consumer, new TopicIds(admin), preparation).run();
      enter(Condition.STOPPED, "");
    } catch (NamedStopException stop) {
      enter(stop.condition(), String.valueOf(stop.getMessage()));
    } catch (FencedInstanceIdException fenced) {
      enter(
          Condition.FENCED,
          "Another process with the same linewright.service.instance consumes " + topic);
    } catch (WakeupException | InterruptException stopping) {
      enter(Condition.STOPPED, "");
    } catch (RuntimeException | Error unexpected) {
      LOG.error("{}: stopped by an unexpected error", part, unexpected);
      enter(Condition.FAILED, Failures.describe(unexpected) + "; see the log, then restart");
    } finally {
      open = null;
    }
  }

  private void enter(Condition condition, String detail) {
    ConsumerState before = state;
    if (before.condition() == condition && before.detail().equals(detail)) {
      return;
    }
    state = new ConsumerState(condition, detail, kit.clock().instant());
    if (condition.needsDecision()) {
      LOG.error("{}: {} {}", part, condition, detail);
    } else if (condition.waiting()) {
      LOG.warn("{}: {} {}", part, condition, detail);
    } else {
      LOG.info("{}: {} {}", part, condition, detail);
    }
  }

  /** A slice that has been read, what the topic's id was then, and what is prepared of it. */
  private record Waiting<P>(UUID topicId, Slice slice, Supplier<P> prepared) {}

  /** One membership in the group, from start to stop. */
  private final class Session {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicIds topicIds;
    private final PartitionPositions positions;
    private final SliceTransaction<P> transaction;
    private final Preparation<P> preparation;
    private Instant nextIdleCheck = Instant.EPOCH;

    /** The last slice that was read, while it is being prepared; null if there is none. */
    private @Nullable Waiting<P> waiting;

    /** Whether a rebalance has dropped a waiting slice, whose records have to be read again. */
    private boolean dropped;

    Session(KafkaConsumer<byte[], byte[]> consumer, TopicIds topicIds, Preparation<P> preparation) {
      this.consumer = consumer;
      this.topicIds = topicIds;
      this.preparation = preparation;
      OffsetStore offsets = new OffsetStore(kit.jdbc());
      this.positions =
          new PartitionPositions(consumer, offsets, kit.transaction(), this::rebalanced);
      this.transaction =
          new SliceTransaction<>(
              kit.clients().identity().stage(part), handler, offsets, kit.books(), kit);
    }

    void run() {
      consumer.subscribe(List.of(topic), positions);
      while (running) {
        try {
          cycle();
          lag.look(consumer, positions.expected(), kit.clock().instant());
        } catch (NamedStopException
            | FencedInstanceIdException
            | WakeupException
            | InterruptException end) {
          throw end;
        } catch (OffsetOutOfRangeException gone) {
          throw nameOf(gone);
        } catch (OffsetStore.RefusedException fenced) {
          rejoin(fenced);
        } catch (PauseRequestedException pause) {
          suspend(pause.condition(), String.valueOf(pause.getMessage()));
        } catch (KafkaException kafka) {
          unwrap(kafka);
          suspend(Condition.KAFKA_UNAVAILABLE, Failures.describe(kafka));
        } catch (RuntimeException environment) {
          LOG.debug("{}: will try again", part, environment);
          suspend(Condition.DATABASE_UNAVAILABLE, Failures.describe(environment));
        }
      }
    }

    private void cycle() {
      if (!positions.complete() && backoff.over(kit.clock().instant())) {
        Optional<UUID> id = topicIds.find(topic);
        if (id.isPresent()) {
          positions.find(id.get());
          lag.look(consumer, positions.expected(), kit.clock().instant());
          owns(positions.expected().size());
          if (PAUSES.contains(state.condition())) {
            nextIdleCheck = kit.clock().instant().plus(IDLE_CHECK);
          } else {
            enter(Condition.RUNNING, "");
          }
        }
      }
      var polled = consumer.poll(waiting == null ? POLL : MOMENT);
      if (dropped) {
        dropped = false;
        positions.forget();
        return;
      }
      Instant now = kit.clock().instant();
      boolean idle = polled.isEmpty();
      if (idle && waiting != null) {
        applyWaiting();
        tellKafka();
      }
      if (idle && now.isBefore(nextIdleCheck)) {
        return;
      }
      nextIdleCheck = now.plus(IDLE_CHECK);
      Optional<UUID> id = topicIds.find(topic);
      if (id.isEmpty()) {
        enter(Condition.TOPIC_MISSING, "Topic " + topic + " does not exist");
        return;
      }
      if (!positions.expected().isEmpty()) {
        apply(polled, id.get());
      }
      if (idle && waiting == null && positions.complete()) {
        enter(Condition.RUNNING, "");
      }
    }

    private void apply(Iterable<ConsumerRecord<byte[], byte[]>> polled, UUID id) {
      for (Slice slice : Slice.cut(polled, positions.moved(), MAX_SLICE_BYTES)) {
        Waiting<P> next = new Waiting<>(id, slice, preparation.begin(slice.records()));
        applyWaiting();
        waiting = next;
      }
      if (!handler.preparesAhead()) {
        applyWaiting();
      }
      tellKafka();
    }

    /**
     * The transaction of the slice that was read before, if any; the next one is being prepared.
     */
    private void applyWaiting() {
      Waiting<P> slice = waiting;
      if (slice == null) {
        return;
      }
      waiting = null;
      transaction.apply(slice.topicId(), slice.slice(), positions.expected(), slice.prepared());
      backoff.succeeded();
      if (positions.complete()) {
        enter(Condition.RUNNING, "");
      }
    }

    private void rebalanced() {
      owns(positions.expected().size());
      dropped |= waiting != null;
      waiting = null;
      handler.dropCaches();
      kit.faults().reached("rebalance");
    }

    private void owns(int partitions) {
      boolean whole = partitions > 0 && partitions == consumer.partitionsFor(topic).size();
      ownership = new Ownership(whole, partitions, ownership.version() + 1);
    }

    private void tellKafka() {
      Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
      positions.expected().forEach((tp, next) -> reached.put(tp, new OffsetAndMetadata(next)));
      consumer.commitAsync(
          reached,
          (offsets, failure) -> {
            if (failure != null) {
              LOG.debug("{}: offsets for lag tools were not accepted", part, failure);
            }
          });
    }

    /** Reads again from where the database says, after a while. */
    private void suspend(Condition condition, String detail) {
      waiting = null;
      handler.dropCaches();
      positions.forget();
      backoff.failed(kit.clock().instant());
      enter(condition, detail);
    }

    /** This member does not yet know that it has lost a partition: it leaves and joins anew. */
    private void rejoin(OffsetStore.RefusedException fenced) {
      LOG.warn("{}: {}; joins its group anew", part, fenced.getMessage());
      waiting = null;
      handler.dropCaches();
      positions.forget();
      consumer.unsubscribe();
      consumer.subscribe(List.of(topic), positions);
    }

    private void unwrap(KafkaException failure) {
      if (failure.getCause() instanceof NamedStopException stop) {
        throw stop;
      }
    }

    private NamedStopException nameOf(OffsetOutOfRangeException gone) {
      Optional<UUID> id = topicIds.find(topic);
      Map<TopicPartition, Long> wanted = gone.offsetOutOfRangePartitions();
      if (id.isPresent()) {
        OffsetStore offsets = new OffsetStore(kit.jdbc());
        for (TopicPartition partition : wanted.keySet()) {
          try {
            UUID stored = offsets.findOrBegin(partition, id.get(), 0).topicId();
            PartitionPositions.refuseOtherTopic(partition, stored, id.get());
          } catch (NamedStopException recreated) {
            return recreated;
          }
        }
      }
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(wanted.keySet());
      for (var entry : wanted.entrySet()) {
        long beginning = beginnings.getOrDefault(entry.getKey(), 0L);
        if (entry.getValue() >= beginning) {
          return new NamedStopException(
              Condition.OFFSET_BEYOND_END,
              "%s ends before offset %d, which was next: Kafka has lost records. Set next_offset in consumer_offset and restart"
                  .formatted(entry.getKey(), entry.getValue()));
        }
      }
      var first = wanted.entrySet().iterator().next();
      return new NamedStopException(
          Condition.RETENTION_LOST,
          "%s begins at offset %d, but offset %d was next: records were deleted before they were processed. To accept the loss, set next_offset in consumer_offset and restart"
              .formatted(
                  first.getKey(), beginnings.getOrDefault(first.getKey(), 0L), first.getValue()));
    }
  }
}
