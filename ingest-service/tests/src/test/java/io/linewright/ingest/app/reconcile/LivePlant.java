package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.rollup.DirtyMarks;
import io.linewright.ingest.app.rollup.WriterMarks;
import io.linewright.ingest.app.storage.IngestDatabase;
import io.linewright.ingest.batch.SampleRow;
import io.linewright.ingest.rollup.Level;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.StatusCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes random batches as the historian does, late and doubled ones too. Now and then it changes
 * or deletes stored samples, and marks them, as an administrator of the database may; what people
 * correct, {@link LiveCorrections} does.
 */
public final class LivePlant {

  /** Instants lie in this stretch of two days and in an hour of another year. */
  public static final Instant BEGIN = Instant.parse("2026-01-10T20:00:00Z");

  public static final Instant END = Instant.parse("2026-01-11T03:00:00Z");
  public static final Instant OLD = Instant.parse("1969-12-31T23:30:00Z");
  public static final Instant OLD_END = Instant.parse("1970-01-01T00:30:00Z");

  public static final int TAGS = 4;

  private static final String DEADLOCK = "40P01";
  private static final String INSERT =
      """
      INSERT INTO sample (tag_id, source_time, ordinal, status, number, integer, bool, text, gateway_time, ingest_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, now(), now()) ON CONFLICT DO NOTHING
      """;
  private static final String CHANGE =
      """
      UPDATE sample SET status = 0, number = 7, integer = NULL, bool = NULL, text = NULL
      WHERE tag_id = ? AND source_time >= ? AND source_time < ?
      """;
  private static final String DELETE =
      "DELETE FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?";

  private final IngestDatabase database;
  private final WriterMarks marks = new WriterMarks();
  private final boolean texts;

  /**
   * @param texts whether tag 4 changes to texts now and then
   */
  public LivePlant(IngestDatabase database, boolean texts) {
    this.database = database;
    this.texts = texts;
    database.ensure(
        List.of(
            LocalDate.of(2026, 1, 10),
            LocalDate.of(2026, 1, 11),
            LocalDate.of(1969, 12, 31),
            LocalDate.of(1970, 1, 1)));
  }

  /** Does one thing in one transaction, which may be rolled back or end in a deadlock. */
  public void act(RandomGenerator random) throws SQLException {
    try {
      tryToAct(random);
    } catch (SQLException failed) {
      if (!DEADLOCK.equals(failed.getSQLState())
          && !(failed.getNextException() != null
              && DEADLOCK.equals(failed.getNextException().getSQLState()))) {
        throw failed;
      }
    }
  }

  private void tryToAct(RandomGenerator random) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      Runnable afterCommit =
          random.nextInt(4) == 0 ? change(connection, random) : write(connection, random);
      if (random.nextInt(8) == 0) {
        connection.rollback();
      } else {
        connection.commit();
        afterCommit.run();
      }
    }
  }

  private Runnable write(Connection connection, RandomGenerator random) throws SQLException {
    List<SampleRow> rows = rows(random);
    boolean marksFirst = random.nextBoolean();
    Runnable afterCommit = marksFirst ? marks.mark(connection, rows) : () -> {};
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (SampleRow row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return marksFirst ? afterCommit : marks.mark(connection, rows);
  }

  private static Runnable change(Connection connection, RandomGenerator random)
      throws SQLException {
    long from = instant(random);
    long to = from + random.nextLong(1, random.nextBoolean() ? 90_000_000 : 5_400_000_000L);
    int tag = random.nextInt(1, TAGS + 1);
    try (PreparedStatement statement =
        connection.prepareStatement(random.nextBoolean() ? CHANGE : DELETE)) {
      statement.setInt(1, tag);
      statement.setObject(2, at(from));
      statement.setObject(3, at(to));
      statement.executeUpdate();
    }
    DirtyMarks.mark(connection, tag, from, to);
    return () -> {};
  }

  /** In the writing order, no key twice. */
  private List<SampleRow> rows(RandomGenerator random) {
    List<SampleRow> rows = new ArrayList<>();
    int count = random.nextInt(1, 60);
    long micros = instant(random);
    for (int i = 0; i < count; i++) {
      micros = random.nextInt(5) == 0 ? instant(random) : micros + random.nextInt(30) * 500_000;
      int tag = random.nextInt(1, TAGS + 1);
      Sample sample = new Sample(value(tag, random), status(random), micros, random.nextInt(3));
      rows.add(new SampleRow(tag, sample, micros, 0));
    }
    rows.sort(SampleRow.WRITING_ORDER);
    for (int i = rows.size() - 1; i > 0; i--) {
      if (rows.get(i).sameKey(rows.get(i - 1))) {
        rows.remove(i);
      }
    }
    return rows;
  }

  /** Half seconds, so that samples meet; mostly in a few minutes, so that buckets do. */
  static long instant(RandomGenerator random) {
    if (random.nextInt(10) == 0) {
      return micros(OLD) + random.nextLong(7_200) * 500_000;
    }
    long range = random.nextBoolean() ? 600 : (micros(END) - micros(BEGIN)) / 500_000;
    return micros(BEGIN) + random.nextLong(range) * 500_000;
  }

  /** Of eighths, so that sums are exact; also numbers that are none, and huge ones. */
  @Nullable SampleValue value(int tag, RandomGenerator random) {
    int kind = random.nextInt(12);
    if (kind == 0) {
      return null;
    }
    if (tag == 2) {
      return SampleValue.of(kind == 1 ? Long.MAX_VALUE - 1 : random.nextLong(-50, 50));
    }
    if (tag == 3) {
      return SampleValue.of(random.nextBoolean());
    }
    if (tag == 4 && texts && kind < 3) {
      return SampleValue.of("off");
    }
    return switch (kind) {
      case 1 -> SampleValue.of(Double.NaN);
      case 2 -> SampleValue.of(Double.NEGATIVE_INFINITY);
      case 3 -> SampleValue.of(tag == 1 ? 1e300 : -0.0);
      default -> SampleValue.of(random.nextInt(-800, 800) / 8.0);
    };
  }

  static StatusCode status(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> StatusCode.BAD_NO_COMMUNICATION;
      case 1 -> StatusCode.of(0xC0000000);
      case 2 -> StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
      default -> StatusCode.GOOD;
    };
  }

  private static void set(PreparedStatement statement, SampleRow row) throws SQLException {
    Sample sample = row.sample();
    statement.setInt(1, row.tagId());
    statement.setObject(2, at(sample.sourceMicros()));
    statement.setInt(3, sample.ordinal());
    statement.setInt(4, sample.status().bits());
    SampleValue value = sample.value();
    statement.setObject(
        5, value instanceof DoubleValue(double number) ? number : null, Types.DOUBLE);
    statement.setObject(6, value instanceof IntegerValue(long whole) ? whole : null, Types.BIGINT);
    statement.setObject(
        7, value instanceof BooleanValue(boolean truth) ? truth : null, Types.BOOLEAN);
    statement.setObject(8, value instanceof StringValue(String text) ? text : null, Types.VARCHAR);
  }

  /** Bounds of whole days around all instants. */
  public static List<long[]> stretches() {
    return List.of(days(BEGIN, END), days(OLD, OLD_END));
  }

  private static long[] days(Instant from, Instant to) {
    return new long[] {
      Level.DAY.startOf(Level.DAY.numberOf(micros(from))),
      Level.DAY.startOf(Level.DAY.numberOf(micros(to)) + 1)
    };
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
