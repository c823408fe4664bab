package io.linewright.ingest.app.storage;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Room for locks that the server has for all of its sessions together. A question that is not bound
 * to days, and an export, lock each day with values and its key at once.
 *
 * @param perSession {@code max_locks_per_transaction}
 * @param sessions {@code max_connections} and {@code max_prepared_transactions}
 * @param perDay locks that a day takes
 */
public record LockRoom(int perSession, int sessions, int perDay) {

  private static final Logger LOG = LoggerFactory.getLogger(LockRoom.class);

  /** A partition and its key. */
  static final int PLAIN = 2;

  /** A chunk and its key, what it is compressed into and the index of that. */
  static final int TIMESCALE = 4;

  /** Days that may come before anybody reads the log again, and locks of everything else. */
  private static final int DAYS_TO_COME = 365;

  private static final String ASK =
      """
      /* read */ SELECT current_setting('max_locks_per_transaction')::int,
        current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int,
        (SELECT flavour FROM series_storage)
      """;

  /** That of a server. */
  public static LockRoom of(JdbcClient jdbc) {
    return jdbc.sql(ASK)
        .query(
            (row, n) ->
                new LockRoom(
                    row.getInt(1),
                    row.getInt(2),
                    row.getString(3).equals("plain") ? PLAIN : TIMESCALE))
        .single();
  }

  /** Says in the log what to set if so many days with values, and those of a year, do not fit. */
  public void warnIfShort(int days) {
    advice(days).ifPresent(LOG::warn);
  }

  /** What to set for that; empty: there is room. */
  Optional<String> advice(int days) {
    long needed = (long) perDay * (days + DAYS_TO_COME);
    if (needed <= (long) perSession * sessions) {
      return Optional.empty();
    }
    return Optional.of(
        ("the database has room for %d locks; %d days of samples and a year to come need %d: set"
                + " max_locks_per_transaction to %d or more and restart it, or exports and questions"
                + " over all days fail (SQL state 53200)")
            .formatted((long) perSession * sessions, days, needed, Math.ceilDiv(needed, sessions)));
  }
}
