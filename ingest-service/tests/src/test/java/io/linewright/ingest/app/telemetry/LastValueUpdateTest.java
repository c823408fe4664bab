package io.linewright.ingest.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.exactlyonce.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        patience);
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
