package io.linewright.ingest.app.history;

import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.ingest.truth.Target.At;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;

/**
 * Reads samples by the primary key, one short query at a time: between two of them no connection is
 * held, however slow a client is.
 */
final class SampleSource {

  /** Instants before and after every sample: begin of the year 1, of the year 10000. */
  static final long EARLIEST_MICROS = -62_135_596_800_000_000L;

  static final long LATEST_MICROS = 253_402_300_800_000_000L;

  /** Longest time that a query may take. */
  static final int TIME_LIMIT_SECONDS = 20;

  private static final String CANCELLED = "57014";
  private static final String SELECT =
      "/* read */ SELECT "
          + SampleRead.SAMPLE_COLUMNS
          + " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?";
  private static final String SELECT_BETWEEN =
      "/* read */ SELECT "
          + SampleRead.COLUMNS
          + " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND (source_time, ordinal) < (?, ?)"
          + " AND ingest_time <= ?";

  /** So many samples, the newest, are looked through for one that is not Bad_NoData. */
  static final int KNOWN_AMONG = 500_000;

  private static final String NO_DATA = String.valueOf(AggregateStatus.BAD_NO_DATA.bits());
  private static final String KNOWN_OF_NEWEST =
      """
      /* read */ SELECT %s FROM
        (SELECT %s FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?
           AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?
         ORDER BY source_time DESC, ordinal DESC LIMIT ?) AS s
      WHERE (status & -65536) <> %s ORDER BY source_time DESC, ordinal DESC LIMIT ?
      """
          .formatted(SampleRead.SAMPLE_COLUMNS, SampleRead.SAMPLE_COLUMNS, NO_DATA);

  /** Also a day of whose samples the first and the last are Bad_NoData may have others. */
  private static final String KNOWN_DAYS =
      """
      /* read */ SELECT start FROM rollup_day
      WHERE tag_id = ? AND start > ?::timestamptz - interval '1 day' AND start < ?
        AND start >= coalesce((SELECT raw_from FROM raw_retained WHERE tag_id = ?), '-infinity')
        AND (good + uncertain > 0 OR (first_status & -65536) <> %s OR (last_status & -65536) <> %s)
      ORDER BY start DESC LIMIT ?
      """
          .formatted(NO_DATA, NO_DATA);

  private static final String AFTER =
      " FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) AND ingest_time <= ?";
  private static final String KEYS =
      "/* read */ SELECT source_time, ordinal"
          + AFTER
          + " ORDER BY source_time, ordinal OFFSET ? LIMIT 2";
  private static final String COUNT =
      "/* read */ SELECT count(*) FROM (SELECT 1" + AFTER + " LIMIT ?) s";

  /**
   * A question.
   *
   * @param fromMicros begin, included
   * @param afterOrdinal only higher ordinals at the begin; -1: all
   * @param toMicros end, not included
   * @param limit most samples
   * @param newestFirst whether the latest samples are wanted, latest first
   * @param usable which of them; all others are passed over
   */
  record Ask(
      long fromMicros,
      int afterOrdinal,
      long toMicros,
      int limit,
      boolean newestFirst,
      Usable usable) {}

  /** Which samples are wanted. */
  enum Usable {
    ANY,
    /** All but Bad_NoData, which before the first other one only says where an archive begins. */
    KNOWN,
    /** Good with a value. */
    GOOD,
    /** Good or Uncertain with a value. */
    NOT_BAD,
    /** Good with a finite number or truth value. */
    GOOD_NUMBER,
    /** Good or Uncertain with a finite number or truth value. */
    NOT_BAD_NUMBER;

    static Usable of(boolean uncertainToo, boolean numbers) {
      if (numbers) {
        return uncertainToo ? NOT_BAD_NUMBER : GOOD_NUMBER;
      }
      return uncertainToo ? NOT_BAD : GOOD;
    }

