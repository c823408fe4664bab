package io.linewright.ingest.app.live;

import io.linewright.ingest.app.storage.IngestPosition;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The position that ids of events name. It is asked of the database once a second, for all clients,
 * and used a second later: what is stored up to it has long been entered among the last values, so
 * that a client that has got an event has been shown, or has skipped, all before its id. After a
 * break some of the newest values may come again.
 */
final class LivePosition {

  private static final Logger LOG = LoggerFactory.getLogger(LivePosition.class);
  private static final long EVERY_NANOS = 1_000_000_000;

  private final JdbcClient jdbc;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long askedAt = System.nanoTime() - EVERY_NANOS;
  private volatile long settled;
  private long asked;

  LivePosition(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The newest usable position, microseconds since the epoch; empty in the first seconds. Without
   * the database it stands still, as the stream does.
   */
  OptionalLong now() {
    if (System.nanoTime() - askedAt >= EVERY_NANOS && asking.tryLock()) {
      try {
        ask();
      } finally {
        asking.unlock();
      }
    }
    long position = settled;
    return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  private void ask() {
    if (System.nanoTime() - askedAt < EVERY_NANOS) {
      return;
    }
    try {
      long next = IngestPosition.upTo(jdbc);
      settled = asked;
      asked = next;
    } catch (DataAccessException unanswered) {
      LOG.debug("no ingest position", unanswered);
    } finally {
      askedAt = System.nanoTime();
    }
  }
}
