package io.linewright.ingest.app.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps days (UTC) of samples as they are while somebody reads them in a snapshot: a snapshot that
 * was taken before TimescaleDB has compressed a day sees too few of its samples, without an error
 * (decision 0020). Whoever reads samples with {@code REPEATABLE READ} holds their days before the
 * snapshot is taken.
 *
 * <p>The locks are the session's, on a connection in auto-commit mode.
 */
public final class DayLocks {

  /** Whoever holds more days than this holds all there are. */
  private static final int MOST_DAYS = 64;

  private static final int ALL_DAYS = Integer.MIN_VALUE;

  private static final String LONGEST_WAIT = "/* read */ SET lock_timeout = '2s'";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String KEY = "hashtext(current_schema() || '.sample')";
  private static final String EACH = " FROM unnest(?::int[]) AS d";
  private static final String HOLD =
      "/* read */ SELECT count(pg_advisory_lock_shared(" + KEY + ", d)) > 0" + EACH;
  private static final String RELEASE =
      "/* read */ SELECT bool_and(pg_advisory_unlock_shared(" + KEY + ", d))" + EACH;
  private static final String TAKE =
      "/* read */ SELECT count(pg_advisory_lock(" + KEY + ", d)) > 0" + EACH;
  private static final String GIVE_BACK =
      "/* read */ SELECT pg_advisory_unlock(" + KEY + ", d)" + EACH;

  /** Days that are held. */
  public static final class Held {

    private final Connection connection;
    private final Set<Integer> days;

    private Held(Connection connection, Set<Integer> days) {
      this.connection = connection;
      this.days = days;
    }

    /** Whether these days are among them. */
    public boolean covers(Collection<Integer> wanted) {
      return days.contains(ALL_DAYS) || days.containsAll(wanted);
    }

    /** Lets go of them. If that fails the connection is of no use any more, and is ended. */
    public void release() throws SQLException {
      try {
        ask(connection, RELEASE, days);
      } catch (SQLException broken) {
        connection.abort(Runnable::run);
      }
    }
  }

  /** What became of a day that was to be taken. */
  private enum Taken {
    TAKEN,
    /** Somebody holds this day. */
    DAY_HELD,
    /** Somebody holds all days, as an export does. */
    ALL_HELD
  }

  /** What is done with a day that nobody holds. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @return false if it cannot be done with that day
     */
    boolean on(LocalDate day) throws SQLException;
  }

  private DayLocks() {}

  /**
   * Holds days, together with others; waits while one of them is being compressed.
   *
   * @param connection in auto-commit mode; if the time is over, it is ended
   * @param days numbers of days since 1970-01-01
   * @param seconds longest time to wait; 0: as long as it takes
   */
  public static Held hold(Connection connection, Collection<Integer> days, int seconds)
      throws SQLException {
    return days.size() > MOST_DAYS
        ? holdAll(connection, seconds)
        : held(connection, new TreeSet<>(days), seconds);
  }

  /** Holds all days, those that come included; else as {@link #hold}. */
  public static Held holdAll(Connection connection, int seconds) throws SQLException {
    return held(connection, Set.of(ALL_DAYS), seconds);
  }

  private static Held held(Connection connection, Set<Integer> held, int seconds)
      throws SQLException {
    try {
      ask(connection, HOLD, held, seconds);
    } catch (SQLException failed) {
      // Some may be held already
      connection.abort(Runnable::run);
      throw failed;
    }
    return new Held(connection, held);
  }

  /**
   * Does something with the first of some days that nobody holds and with which it can be done.
   * While somebody holds all days there is none, and no time is spent on each.
   *
   * @param connection in auto-commit mode; the locks end with it
   * @return with which
   */
  static Optional<LocalDate> alone(Connection connection, Collection<LocalDate> days, Work work)
      throws SQLException {
    for (LocalDate day : days) {
      int number = Math.toIntExact(day.toEpochDay());
      Taken taken = take(connection, number);
      if (taken == Taken.ALL_HELD) {
        return Optional.empty();
      }
      if (taken == Taken.TAKEN) {
        boolean done = work.on(day);
        giveBack(connection, number);
        if (done) {
          return Optional.of(day);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Takes a day for oneself. Who wants to hold it meanwhile waits, so that many readers in turn
   * cannot keep it for ever.
   */
  private static Taken take(Connection connection, int day) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LONGEST_WAIT);
      if (!taken(connection, ALL_DAYS)) {
        return Taken.ALL_HELD;
      }
      if (taken(connection, day)) {
        return Taken.TAKEN;
      }
      ask(connection, GIVE_BACK, List.of(ALL_DAYS));
      return Taken.DAY_HELD;
    }
  }

  private static boolean taken(Connection connection, int day) throws SQLException {
    try {
      ask(connection, TAKE, List.of(day));
      return true;
    } catch (SQLException failed) {
      if (LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        return false;
      }
      throw failed;
    }
  }

  /** Gives a day back that was taken. */
  private static void giveBack(Connection connection, int day) throws SQLException {
    ask(connection, GIVE_BACK, List.of(ALL_DAYS));
    ask(connection, GIVE_BACK, List.of(day));
  }

  private static boolean ask(Connection connection, String sql, Collection<Integer> days)
      throws SQLException {
    return ask(connection, sql, days, 0);
  }

  private static boolean ask(
      Connection connection, String sql, Collection<Integer> days, int seconds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(seconds);
      statement.setArray(1, connection.createArrayOf("int4", days.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
