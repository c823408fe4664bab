package io.linewright.ingest.app.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.problem.RefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeavyReadsTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final Counter refused = new SimpleMeterRegistry().counter("refused");
  private final HeavyReads reads = new HeavyReads(1, SHORT, refused);
  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch at = new CountDownLatch(1);
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  @AfterEach
  void end() {
    answer.complete("late");
    others.close();
  }

  @Test
  void whoFindsNoPlaceIsRefusedAndCounted() throws Exception {
    Future<String> first = occupied();

    assertThatThrownBy(() -> reads.answer().read(() -> "never"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("1 others are reading history");
    assertThat(refused.count()).isEqualTo(1);
    answer.complete("first");
    assertThat(first.get()).isEqualTo("first");
    assertThat(reads.answer().read(() -> "second")).isEqualTo("second");
    assertThat(refused.count()).isEqualTo(1);
  }

  @Test
  void anAnswerThatHasBegunWaitsLonger() throws Exception {
    HeavyReads.Answer begun = reads.answer();
    assertThat(begun.read(() -> 1)).isEqualTo(1);
    Future<String> first = occupied();
    Future<Integer> goesOn = others.submit(() -> begun.read(() -> 2));

    assertThatThrownBy(() -> reads.answer().read(() -> 3)).isInstanceOf(RefusedException.class);
    answer.complete("first");
    assertThat(goesOn.get()).isEqualTo(2);
    assertThat(first.get()).isEqualTo("first");
  }

  @Test
  void aReadThatFailsGivesItsPlaceBack() {
    assertThatThrownBy(
            () ->
                reads
                    .answer()
                    .read(
                        () -> {
                          throw new IllegalStateException("no database");
                        }))
        .hasMessage("no database");
    assertThat(reads.answer().read(() -> "next")).isEqualTo("next");
  }

  /** Somebody has the place until {@link #answer} is there. */
  private Future<String> occupied() throws InterruptedException {
    Future<String> first =
        others.submit(
            () ->
                reads
                    .answer()
                    .read(
                        () -> {
                          at.countDown();
                          return answer.join();
                        }));
    at.await();
    return first;
  }
}
