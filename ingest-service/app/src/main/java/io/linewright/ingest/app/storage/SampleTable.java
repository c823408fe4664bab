package io.linewright.ingest.app.storage;

import io.linewright.kit.timeseries.SeriesStorage;
import io.linewright.kit.timeseries.SeriesTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of samples and the days for which it has room. */
public final class SampleTable {

  /** Name and columns; times in microseconds (OPC UA's 100 ns are cut at the edge). */
  public static final SeriesTable DEFINITION =
      new SeriesTable(
          "sample",
          """
          tag_id       int         NOT NULL,
          source_time  timestamptz NOT NULL,
          ordinal      smallint    NOT NULL,
          status       int         NOT NULL,
          number       float8,
          integer      int8,
          bool         boolean,
          text         text,
          bytes        bytea,
          gateway_time timestamptz NOT NULL,
          ingest_time  timestamptz NOT NULL,
          PRIMARY KEY (tag_id, source_time, ordinal)
          """,
          "source_time");

  /** Columns in the order in which samples are written. */
  public static final String COLUMNS =
      "tag_id, source_time, ordinal, status, number, integer, bool, text, bytes, gateway_time, ingest_time";

  private static final int MOST_DAYS_REMEMBERED = 20_000;

  private final DataSource dataSource;
  private final JdbcClient jdbc;
  private final Set<LocalDate> ready = ConcurrentHashMap.newKeySet();
  private volatile @Nullable SeriesStorage storage;

  public SampleTable(DataSource dataSource, JdbcClient jdbc) {
    this.dataSource = dataSource;
    this.jdbc = jdbc;
  }

  /** Makes room for these days, outside the caller's transaction. */
  public void ensure(Collection<LocalDate> days) {
    if (ready.containsAll(days)) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      storage().ensureChunks(connection, DEFINITION, days);
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException(
          "no room could be made for samples of " + days, failed);
    }
    if (ready.size() > MOST_DAYS_REMEMBERED) {
      ready.clear();
    }
    ready.addAll(days);
  }

  /** Forgets which days have room; for when one may be gone. */
  public void forget() {
    ready.clear();
  }

  /**
   * Drops whole days before one, the oldest first.
   *
   * @param connection in auto-commit mode
   * @param first the first day that is kept
   * @param most most days that are dropped
   * @return how many were
   */
  public int dropBefore(Connection connection, LocalDate first, int most) throws SQLException {
    int dropped = storage().dropBefore(connection, DEFINITION, first, most);
    if (dropped > 0) {
      forget();
    }
    return dropped;
  }

  /** The days that have room, ascending. */
  public List<LocalDate> days() {
    try (Connection connection = dataSource.getConnection()) {
      return storage().days(connection, DEFINITION);
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("the days of samples are not known", failed);
    }
  }

  /** The days that have room in what that connection sees, ascending. */
  public List<LocalDate> days(Connection connection) throws SQLException {
    return storage().days(connection, DEFINITION);
  }

  /**
   * Compresses the oldest day that is not, nobody reads in a snapshot, and lies before a day.
   *
   * @return which; empty: there is none, or the database compresses nothing
   */
  public Optional<LocalDate> compress(LocalDate before) throws SQLException {
    try (Connection pooled = dataSource.getConnection()) {
      if (storage().uncompressed(pooled, DEFINITION, before).isEmpty()) {
        return Optional.empty();
      }
    }
    try (Connection own = OwnConnection.open(dataSource, "compression")) {
      return DayLocks.alone(
          own,
          storage().uncompressed(own, DEFINITION, before),
          day -> storage().compress(own, DEFINITION, day, "tag_id", "source_time, ordinal"));
    }
  }

  /** What all samples take. */
  public SeriesStorage.Size size() {
    try (Connection connection = dataSource.getConnection()) {
      return storage().size(connection, DEFINITION);
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("the size of samples is not known", failed);
    }
  }

  /** How many days are not compressed; all of them on plain PostgreSQL. */
  public int uncompressed() {
    try (Connection connection = dataSource.getConnection()) {
      return flavour().equals("plain")
          ? storage().days(connection, DEFINITION).size()
          : storage().uncompressed(connection, DEFINITION, LocalDate.of(9999, 1, 1)).size();
    } catch (SQLException failed) {
      throw new DataAccessResourceFailureException("the days of samples are not known", failed);
    }
  }

  /** {@code plain} or {@code timescale}. */
  public String flavour() {
    return storage().flavour();
  }

  private SeriesStorage storage() {
    SeriesStorage known = storage;
    if (known == null) {
      known =
          SeriesStorage.of(
              jdbc.sql("SELECT flavour FROM series_storage")
                  .query((row, n) -> row.getString(1))
                  .single());
      storage = known;
    }
    return known;
  }
}