    /** Whether a sample is wanted; the same as the condition in SQL. */
    boolean admits(Sample sample) {
      SampleValue value = sample.value();
      return switch (this) {
        case ANY -> true;
        case KNOWN -> !AggregateStatus.code(sample.status()).equals(AggregateStatus.BAD_NO_DATA);
        case GOOD -> sample.status().isGood() && value != null;
        case NOT_BAD -> !sample.status().isBad() && value != null;
        case GOOD_NUMBER -> sample.status().isGood() && number(value);
        case NOT_BAD_NUMBER -> !sample.status().isBad() && number(value);
      };
    }

    private static boolean number(@Nullable SampleValue value) {
      return switch (value) {
        case null -> false;
        case DoubleValue(double number) -> Double.isFinite(number);
        default -> value instanceof IntegerValue || value instanceof BooleanValue;
      };
    }
  }

  /** Reads a result row. */
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Sets what stands between the tag and the limit; the number of the parameter after it. */
  private interface Binder {
    int bind(PreparedStatement statement) throws SQLException;
  }

  private final DataSource dataSource;
  private final int timeLimitSeconds;

  /**
   * @param timeLimitSeconds longest time that a query may take
   */
  SampleSource(DataSource dataSource, int timeLimitSeconds) {
    this.dataSource = dataSource;
    this.timeLimitSeconds = timeLimitSeconds;
  }

  /**
   * The samples asked for.
   *
   * @param upToIngestMicros only those stored up to this time
   * @throws DataAccessResourceFailureException if the database fails
   */
  List<Sample> read(Tag tag, Ask ask, long upToIngestMicros) {
    return run(
        tag,
        SELECT + condition(tag, ask.usable) + order(ask.newestFirst),
        after(new At(ask.fromMicros, ask.afterOrdinal), ask.toMicros, upToIngestMicros),
        ask.limit,
        row -> SampleRead.sample(row, 0));
  }

