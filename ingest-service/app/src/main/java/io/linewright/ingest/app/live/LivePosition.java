package io.linewright.ingest.app.live;

import io.linewright.ingest.app.storage.IngestPosition;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The position that ids of events name. It is asked of the database once a second, for all clients,
 * and used a second later: what is stored up to it has long been entered among the last values, so
 * that a client that has got an event has been shown, or has skipped, all before its id. After a
 * break some of the newest values may come again. A position of before a pause, in which there was
 * no stream, is dropped: minutes would come again.
 */
final class LivePosition {

  private static final Logger LOG = LoggerFactory.getLogger(LivePosition.class);
  private static final long EVERY_NANOS = 1_000_000_000;

  /** Beyond it, and the time between two messages, there was no stream meanwhile. */
  private static final long PAUSE_NANOS = 2 * EVERY_NANOS;

  private final LongSupplier database;
  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long askedAt;
  private volatile long settled;
  private long asked;

  LivePosition(JdbcClient jdbc) {
    this(() -> IngestPosition.upTo(jdbc), System::nanoTime);
  }

  /**
   * @param database asks for the position, microseconds since the epoch
   * @param nanos a clock for lengths of time
   */
  LivePosition(LongSupplier database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    this.askedAt = nanos.getAsLong() - EVERY_NANOS;
  }

  /**
   * The newest usable position, microseconds since the epoch; empty in the first seconds, and in
   * those after a pause. Without the database it stands still, as the stream does.
   *
   * @param interval time since the client asked before, as it is meant to be; zero: never
   */
  OptionalLong now(Duration interval) {
    if (nanos.getAsLong() - askedAt >= EVERY_NANOS && asking.tryLock()) {
      try {
        ask(interval);
      } finally {
        asking.unlock();
      }
    }
    long position = settled;
    return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  private void ask(Duration interval) {
    long since = nanos.getAsLong() - askedAt;
    if (since < EVERY_NANOS) {
      return;
    }
    if (since > PAUSE_NANOS + interval.toNanos()) {
      // Before the database is asked: others do not wait for its answer.
      settled = 0;
      asked = 0;
    }
    try {
      long next = database.getAsLong();
      settled = asked;
      asked = next;
    } catch (DataAccessException unanswered) {
      LOG.debug("no ingest position", unanswered);
    } finally {
      askedAt = nanos.getAsLong();
    }
  }
}
