package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.master.MasterBooks;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks what machines did. A few ask at once: computing needs a processor and a connection, and
 * events are to be stored meanwhile.
 */
public final class OeeReader {

  private static final int RETRY_AFTER_SECONDS = 2;

  private final LogReader log;
  private final Losses losses;
  private final Knowing knowing;
  private final SaidOf said;
  private final Cells cells;
  private final Marks marks;
  private final MasterBooks books;
  private final TransactionTemplate snapshots;
  private final Semaphore places;
  private final ReadSettings settings;
  private final Counter refused;

  /**
   * @param snapshots of isolation REPEATABLE READ, read only
   * @param refused counts those who waited in vain
   */
  OeeReader(
      LogReader log,
      Losses losses,
      Knowing knowing,
      SaidOf said,
      Cells cells,
      Marks marks,
      MasterBooks books,
      TransactionTemplate snapshots,
      ReadSettings settings,
      Counter refused) {
    this.log = log;
    this.losses = losses;
    this.knowing = knowing;
    this.said = said;
    this.cells = cells;
    this.marks = marks;
    this.books = books;
    this.snapshots = snapshots;
    this.places = new Semaphore(settings.atOnce(), true);
    this.settings = settings;
    this.refused = refused;
  }

  /**
   * Asks one snapshot.
   *
   * @throws RefusedException {@code too-busy}, if too many others ask for too long
   */
  public <T> T ask(Function<Snapshot, T> question) {
    take(settings.patience());
    try {
      T answer = snapshots.execute(status -> question.apply(snapshot(settings.machineDays())));
      return Objects.requireNonNull(answer, "a question has an answer");
    } finally {
      places.release();
    }
  }

  /**
   * What the caller's transaction sees; for whoever changes something and has locked it. How much
   * is computed from it is for the caller to bound.
   */
  public Snapshot snapshot() {
    return snapshot(Snapshot.UNBOUNDED_DAYS);
  }

  private Snapshot snapshot(int machineDays) {
    return new Snapshot(log, losses, knowing, said, cells, marks, books.current(), machineDays);
  }

  /**
   * Refuses what would take too long.
   *
   * @throws RefusedException {@code too-much-to-compute}
   */
  public void requireFew(Collection<Standing> parts) {
    requireFew(parts.stream().mapToLong(OeeReader::days).sum(), settings.machineDays());
  }

  static void requireFew(long days, int most) {
    if (days > most) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST,
          "too-much-to-compute",
          "That is %d days of machines, and one answer computes %d: ask for less time or less equipment"
              .formatted(days, most));
    }
  }

  private static long days(Standing part) {
    return 1 + part.span().micros() / 86_400_000_000L;
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
          "%d others are asking for figures, as many as can at once; ask again later"
              .formatted(settings.atOnce()),
          RETRY_AFTER_SECONDS);
    }
  }
}
