package io.linewright.ingest.app.quality.day;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the stored samples of a day, a stretch at a time: no connection is held for long. */
final class DayReader {

  private static final int STRETCH = 20_000;

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int STRETCH_OF_TEXTS = 200;

  /** The value that holds is looked for so far back by itself. */
  private static final long NEAR_MICROS = Duration.ofDays(8).toSeconds() * 1_000_000;

  private static final long DAY_MICROS = Duration.ofDays(1).toSeconds() * 1_000_000;

  private static final String SELECT =
      "/* read */ SELECT "
          + SampleRead.SAMPLE_COLUMNS
          + ", ingest_time FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) ORDER BY source_time, ordinal LIMIT ?";

  private static final String HELD =
      """
      /* read */ SELECT status >= 0 FROM sample
      WHERE tag_id = ? AND source_time < ? AND source_time >= ?
      ORDER BY source_time DESC, ordinal DESC LIMIT 1
      """;

  private static final String HELD_EVER =
      """
      /* read */ SELECT status >= 0 FROM sample WHERE tag_id = ? AND source_time < ?
      ORDER BY source_time DESC, ordinal DESC LIMIT 1
      """;

  private static final String LAST =
      "/* read */ SELECT source_time FROM last_value WHERE tag_id = ?";

  private static final String PLACED =
      """
      /* read */ SELECT min(greatest(valid_from, ?)), max(least(valid_to, ?)) FROM equipment_path
      WHERE address = ? AND valid_from < ? AND (valid_to IS NULL OR valid_to > ?)
      HAVING count(*) > 0
      """;

  private record Row(Sample sample, long storedMicros) {}

  private final JdbcClient jdbc;

  DayReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Shows all samples in the order of time, each with the time at which it was stored. */
  void read(int tagId, DataType type, QualityDay day, Limit limit, ObjLongConsumer<Sample> reader) {
    boolean large = type == DataType.STRING || type == DataType.BYTES;
    int most = large ? STRETCH_OF_TEXTS : STRETCH;
    long after = day.fromMicros();
    int ordinal = -1;
    int read;
    do {
      List<Row> rows =
          jdbc.sql(SELECT)
              .withQueryTimeout(limit.seconds())
              .params(tagId, at(after), at(day.untilMicros()), at(after), ordinal, most)
              .query((row, n) -> new Row(SampleRead.sample(row, 0), SampleRead.micros(row, 9)))
              .list();
      for (Row row : rows) {
        reader.accept(row.sample(), row.storedMicros());
      }
      read = rows.size();
      if (read > 0) {
        after = rows.getLast().sample().sourceMicros();
        ordinal = rows.getLast().sample().ordinal();
      }
    } while (read == most);
  }

  /** How many samples there are. */
  long count(int tagId, QualityDay day) {
    return jdbc.sql(
            "/* read */ SELECT count(*) FROM sample WHERE tag_id = ? AND source_time >= ? AND"
                + " source_time < ?")
        .params(tagId, at(day.fromMicros()), at(day.untilMicros()))
        .query(Long.class)
        .single();
  }

  /**
   * Whether a tag has a value before that time that holds and is not Bad. One that has been silent
   * for long is looked for where its last value is known to be: all days there are would be asked
   * for it else, each night. One that has gone with the retention is taken for not Bad.
   */
  boolean held(int tagId, long micros, Limit limit) {
    return held(tagId, micros, micros - NEAR_MICROS, limit)
        .orElseGet(() -> heldLongAgo(tagId, micros, limit));
  }

  private boolean heldLongAgo(int tagId, long micros, Limit limit) {
    Optional<Long> last = last(tagId, limit).filter(time -> time < micros);
    return last.isPresent()
        ? held(tagId, Math.min(micros, last.get() + DAY_MICROS), last.get(), limit).orElse(true)
        : jdbc.sql(HELD_EVER)
            .withQueryTimeout(limit.seconds())
            .params(tagId, at(micros - NEAR_MICROS))
            .query(Boolean.class)
            .optional()
            .orElse(false);
  }

  private Optional<Boolean> held(int tagId, long micros, long fromMicros, Limit limit) {
    return jdbc.sql(HELD)
        .withQueryTimeout(limit.seconds())
        .params(tagId, at(micros), at(fromMicros))
        .query(Boolean.class)
        .optional();
  }

  /** When the last value of a tag was, or one some seconds older; empty: not known. */
  private Optional<Long> last(int tagId, Limit limit) {
    return jdbc.sql(LAST)
        .withQueryTimeout(limit.seconds())
        .param(tagId)
        .query((row, n) -> SampleRead.micros(row, 1))
        .optional();
  }

  /** When equipment was known to be at an address; empty: at no time of the day. */
  Optional<Window> placed(String address, QualityDay day, Limit limit) {
    OffsetDateTime from = at(day.fromMicros());
    OffsetDateTime until = at(day.untilMicros());
    return jdbc.sql(PLACED)
        .withQueryTimeout(limit.seconds())
        .params(from, until, address, until, from)
        .query((row, n) -> new Window(SampleRead.micros(row, 1), SampleRead.micros(row, 2), true))
        .optional();
  }

  private static OffsetDateTime at(long micros) {
    return SampleRead.time(micros);
  }
}
