package io.linewright.ingest.app.rollup;

import io.linewright.ingest.app.storage.DayLocks;
import io.linewright.ingest.app.storage.DayLocks.Held;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.ReadPlan;
import io.linewright.ingest.rollup.ReadPlan.Mark;
import io.linewright.ingest.rollup.ReadPlan.Piece;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;

/**
 * Reads fewer samples of a tag than there are, of which every whole bucket still has the first,
 * last, least and greatest of each severity: from roll-ups where they are up to date, from the
 * samples elsewhere. All is read in one snapshot, together with the marks: what is out of date in
 * it is marked in it.
 */
public final class RollupReader {

  private static final int TIME_LIMIT_SECONDS = 20;
  private static final int FETCH = 5_000;
  private static final String CANCELLED = "57014";

  private static final String SAMPLES =
      """
      /* read */ SELECT %s FROM %s AS s ORDER BY source_time, ordinal
      """
          .formatted(
              SampleRead.SAMPLE_COLUMNS,
              RollupRows.samples("%d", "'%s'::timestamptz", "'%s'::timestamptz"));

  private static final String ROLLUPS =
      """
      /* read */ SELECT start, good + uncertain + bad, points FROM %s
      WHERE tag_id = %d AND start >= '%s'::timestamptz AND start < '%s'::timestamptz ORDER BY start
      """;

  private static final String KEPT_FROM =
      "/* read */ SELECT raw_from FROM raw_retained WHERE tag_id = ?";

  private static final String EXISTS =
      "/* read */ SELECT FROM rollup_minute WHERE tag_id = ? AND start >= ? AND start < ? LIMIT 1";

  /** A tag's thinned samples, ascending, and how many there were before. */
  public interface Thinned extends Iterator<Sample> {

    /** How many samples those that were given so far stand for. */
    long standFor();

    /**
     * Whether one of those given so far, or of the minutes at the ends of the time asked for, lies
     * in days whose samples go, or went, by retention.
     */
    boolean gone();
  }

  private final DataSource dataSource;

