package io.linewright.kit.exactlyonce;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.observe.StageCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies one slice in one transaction: the handler's rows first, the offsets last, so that a
 * frozen process holds no lock on them while it works. A slice that fails because of its data is
 * halved until the record is found, which goes to quarantine after {@link #TRIES} tries. So does a
 * record that alone is too much for the database, but after {@link #TRIES_ALONE} tries with pauses
 * between and not before {@link #PATIENCE_ALONE}: others may take the room that it needs, and the
 * pauses are short while other partitions go on.
 */
final class SliceTransaction<P> {

  static final int TRIES = 3;

  static final int TRIES_ALONE = 8;

  static final Duration PATIENCE_ALONE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(SliceTransaction.class);

  /** A record that alone was too much for the database so many times, and when first. */
  private record TooMuch(long offset, Instant since, int times) {}

  private final Map<TopicPartition, TooMuch> tooMuch = new HashMap<>();
  private final String stage;
  private final BatchHandler<P> handler;
  private final OffsetStore offsets;
  private final StageBooks books;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;
  private final FaultPoints faults;
  private final InstantSource clock;

  SliceTransaction(
      String stage,
      BatchHandler<P> handler,
      OffsetStore offsets,
      StageBooks books,
      ExactlyOnce kit) {
    this.stage = stage;
    this.handler = handler;
    this.offsets = offsets;
    this.books = books;
    this.transaction = kit.transaction();
    this.jdbc = kit.jdbc();
    this.faults = kit.faults();
    this.clock = kit.clock();
  }

  /**
   * Applies the slice and moves {@code expected} to its end.
   *
   * @param prepared gives what the handler has prepared of it; asked once, and not for a slice
   *     without records
   * @throws RuntimeException if the outside world fails: nothing, or an unknown part, is applied
   */
  void apply(UUID topicId, Slice slice, Map<TopicPartition, Long> expected, Supplier<P> prepared) {
    try {
      inTransaction(topicId, slice, expected, prepared);
    } catch (PauseRequestedException | OffsetStore.RefusedException notTheData) {
      throw notTheData;
    } catch (RuntimeException failed) {
      handler.dropCaches();
      if (slice.records().isEmpty()
          || !(Failures.causedByData(failed) || Failures.tooMuchAtOnce(failed))) {
        throw failed;
      }
      LOG.debug("{}: {} records failed together", stage, slice.records().size(), failed);
      narrowDown(topicId, slice, expected, failed);
    }
  }

  private void narrowDown(
      UUID topicId, Slice slice, Map<TopicPartition, Long> expected, RuntimeException failed) {
    if (slice.records().size() > 1) {
      for (Slice half : slice.halves()) {
        apply(topicId, half, expected, () -> handler.prepare(half.records()));
      }
      return;
    }
    if (Failures.tooMuchAtOnce(failed)) {
      ConsumerRecord<byte[], byte[]> record = slice.records().getFirst();
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      Instant now = clock.instant();
      TooMuch alone = onceMore(tooMuch.get(partition), record.offset(), now);
      tooMuch.put(partition, alone);
      if (alone.times() < TRIES_ALONE || now.isBefore(alone.since().plus(PATIENCE_ALONE))) {
        throw failed;
      }
      quarantine(topicId, slice, expected, alone.times(), failed);
      tooMuch.remove(partition);
      return;
    }
    RuntimeException last = failed;
    for (int attempt = 2; attempt <= TRIES; attempt++) {
      try {
        inTransaction(topicId, slice, expected, () -> handler.prepare(slice.records()));
        return;
      } catch (PauseRequestedException | OffsetStore.RefusedException notTheData) {
        throw notTheData;
      } catch (RuntimeException again) {
        handler.dropCaches();
        if (!Failures.causedByData(again)) {
          throw again;
        }
        last = again;
      }
    }
    quarantine(topicId, slice, expected, TRIES, last);
  }

  private static TooMuch onceMore(@Nullable TooMuch before, long offset, Instant now) {
    return before != null && before.offset() == offset
        ? new TooMuch(offset, before.since(), before.times() + 1)
        : new TooMuch(offset, now, 1);
  }

  private void quarantine(
      UUID topicId,
      Slice slice,
      Map<TopicPartition, Long> expected,
      int tries,
      RuntimeException failed) {
    ConsumerRecord<byte[], byte[]> record = slice.records().getFirst();
    LOG.warn(
        "{}: set aside {}-{} offset {} after {} tries",
        stage,
        record.topic(),
        record.partition(),
        record.offset(),
        tries,
        failed);
    List<SetAside> refused = List.of(SetAside.whole(record, Failures.describe(failed)));
    StageCounts counts = new StageCounts(1, 0, 1, 0);
    var next = moving(slice.next(), expected);
    transaction.executeWithoutResult(
        status -> {
          handler.setAside(refused);
          books.add(stage, counts);
          offsets.advance(topicId, expected, next);
        });
    expected.putAll(next);
    books.publish(stage, counts);
  }

  private void inTransaction(
      UUID topicId, Slice slice, Map<TopicPartition, Long> expected, Supplier<P> preparation) {
    var next = moving(slice.next(), expected);
    if (slice.records().isEmpty()) {
      transaction.executeWithoutResult(status -> offsets.advance(topicId, expected, next));
      expected.putAll(next);
      return;
    }
    P prepared = preparation.get();
    Stored stored =
        transaction.execute(
            status -> {
              Stored result = handler.store(prepared, transactionTime());
              if (!result.setAside().isEmpty()) {
                handler.setAside(result.setAside());
              }
              books.add(stage, result.counts());
              faults.reached("between-copy-and-commit");
              offsets.advance(topicId, expected, next);
              return result;
            });
    faults.reached("between-commit-and-outbox");
    expected.putAll(next);
    stored.afterCommit().run();
    books.publish(stage, stored.counts());
  }

  /**
   * Not the begin of the transaction: whoever looks for open ones, to know up to which time all is
   * visible, might not find one that has read the clock and not yet said so.
   */
  private Instant transactionTime() {
    return jdbc.sql("SELECT clock_timestamp()")
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private static SortedMap<TopicPartition, Long> moving(
      SortedMap<TopicPartition, Long> next, Map<TopicPartition, Long> expected) {
    SortedMap<TopicPartition, Long> moving = new TreeMap<>(next);
    moving.entrySet().removeIf(entry -> entry.getValue().equals(expected.get(entry.getKey())));
    return moving;
  }
}
