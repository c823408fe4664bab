package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.day.Limit;
import io.linewright.kit.problem.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;

/**
 * Questions that read the samples of a day: few at a time, none longer than a client waits behind
 * the gateway.
 */
final class Questions {

  static final int AT_ONCE = 2;
  static final Duration LONGEST = Duration.ofSeconds(20);

  /** How long a question waits for its place. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int RETRY_AFTER_SECONDS = 5;

  private final InstantSource clock;
  private final Duration patience;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  Questions(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Answers a question.
   *
   * @throws RefusedException if all places stay taken, or the answer takes too long
   */
  <T> T ask(Function<Limit, T> question) {
    take();
    Limit limit = Limit.of(clock, LONGEST);
    try {
      return question.apply(limit);
    } catch (QueryTimeoutException cancelled) {
      RefusedException tooSlow = limit.passed();
      tooSlow.initCause(cancelled);
      throw tooSlow;
    } finally {
      places.release();
    }
  }

  private void take() {
    boolean taken;
    try {
      taken = places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      taken = false;
    }
    if (!taken) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-busy",
          "%d questions about data quality are being answered, as many as may be; ask again"
              .formatted(AT_ONCE),
          RETRY_AFTER_SECONDS);
    }
  }
}
