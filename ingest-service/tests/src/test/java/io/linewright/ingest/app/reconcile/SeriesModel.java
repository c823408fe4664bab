package io.linewright.ingest.app.reconcile;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The series that counts, made in the plainest way: all keys that have a sample or a correction, on
 * which all corrections are replayed in the order of their versions; what was said last stays
 * (decision 0016). It shares nothing with {@code effective_sample} nor with the core's series.
 */
final class SeriesModel {

  private static final String MODEL =
      "CREATE TABLE IF NOT EXISTS model_sample (tag_id int, source_time timestamptz,"
          + " ordinal smallint, status int, number float8, integer int8, bool boolean, text text);"
          + " TRUNCATE model_sample";
  private static final String STORED =
      "SELECT " + SampleRead.SAMPLE_COLUMNS + " FROM sample WHERE tag_id = ";
  private static final String CORRECTIONS =
      "SELECT "
          + SampleRead.SAMPLE_COLUMNS
          + ", kind, end_time FROM correction WHERE tag_id = %d ORDER BY version";

  private record Key(long micros, int ordinal) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::micros).thenComparingInt(Key::ordinal);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** What is stored at a key, and what counts there; null: nothing. */
  private static final class Place {
    @Nullable Sample stored;
    @Nullable Sample counts;
  }

  private SeriesModel() {}

  /** Writes what counts of these tags, from 1 on, into a table; {@link #of} reads it. */
  static void write(Connection connection, int tags) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.execute(MODEL);
      for (int tag = 1; tag <= tags; tag++) {
        for (Place place : replayed(statement, tag).values()) {
          append(rows, tag, place.counts);
        }
      }
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY model_sample FROM STDIN", new StringReader(rows.toString()));
  }

  /** The samples of a tag that count in a stretch of time, in SQL. */
  static String of(int tag, long fromMicros, long toMicros) {
    return "(SELECT * FROM model_sample WHERE tag_id = %d AND source_time >= '%s' AND source_time < '%s')"
        .formatted(tag, time(fromMicros), time(toMicros));
  }

  private static NavigableMap<Key, Place> replayed(Statement statement, int tag)
      throws SQLException {
    NavigableMap<Key, Place> places = new TreeMap<>();
    try (ResultSet row = statement.executeQuery(STORED + tag)) {
      while (row.next()) {
        Sample sample = SampleRead.sample(row, 0);
        Place place = place(places, sample.sourceMicros(), sample.ordinal());
        place.stored = sample;
        place.counts = sample;
      }
    }
    // All keys first: a correction holds for what comes later, too
    try (ResultSet row = statement.executeQuery(CORRECTIONS.formatted(tag))) {
      while (row.next()) {
        if (row.getObject(10) == null) {
          place(places, SampleRead.micros(row, 1), row.getInt(2));
        }
      }
    }
    try (ResultSet row = statement.executeQuery(CORRECTIONS.formatted(tag))) {
      while (row.next()) {
        replay(row, places);
      }
    }
    return places;
  }

  private static void replay(ResultSet row, NavigableMap<Key, Place> places) throws SQLException {
    String kind = row.getString(9);
    if (row.getObject(10) == null) {
      say(kind, place(places, SampleRead.micros(row, 1), row.getInt(2)), row);
      return;
    }
    Key from = new Key(SampleRead.micros(row, 1), 0);
    Key to = new Key(SampleRead.micros(row, 10), 0);
    for (Place place : places.subMap(from, to).values()) {
      say(kind, place, row);
    }
  }

  private static void say(String kind, Place place, ResultSet row) throws SQLException {
    place.counts =
        switch (kind) {
          case "replace", "insert" -> SampleRead.sample(row, 0);
          case "delete" -> null;
          case "restore" -> place.stored;
          default -> throw new IllegalStateException(kind);
        };
  }

  private static Place place(NavigableMap<Key, Place> places, long micros, int ordinal) {
    return places.computeIfAbsent(new Key(micros, ordinal), key -> new Place());
  }

  private static void append(StringBuilder rows, int tag, @Nullable Sample sample) {
    if (sample == null) {
      return;
    }
    SampleValue value = sample.value();
    rows.append(tag).append('\t').append(time(sample.sourceMicros()));
    rows.append('\t').append(sample.ordinal()).append('\t').append(sample.status().bits());
    field(rows, value instanceof DoubleValue ? value : null);
    field(rows, value instanceof IntegerValue ? value : null);
    field(rows, value instanceof BooleanValue ? value : null);
    field(rows, value instanceof StringValue || value instanceof BytesValue ? value : null);
    rows.append('\n');
  }

  private static void field(StringBuilder rows, @Nullable SampleValue value) {
    rows.append('\t').append(value == null ? "\\N" : SampleText.of(value));
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
