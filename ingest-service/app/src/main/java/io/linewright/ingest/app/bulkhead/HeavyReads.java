package io.linewright.ingest.app.bulkhead;

import io.linewright.kit.problem.RefusedException;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Places for those who read history, much fewer than the pool has connections: consumers and light
 * requests find one soon. A place is held while the database is asked, not while an answer is
 * written: a client that reads slowly holds none.
 */
public final class HeavyReads {

  /** An answer that has begun waits longer: what was read for it would be lost. */
  private static final Duration PATIENCE_OF_BEGUN = Duration.ofSeconds(20);

  private static final int RETRY_AFTER_SECONDS = 5;

  private final Semaphore places;
  private final int atOnce;
  private final Duration patience;
  private final Counter refused;

  /**
   * @param atOnce number of places
   * @param patience how long an answer waits for its first one
   * @param refused counts those who waited in vain
   */
  HeavyReads(int atOnce, Duration patience, Counter refused) {
    this.places = new Semaphore(atOnce, true);
    this.atOnce = atOnce;
    this.patience = patience;
    this.refused = refused;
  }

  /** For the reads of one answer. */
  public Answer answer() {
    return new Answer();
  }

  /** The reads of one answer, one after the other. */
  public final class Answer {

    private boolean begun;

    private Answer() {}

    /**
     * Asks the database in a place; not within another read.
     *
     * @throws RefusedException {@code too-busy}, if there is none for too long
     */
    public <T> T read(Supplier<T> reader) {
      take(begun ? PATIENCE_OF_BEGUN : patience);
      begun = true;
      try {
        return reader.get();
      } finally {
        places.release();
      }
    }
  }

  private void take(Duration longest) {
    boolean taken;
    try {
      taken = places.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      taken = false;
    }
    if (!taken) {
      refused.increment();
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-busy",
          "%d others are reading history, as many as can at once; ask again later"
              .formatted(atOnce),
          RETRY_AFTER_SECONDS);
    }
  }
}