  public RollupReader(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Reads a stretch of time.
   *
   * @param level buckets of this level keep their extremes, first and last samples
   * @param fromMicros begin, microseconds since the epoch
   * @param toMicros end, not included; later
   * @param taker gets the samples, only while it runs
   * @throws RefusedException if the database needs too long
   * @throws DataAccessResourceFailureException if the database fails
   */
  public <T> T read(
      int tagId, Level level, long fromMicros, long toMicros, Function<Thinned, T> taker) {
    try (Connection connection = dataSource.getConnection()) {
      Stretch stretch = new Stretch(tagId, level, fromMicros, toMicros);
      List<Piece> planned = stretch.plan(connection, keptFrom(connection, tagId));
      Held held = DayLocks.hold(connection, ofSamples(planned), TIME_LIMIT_SECONDS);
      Optional<T> taken = read(connection, stretch, held, taker);
      // More days have been marked since they were planned: then all are held
      return taken.isPresent()
          ? taken.get()
          : read(connection, stretch, DayLocks.holdAll(connection, TIME_LIMIT_SECONDS), taker)
              .orElseThrow();
    } catch (SQLException failed) {
      throw refused(failed);
    }
  }

  /** Empty if samples of a day are needed that is not held. */
  private static <T> Optional<T> read(
      Connection connection, Stretch stretch, Held held, Function<Thinned, T> taker)
      throws SQLException {
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      long keptFrom = keptFrom(connection, stretch.tagId());
      List<Piece> pieces = stretch.plan(connection, keptFrom);
      if (!held.covers(ofSamples(pieces))) {
        return Optional.empty();
      }
      boolean cut = haveGone(connection, stretch.tagId(), pieces, keptFrom);
      try (Walk walk = new Walk(connection, stretch.tagId(), pieces, keptFrom, cut)) {
        return Optional.of(taker.apply(walk));
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      held.release();
    }
  }

  /** Whether there were samples in parts of minutes, which roll-ups cannot show. */
  private static boolean haveGone(
      Connection connection, int tagId, List<Piece> pieces, long keptFrom) throws SQLException {
    for (Piece piece : pieces) {
      if (piece.level().isEmpty() && piece.fromMicros() < keptFrom) {
        long minute = Level.MINUTE.micros();
        long from = Math.floorDiv(piece.fromMicros(), minute) * minute;
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
          statement.setInt(1, tagId);
          statement.setObject(2, SampleRead.time(from));
          statement.setObject(3, SampleRead.time(Math.min(piece.toMicros(), keptFrom)));
          try (ResultSet row = statement.executeQuery()) {
            if (row.next()) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private record Stretch(int tagId, Level level, long fromMicros, long toMicros) {

    /** Roll-ups of days whose samples have gone stay as they are: no mark is about them. */
    List<Piece> plan(Connection connection, long keptFrom) throws SQLException {
      long kept = Math.clamp(keptFrom, fromMicros, toMicros);
      List<Mark> marks = DirtyMarks.of(connection, tagId, level, fromMicros, toMicros);
      List<Piece> pieces = new ArrayList<>(ReadPlan.of(level, fromMicros, kept, List.of()));
      pieces.addAll(ReadPlan.of(level, kept, toMicros, marks));
      return pieces;
    }
  }

  /** Begin of the first day whose samples do not go, or far before all samples: none do. */
  public static long keptFrom(Connection connection, int tagId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEPT_FROM)) {
      statement.setInt(1, tagId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? SampleRead.micros(row, 1) : Long.MIN_VALUE;
      }
    }
  }

  /** Days whose samples are read. */
  private static Set<Integer> ofSamples(List<Piece> pieces) {
    Set<Integer> days = new TreeSet<>();
    for (Piece piece : pieces) {
      if (piece.level().isEmpty()) {
        int last = Level.DAY.numberOf(piece.toMicros() - 1);
        for (int day = Level.DAY.numberOf(piece.fromMicros()); day <= last; day++) {
          days.add(day);
        }
      }
    }
    return days;
  }

  /** What to throw when a question failed. */
  public static RuntimeException refused(SQLException failed) {
    if (CANCELLED.equals(failed.getSQLState())) {
      return new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-slow",
          "The samples were not found within %d s; ask for a shorter range or later"
              .formatted(TIME_LIMIT_SECONDS));
    }
    return new DataAccessResourceFailureException("read roll-ups", failed);
  }

  /** Goes through the pieces, one query open at a time. */
  private static final class Walk implements Thinned, AutoCloseable {

    private final Connection connection;
    private final int tagId;
    private final Iterator<Piece> pieces;
    private final long keptFrom;
    private final Queue<Sample> ready = new ArrayDeque<>();
    private @Nullable Query query;
    private long standFor;
    private boolean gone;

    Walk(Connection connection, int tagId, List<Piece> pieces, long keptFrom, boolean gone) {
      this.connection = connection;
      this.tagId = tagId;
      this.pieces = pieces.iterator();
      this.keptFrom = keptFrom;
      this.gone = gone;
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty()) {
          Query current = query;
          if (current != null && current.row.next()) {
            take(current);
          } else if (pieces.hasNext()) {
            close();
            query = new Query(connection, tagId, pieces.next());
          } else {
            return false;
          }
        }
        return true;
      } catch (SQLException failed) {
        throw refused(failed);
      }
    }

    private void take(Query current) throws SQLException {
      if (current.piece.level().isEmpty()) {
        ready.add(SampleRead.sample(current.row, 0));
        standFor++;
        return;
      }
      List<Sample> points = RollupRows.points(current.row, 3);
      if (points == null) {
        takeSamples(current.piece.level().get(), SampleRead.micros(current.row, 1));
      } else {
        ready.addAll(points);
        standFor += current.row.getInt(2);
        gone |= SampleRead.micros(current.row, 1) < keptFrom;
      }
    }

    /** A bucket with texts has no points. */
    private void takeSamples(Level level, long start) throws SQLException {
      Piece bucket = new Piece(Optional.empty(), start, start + level.micros());
      try (Query samples = new Query(connection, tagId, bucket)) {
        while (samples.row.next()) {
          take(samples);
        }
      }
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    @Override
    public long standFor() {
      return standFor;
    }

    @Override
    public boolean gone() {
      return gone;
    }

    @Override
    public void close() throws SQLException {
      if (query != null) {
        query.close();
        query = null;
      }
    }
  }

  /** The rows of one piece. Its bounds stand in the text, so that only its days are locked. */
  private static final class Query implements AutoCloseable {

    private final Piece piece;
    private final PreparedStatement statement;
    private final ResultSet row;

    Query(Connection connection, int tagId, Piece piece) throws SQLException {
      this.piece = piece;
      String from = RollupRows.time(piece.fromMicros());
      String to = RollupRows.time(piece.toMicros());
      String sql =
          piece.level().isEmpty()
              ? SAMPLES.formatted(tagId, from, to)
              : ROLLUPS.formatted(RollupRows.table(piece.level().get()), tagId, from, to);
      statement = connection.prepareStatement(sql);
      try {
        RollupRows.inBinary(statement);
        statement.setFetchSize(FETCH);
        statement.setQueryTimeout(TIME_LIMIT_SECONDS);
        row = statement.executeQuery();
      } catch (SQLException failed) {
        statement.close();
        throw failed;
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }
}
