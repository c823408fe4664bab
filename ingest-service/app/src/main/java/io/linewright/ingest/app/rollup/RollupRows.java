package io.linewright.ingest.app.rollup;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.PackedPoints;
import io.linewright.ingest.rollup.Rollup;
import io.linewright.ingest.rollup.Rollup.Edge;
import io.linewright.ingest.rollup.Rollup.Extreme;
import io.linewright.ingest.rollup.Rollup.Held;
import io.linewright.ingest.rollup.Rollup.Numbers;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** Tables of roll-ups and their rows. */
public final class RollupRows {

  /** The columns of {@link #read}, points last. */
  public static final String COLUMNS =
      "start, good, uncertain, bad, numbers, sum, sum_squares, minimum, minimum_time, maximum,"
          + " maximum_time, first_time, first_status, first_value, last_time, last_status, last_value,"
          + " integral, integral_micros, good_micros, uncertain_micros, bad_micros, points";

  private static final HexFormat HEX = HexFormat.of();
  private static final int ROW_CHARS = 512;
  private static final long YEAR_1 = -62_135_596_800_000_000L;
  private static final DateTimeFormatter WITH_ERA =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSX G", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** A roll-up and whose it is. */
  record Of(int tagId, Rollup rollup) {}

  private RollupRows() {}

  /**
   * What samples are read from: those that count, corrections included, with the columns of table
   * {@code sample}. The one place that says it; all arguments are SQL.
   *
   * @param from begin, included
   * @param to end, not included
   */
  public static String samples(String tag, String from, String to) {
    return "effective_sample(%s, %s, %s)".formatted(tag, from, to);
  }

  /** An instant as PostgreSQL reads it, also before the year 1. */
  public static String time(long micros) {
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return micros >= YEAR_1 ? instant.toString() : WITH_ERA.format(instant);
  }

  /** Name of a level's table. */
  public static String table(Level level) {
    return "rollup_" + level.name().toLowerCase(Locale.ROOT);
  }

  /** A roll-up out of a row whose columns are {@link #COLUMNS}, after {@code skip} others. */
  public static Rollup read(ResultSet row, int skip) throws SQLException {
    return new Rollup(
        SampleRead.micros(row, skip + 1),
        row.getInt(skip + 2),
        row.getInt(skip + 3),
        row.getInt(skip + 4),
        new Numbers(
            row.getInt(skip + 5),
            row.getDouble(skip + 6),
            row.getDouble(skip + 7),
            extreme(row, skip + 8),
            extreme(row, skip + 10)),
        edge(row, skip + 12),
        edge(row, skip + 15),
        new Held(
            row.getDouble(skip + 18),
            row.getLong(skip + 19),
            row.getLong(skip + 20),
            row.getLong(skip + 21),
            row.getLong(skip + 22)),
        points(row, skip + 23));
  }

  /** The points in a column; null if the bucket has texts. */
  static @Nullable List<Sample> points(ResultSet row, int column) throws SQLException {
    byte[] packed = row.getBytes(column);
    return packed == null ? null : PackedPoints.unpack(packed);
  }

  private static @Nullable Extreme extreme(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : new Extreme(value, SampleRead.micros(row, column + 1));
  }

  private static Edge edge(ResultSet row, int column) throws SQLException {
    long micros = SampleRead.micros(row, column);
    StatusCode status = StatusCode.of(row.getInt(column + 1));
    double value = row.getDouble(column + 2);
    return new Edge(micros, status, row.wasNull() ? null : value);
  }

  /** Results in binary from the first execution on: times as text cost more than all else. */
  public static void inBinary(PreparedStatement statement) throws SQLException {
    statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
  }

  /** Writes roll-ups that are not in the table. */
  static void copy(Connection connection, Level level, List<Of> rollups) throws SQLException {
    StringBuilder text = new StringBuilder(rollups.size() * ROW_CHARS);
    rollups.forEach(rollup -> append(text, rollup));
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "/* read */ COPY %s (tag_id, %s) FROM STDIN".formatted(table(level), COLUMNS),
              new StringReader(text.toString()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void append(StringBuilder out, Of of) {
    Rollup rollup = of.rollup();
    out.append(of.tagId());
    time(out, rollup.startMicros());
    field(out, rollup.good());
    field(out, rollup.uncertain());
    field(out, rollup.bad());
    Numbers numbers = rollup.numbers();
    field(out, numbers.count());
    field(out, numbers.sum());
    field(out, numbers.sumSquares());
    extreme(out, numbers.minimum());
    extreme(out, numbers.maximum());
    edge(out, rollup.first());
    edge(out, rollup.last());
    Held held = rollup.held();
    field(out, held.integral());
    field(out, held.integralMicros());
    field(out, held.goodMicros());
    field(out, held.uncertainMicros());
    field(out, held.badMicros());
    List<Sample> points = rollup.points();
    if (points == null) {
      field(out, null);
    } else {
      out.append("\t\\\\x").append(HEX.formatHex(PackedPoints.pack(points)));
    }
    out.append('\n');
  }

  private static void extreme(StringBuilder out, @Nullable Extreme extreme) {
    if (extreme == null) {
      field(out, null);
      field(out, null);
    } else {
      field(out, extreme.value());
      time(out, extreme.micros());
    }
  }

  private static void edge(StringBuilder out, Edge edge) {
    time(out, edge.micros());
    field(out, edge.status().bits());
    field(out, edge.value());
  }

  private static void time(StringBuilder out, long micros) {
    field(out, time(micros));
  }

  private static void field(StringBuilder out, @Nullable Object value) {
    out.append('\t').append(value == null ? "\\N" : value);
  }
}
