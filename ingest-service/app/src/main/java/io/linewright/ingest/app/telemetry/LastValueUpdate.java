package io.linewright.ingest.app.telemetry;

import io.linewright.kit.exactlyonce.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Keeps the last values right while several processes of the service store: reads from the table
 * what others have stored. Values of the last two days are looked for each time, older ones (of an
 * import, say) every ten seconds, because that touches every day there is. A process that stores
 * everything alone knows everything, and asks only once after it has become that.
 *
 * <p>One looks for all. While the database hangs, the others do not queue up behind it, each to
 * hang anew: they are told so after a moment, and a failure serves as long as a success.
 */
public final class LastValueUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(LastValueUpdate.class);

  /** How old an answer of the table may be: one look serves all who ask meanwhile. */
  static final Duration AGE = Duration.ofMillis(250);

  /** How long a look may take before those who wait for it are refused. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration RECENT = Duration.ofDays(2);
  private static final Duration OLDER_EVERY = Duration.ofSeconds(10);

  /** Takes over from the table what is newer than what is known. */
  @FunctionalInterface
  interface Table {
    /**
     * Looks once.
     *
     * @param from what is older is not looked at; null: everything is
     */
    void look(@Nullable Instant from);
  }

  /**
   * The last update.
   *
   * @param at when it was
   * @param olderAt when everything was looked at
   */
  private record Done(Ownership of, Instant at, Instant olderAt) {}

  /** The last look, if it failed. */
  private record Failed(Instant at, DataAccessException why) {}

  private final Supplier<Ownership> ownership;
  private final Table table;
  private final InstantSource clock;
  private final Duration patience;
  private final ReentrantLock looking = new ReentrantLock();

  /** When the look began that goes on now; null if none does. */
  private volatile @Nullable Long lookingSinceNanos;

  private volatile @Nullable Done done;
  private volatile @Nullable Failed failed;

  /**
   * @param ownership what this process stores
   * @param patience how long a look may take before those who wait for it are refused
   */
  LastValueUpdate(
      Supplier<Ownership> ownership, Table table, InstantSource clock, Duration patience) {
    this.ownership = ownership;
    this.table = table;
    this.clock = clock;
    this.patience = patience;
  }

  /** The same for those who go on telling what they know while the table does not answer. */
  public void ensureIfPossible() {
    try {
      ensure();
    } catch (DataAccessException away) {
      LOG.debug("What other instances store cannot be read at the moment", away);
    }
  }

  /**
   * Makes {@link LastValues} as new as the table, up to {@link #AGE}. To be called before they are
   * read.
   *
   * @throws DataAccessException if the table has to be asked and does not answer: what is known may
   *     be old then
   */
  public void ensure() {
    if (fresh()) {
      return;
    }
    refuseIfJustFailed();
    await();
    try {
      if (!fresh()) {
        refuseIfJustFailed();
        lookingSinceNanos = System.nanoTime();
        look();
      }
    } finally {
      lookingSinceNanos = null;
      looking.unlock();
    }
  }

  private boolean fresh() {
    Done last = done;
    Ownership now = ownership.get();
    return last != null
        && last.of().equals(now)
        && (now.whole() || clock.instant().isBefore(last.at().plus(AGE)));
  }

  private void refuseIfJustFailed() {
    Failed last = failed;
    if (last != null) {
      Instant now = clock.instant();
      if (now.isBefore(last.at().plus(AGE)) && !now.isBefore(last.at())) {
        throw new DataAccessResourceFailureException(
            "the table of samples could not be read a moment ago", last.why());
      }
    }
  }

  /** Takes the right to look; whoever comes late into a long look need not wait as long again. */
  private void await() {
    try {
      if (looking.tryLock()) {
        return;
      }
      Long since = lookingSinceNanos;
      long left = patience.toNanos() - (since == null ? 0 : System.nanoTime() - since);
      if (looking.tryLock(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new DataAccessResourceFailureException(
        "the table of samples has not answered within " + patience);
  }

  private void look() {
    Ownership now = ownership.get();
    Instant time = clock.instant();
    Done last = done;
    boolean older =
        last == null || !last.of().equals(now) || !time.isBefore(last.olderAt().plus(OLDER_EVERY));
    try {
      table.look(older ? null : time.minus(RECENT));
    } catch (DataAccessException away) {
      failed = new Failed(clock.instant(), away);
      throw away;
    }
    failed = null;
    done = new Done(now, time, older || last == null ? time : last.olderAt());
  }
}
