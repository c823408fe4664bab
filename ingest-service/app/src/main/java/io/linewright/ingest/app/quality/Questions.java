package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.day.Limit;
import io.linewright.kit.problem.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
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

  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Questions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Answers a question.
   *
   * @throws RefusedException if all places are taken, or the answer takes too long
   */
  <T> T ask(Function<Limit, T> question) {
    if (!places.tryAcquire()) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-busy",
          "%d questions about data quality are being answered, as many as may be; ask again"
              .formatted(AT_ONCE));
    }
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
}
