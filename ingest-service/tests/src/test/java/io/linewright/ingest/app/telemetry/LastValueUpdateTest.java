package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.exactlyonce.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** What many readers do while the table is slow, or does not answer. */
@Timeout(60)
class LastValueUpdateTest {

  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final int READERS = 20;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
  private final AtomicReference<Ownership> ownership =
      new AtomicReference<>(new Ownership(false, 3, 1));
  private final AtomicInteger looks = new AtomicInteger();

  /** What nobody waits for, to be run by the test. */
  private final Queue<Runnable> aside = new ConcurrentLinkedQueue<>();

  private final Queue<DataAccessException> failed = new ConcurrentLinkedQueue<>();

  @Test
  void oneLookServesAllForAMoment() {
    LastValueUpdate update = update(from -> {}, PATIENCE);

    update.ensure();
    update.ensure();
    assertThat(looks).hasValue(1);
    pass(LastValueUpdate.AGE);
    update.ensure();
    assertThat(looks).hasValue(2);
  }

  @Test
  void whoStoresEverythingAloneAsksOnce() {
    ownership.set(new Ownership(true, 6, 1));
    LastValueUpdate update = update(from -> {}, PATIENCE);

    update.ensure();
    pass(Duration.ofHours(1));
    update.ensure();
    assertThat(looks).hasValue(1);
    ownership.set(new Ownership(false, 3, 2));
    update.ensure();
    assertThat(looks).hasValue(2);
  }

  @Test
  void whileALookHangsNobodyElseWaitsLongerThanThePatience() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    LastValueUpdate update =
        update(
            from -> {
              hangs.countDown();
              await(answers);
            },
            PATIENCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(update::ensure);
      assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
      long begin = System.nanoTime();
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        others.add(threads.submit(() -> refused(update)));
      }
      for (Future<?> other : others) {
        other.get(10, TimeUnit.SECONDS);
      }
      long waited = System.nanoTime() - begin;
      refused(update);

      assertThat(looks).as("looks").hasValue(1);
      assertThat(Duration.ofNanos(waited)).isLessThan(PATIENCE.multipliedBy(READERS / 2));
      answers.countDown();
      first.get(10, TimeUnit.SECONDS);
      update.ensure();
      assertThat(looks).as("looks").hasValue(1);
    }
  }

  @Test
  void whoComesWhileALookIsSlowTakesItsAnswer() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    LastValueUpdate update =
        update(
            from -> {
              hangs.countDown();
              await(answers);
            },
            Duration.ofSeconds(20));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(update::ensure);
      assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
      Future<?> second = threads.submit(update::ensure);
      answers.countDown();
      first.get(10, TimeUnit.SECONDS);
      second.get(10, TimeUnit.SECONDS);
    }
    assertThat(looks).hasValue(1);
  }

  @Test
  void aLookThatTakesLongServesAllWhoWaitForIt() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    LastValueUpdate update = slow(answers);
    Thread first = started(update);
    List<Thread> others = waiting(update);

    answers.countDown();
    join(first, others);
    assertThat(failed).isEmpty();
    assertThat(looks).as("looks").hasValue(1);
  }

  @Test
  void theNextLookServesAllForWhomTheOneThatGoesOnIsTooOld() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    LastValueUpdate update = slow(answers);
    Thread first = started(update);
    pass(LastValueUpdate.AGE);
    List<Thread> others = waiting(update);

    answers.countDown();
    join(first, others);
    assertThat(failed).isEmpty();
    assertThat(looks).as("looks").hasValue(2);
  }

  @Test
  void nobodyWaitsForALookAtEverythingAndItIsSpacedByWhatItTakes() {
    List<@Nullable Instant> from = new ArrayList<>();
    Duration takes = Duration.ofSeconds(3);
    LastValueUpdate update =
        update(
            begin -> {
              from.add(begin);
              if (begin == null) {
                pass(takes);
              }
            },
            PATIENCE);

    update.ensure();
    assertThat(from).hasSize(1).doesNotContainNull();
    pass(LastValueUpdate.AGE);
    update.ensure();
    assertThat(from).hasSize(2).doesNotContainNull();
    assertThat(aside).as("one at a time").hasSize(1);
    aside.remove().run();
    assertThat(from.getLast()).isNull();

    pass(takes.multipliedBy(LastValueUpdate.OLDER_SHARE).minusMillis(1));
    update.ensure();
    assertThat(aside).isEmpty();
    pass(LastValueUpdate.AGE);
    update.ensure();
    assertThat(aside).hasSize(1);
  }

  @Test
  void aLookAtEverythingThatFailsIsTriedAgain() {
    LastValueUpdate update =
        update(
            from -> {
              if (from == null) {
                throw new DataAccessResourceFailureException("too much");
              }
            },
            PATIENCE);

    update.ensure();
    aside.remove().run();
    pass(LastValueUpdate.AGE);
    update.ensure();
    assertThat(aside).isEmpty();
    pass(LastValueUpdate.OLDER_EVERY);
    update.ensure();
    assertThat(aside).hasSize(1);
  }

  @Test
  void aFailureServesAsLongAsASuccess() {
    DataAccessException away = new DataAccessResourceFailureException("away");
    LastValueUpdate update =
        update(
            from -> {
              throw away;
            },
            PATIENCE);

    assertThatThrownBy(update::ensure).isSameAs(away);
    assertThatThrownBy(update::ensure)
        .isInstanceOf(DataAccessResourceFailureException.class)
        .hasCause(away);
    update.ensureIfPossible();
    assertThat(looks).as("looks").hasValue(1);
    pass(LastValueUpdate.AGE);
    assertThatThrownBy(update::ensure).isSameAs(away);
    assertThat(looks).as("looks").hasValue(2);
  }

  private LastValueUpdate update(LastValueUpdate.Table table, Duration patience) {
    return new LastValueUpdate(
        ownership::get,
        from -> {
          looks.incrementAndGet();
          table.look(from);
        },
        now::get,
        patience,
        aside::add);
  }

  /** Each look takes much longer by the clock than its answer may be old. */
  private LastValueUpdate slow(CountDownLatch answers) {
    return update(
        from -> {
          await(answers);
          pass(LastValueUpdate.AGE.multipliedBy(4));
        },
        Duration.ofSeconds(20));
  }

  /** A reader whose look goes on, or who waits for one. */
  private Thread started(LastValueUpdate update) {
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    update.ensure();
                  } catch (DataAccessException refused) {
                    failed.add(refused);
                  }
                });
    while (reader.getState() != Thread.State.WAITING
        && reader.getState() != Thread.State.TIMED_WAITING
        && reader.isAlive()) {
      Thread.onSpinWait();
    }
    return reader;
  }

  private List<Thread> waiting(LastValueUpdate update) {
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(started(update));
    }
    return readers;
  }

  private static void join(Thread first, List<Thread> others) throws InterruptedException {
    first.join();
    for (Thread other : others) {
      other.join();
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static void refused(LastValueUpdate update) {
    assertThatThrownBy(update::ensure).isInstanceOf(DataAccessResourceFailureException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
