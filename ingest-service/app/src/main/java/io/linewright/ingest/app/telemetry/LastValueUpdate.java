package io.linewright.ingest.app.telemetry;

import io.linewright.kit.exactlyonce.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Keeps the last values right while several processes of the service store: reads from the table
 * what others have stored. Values of the last two days are looked for each time; older ones (of an
 * import, say) every ten seconds or more seldom, and nobody waits for them, because that touches
 * every day there is. A process that stores everything alone knows everything, and asks only once
 * after it has become that.
 *
 * <p>One looks for all: whoever asks while a look goes on that is too old for him waits for the
 * next one, with all others who do. While the database hangs, they do not queue up behind it, each
 * to hang anew: they are told so after a moment, and a failure serves as long as a success.
 */
public final class LastValueUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(LastValueUpdate.class);

  /**
   * How old an answer of the table may be when somebody asks: a look serves all who ask until so
   * long after its begin, however long it takes.
   */
  static final Duration AGE = Duration.ofMillis(250);

  /** How long a look may take before those who wait for it are refused. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration RECENT = Duration.ofDays(2);

  /** Time between two looks at everything, at least. */
  static final Duration OLDER_EVERY = Duration.ofSeconds(10);

  /** The same as a multiple of what the last one took: they take a twentieth of a connection. */
  static final int OLDER_SHARE = 20;

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
   * @param at when it began
   */
  private record Done(Ownership of, Instant at) {}

  /** The last look, if it failed. */
  private record Failed(Instant at, DataAccessException why) {}

  private final Supplier<Ownership> ownership;
  private final Table table;
  private final InstantSource clock;
  private final Duration patience;
  private final Executor aside;
  private final ReentrantLock looking = new ReentrantLock();

  /** When the look began that goes on now; null if none does. */
  private volatile @Nullable Long lookingSinceNanos;

  private volatile @Nullable Done done;

  /** From when on everything is looked at again. */
  private volatile Instant olderDue = Instant.MIN;

  private final AtomicBoolean lookingAtAll = new AtomicBoolean();
  private volatile @Nullable Failed failed;

  /**
   * @param ownership what this process stores
   * @param patience how long a look may take before those who wait for it are refused
   * @param aside does what nobody waits for
   */
  LastValueUpdate(
      Supplier<Ownership> ownership,
      Table table,
      InstantSource clock,
      Duration patience,
      Executor aside) {
    this.ownership = ownership;
    this.table = table;
    this.clock = clock;
    this.patience = patience;
    this.aside = aside;
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
   * Makes {@link LastValues} as new as the table was when this was called, up to {@link #AGE}. To
   * be called before they are read.
   *
   * @throws DataAccessException if the table has to be asked and does not answer: what is known may
   *     be old then
   */
  public void ensure() {
    Instant asked = clock.instant();
    if (fresh(asked)) {
      return;
    }
    refuseIfJustFailed();
    if (!mayLook()) {
      if (fresh(asked)) {
        return;
      }
      throw new DataAccessResourceFailureException(
          "the table of samples has not answered within " + patience);
    }
    try {
      if (!fresh(asked)) {
        refuseIfJustFailed();
        lookingSinceNanos = System.nanoTime();
        look();
      }
    } finally {
      lookingSinceNanos = null;
      looking.unlock();
    }
  }

  /** Whether the last look serves those who asked then. */
  private boolean fresh(Instant asked) {
    Done last = done;
    Ownership now = ownership.get();
    return last != null
        && last.of().equals(now)
        && (now.whole() || asked.isBefore(last.at().plus(AGE)));
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

  /**
   * Takes the right to look; whoever comes late into a long look need not wait as long again. The
   * one that goes on may have begun too early for him, then he waits for the next one, too.
   *
   * @return false if one of them takes too long
   */
  private boolean mayLook() {
    try {
      if (looking.tryLock()) {
        return true;
      }
      Long since = lookingSinceNanos;
      for (int looks = 0; looks < 2; looks++) {
        long left = patience.toNanos() - (since == null ? 0 : System.nanoTime() - since);
        if (looking.tryLock(Math.max(0, left), TimeUnit.NANOSECONDS)) {
          return true;
        }
        Long next = lookingSinceNanos;
        if (since != null && since.equals(next)) {
          return false;
        }
        since = next;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void look() {
    Ownership now = ownership.get();
    Instant time = clock.instant();
    // What others have stored up to now, whatever its time, is not looked for again after that
    boolean all = now.whole();
    try {
      table.look(all ? null : time.minus(RECENT));
    } catch (DataAccessException away) {
      failed = new Failed(clock.instant(), away);
      throw away;
    }
    failed = null;
    done = new Done(now, time);
    if (!all) {
      lookAtAllIfDue();
    }
  }

  /** One at a time. */
  private void lookAtAllIfDue() {
    if (!clock.instant().isBefore(olderDue) && lookingAtAll.compareAndSet(false, true)) {
      aside.execute(this::lookAtAll);
    }
  }

  private void lookAtAll() {
    Instant begin = clock.instant();
    try {
      table.look(null);
    } catch (DataAccessException away) {
      LOG.warn("Older values that others store cannot be read: {}", away.toString());
    } finally {
      Instant end = clock.instant();
      Duration gap = Duration.between(begin, end).multipliedBy(OLDER_SHARE);
      olderDue = end.plus(gap.compareTo(OLDER_EVERY) > 0 ? gap : OLDER_EVERY);
      lookingAtAll.set(false);
    }
  }
}