  /**
   * A sample that is not Bad_NoData, if there is any: among some of the newest ones, else in the
   * last days of which roll-ups say that there is one. Not found is one that is Bad, farther away,
   * and among Bad_NoData at both ends of its day.
   *
   * @param among how many are looked through
   * @throws DataAccessResourceFailureException if the database fails
   */
  List<Sample> known(Tag tag, Ask ask, int among, long upToIngestMicros) {
    At low = new At(ask.fromMicros, ask.afterOrdinal);
    List<Sample> found =
        run(
            tag,
            KNOWN_OF_NEWEST,
            statement -> {
              int next = after(low, ask.toMicros, upToIngestMicros).bind(statement);
              statement.setInt(next, among);
              return next + 1;
            },
            1,
            row -> SampleRead.sample(row, 0));
    if (!found.isEmpty()) {
      return found;
    }
    List<Long> days =
        run(
            tag,
            KNOWN_DAYS,
            statement -> {
              statement.setObject(2, SampleRead.time(ask.fromMicros));
              statement.setObject(3, SampleRead.time(ask.toMicros));
              statement.setInt(4, tag.id());
              return 5;
            },
            2, // of the newest only a part may lie in the range
            row -> SampleRead.micros(row, 1));
    for (long day : days) {
      long from = Math.max(day, ask.fromMicros);
      long to = Math.min(day + Level.DAY.micros(), ask.toMicros);
      found = read(tag, new Ask(from, -1, to, 1, true, Usable.KNOWN), upToIngestMicros);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * The keys of the sample that is so many behind a key, and of the one after it, as far as there
   * are; no value leaves the database.
   *
   * @param behind from 1
   * @throws DataAccessResourceFailureException if the database fails
   */
  List<At> keys(Tag tag, At low, long toMicros, int behind, long upToIngestMicros) {
    return run(
        tag,
        KEYS,
        after(low, toMicros, upToIngestMicros),
        behind - 1,
        row -> new At(SampleRead.micros(row, 1), row.getInt(2)));
  }

  /**
   * How many samples are behind a key, at most {@code most}.
   *
   * @throws DataAccessResourceFailureException if the database fails
   */
  int count(Tag tag, At low, long toMicros, int most, long upToIngestMicros) {
    return run(tag, COUNT, after(low, toMicros, upToIngestMicros), most, row -> row.getInt(1))
        .getFirst();
  }

  private static Binder after(At low, long toMicros, long upToIngestMicros) {
    return statement -> {
      OffsetDateTime from = SampleRead.time(low.micros());
      statement.setObject(2, from);
      statement.setObject(3, SampleRead.time(toMicros));
      statement.setObject(4, from);
      statement.setInt(5, low.ordinal());
      statement.setObject(6, SampleRead.time(upToIngestMicros));
      return 7;
    };
  }

  /**
   * Samples between two keys, both not included.
   *
   * @param ask in which order, and which are usable
   * @throws DataAccessResourceFailureException if the database fails
   */
  List<StoredSample> between(Tag tag, At low, At high, Ask ask, int limit, long upToIngestMicros) {
    return run(
        tag,
        SELECT_BETWEEN + condition(tag, ask.usable) + order(ask.newestFirst),
        statement -> {
          statement.setObject(2, SampleRead.time(low.micros()));
          statement.setObject(
              3, SampleRead.time(high.ordinal() < 0 ? high.micros() : high.micros() + 1));
          statement.setObject(4, SampleRead.time(low.micros()));
          statement.setInt(5, low.ordinal());
          statement.setObject(6, SampleRead.time(high.micros()));
          statement.setInt(7, high.ordinal());
          statement.setObject(8, SampleRead.time(upToIngestMicros));
          return 9;
        },
        limit,
        row ->
            new StoredSample(
                SampleRead.sample(row, 0),
                SampleRead.gatewayMicros(row, 0),
                SampleRead.ingestMicros(row, 0)));
  }

  /**
   * @param last value of the last parameter
   */
  private <T> List<T> run(Tag tag, String sql, Binder binder, int last, Reader<T> reader) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      // Times and numbers in binary from the first execution on: their text costs more than all
      // else.
      statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
      statement.setQueryTimeout(timeLimitSeconds);
      statement.setInt(1, tag.id());
      statement.setInt(binder.bind(statement), last);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    } catch (SQLException failed) {
      if (CANCELLED.equals(failed.getSQLState())) {
        throw new RefusedException(
            HttpStatus.SERVICE_UNAVAILABLE,
            "too-slow",
            "The samples of %s were not found within %d s; ask for a shorter range or later"
                .formatted(tag.key(), timeLimitSeconds));
      }
      throw new DataAccessResourceFailureException("read samples: " + sql, failed);
    }
  }

  private static String order(boolean newestFirst) {
    return newestFirst
        ? " ORDER BY source_time DESC, ordinal DESC LIMIT ?"
        : " ORDER BY source_time, ordinal LIMIT ?";
  }

  /** The severity is in the two highest bits, so Bad codes are negative. */
  private static String condition(Tag tag, Usable usable) {
    return switch (usable) {
      case ANY -> "";
      case KNOWN -> " AND (status & -65536) <> " + NO_DATA;
      case GOOD -> " AND status BETWEEN 0 AND 1073741823 AND " + value(tag, false);
      case NOT_BAD -> " AND status >= 0 AND " + value(tag, false);
      case GOOD_NUMBER -> " AND status BETWEEN 0 AND 1073741823 AND " + value(tag, true);
      case NOT_BAD_NUMBER -> " AND status >= 0 AND " + value(tag, true);
    };
  }

  private static String value(Tag tag, boolean numbers) {
    return switch (tag.type()) {
      // NaN is greater than Infinity in PostgreSQL
      case DOUBLE ->
          numbers ? "number > '-Infinity' AND number < 'Infinity'" : "number IS NOT NULL";
      case INTEGER -> "integer IS NOT NULL";
      case BOOLEAN -> "bool IS NOT NULL";
      case STRING -> numbers ? "false" : "text IS NOT NULL";
      case BYTES -> numbers ? "false" : "bytes IS NOT NULL";
    };
  }
}
