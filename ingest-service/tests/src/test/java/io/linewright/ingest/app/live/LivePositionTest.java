package io.linewright.ingest.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** The database's position is the second of the clock. */
class LivePositionTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong second = new AtomicLong(1_000);
  private LongSupplier database = second::get;
  private final LivePosition position =
      new LivePosition(() -> database.getAsLong(), () -> second.get() * 1_000_000_000);

  @Test
  void aPositionIsUsedASecondAfterItWasAskedFor() {
    assertThat(begin()).isEmpty();
    assertThat(after(1, SECOND)).hasValue(1_000);
    assertThat(position.now(SECOND)).as("asked once a second").hasValue(1_000);
    assertThat(after(1, SECOND)).hasValue(1_001);
    assertThat(after(2, SECOND)).hasValue(1_002);
  }

  @Test
  void oneOfBeforeAPauseIsDropped() {
    begin();
    after(1, SECOND);
    second.addAndGet(240);

    assertThat(begin()).as("the stream would begin with an id of four minutes ago").isEmpty();
    assertThat(after(1, SECOND)).hasValue(1_241);
  }

  @Test
  void oneOfBeforeAPauseIsNotGivenWhileTheDatabaseIsAsked() throws Exception {
    begin();
    after(1, SECOND);
    second.addAndGet(240);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    database =
        () -> {
          asked.countDown();
          try {
            answers.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          return second.get();
        };
    Thread first = Thread.ofVirtual().start(this::begin);
    asked.await();

    assertThat(begin()).as("another stream that begins meanwhile").isEmpty();
    answers.countDown();
    first.join();
  }

  @Test
  void aStreamOfMinutesHasIdsToo() {
    begin();

    assertThat(after(60, MINUTE)).hasValue(1_000);
    assertThat(after(60, MINUTE)).hasValue(1_060);
  }

  @Test
  void withoutTheDatabaseItStandsStill() {
    begin();
    after(1, SECOND);
    database =
        () -> {
          throw new DataAccessResourceFailureException("away");
        };

    for (int i = 0; i < 10; i++) {
      assertThat(after(1, SECOND)).hasValue(1_000);
    }
  }

  private OptionalLong begin() {
    return position.now(Duration.ZERO);
  }

  private OptionalLong after(int seconds, Duration interval) {
    second.addAndGet(seconds);
    return position.now(interval);
  }
}
