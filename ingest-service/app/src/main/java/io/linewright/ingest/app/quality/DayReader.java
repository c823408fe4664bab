package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the stored samples of a day, a stretch at a time: no connection is held for long. */
final class DayReader {

  private static final int STRETCH = 20_000;

  /** The same for texts and bytes, which have up to 64 KiB each. */
  private static final int STRETCH_OF_TEXTS = 200;

  private static final String SELECT =
      "/* read */ SELECT "
          + SampleRead.SAMPLE_COLUMNS
          + ", ingest_time FROM sample WHERE tag_id = ? AND source_time >= ? AND source_time < ?"
          + " AND (source_time, ordinal) > (?, ?) ORDER BY source_time, ordinal LIMIT ?";

  private record Row(Sample sample, long storedMicros) {}

  private final JdbcClient jdbc;

  DayReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Shows all samples in the order of time, each with the time at which it was stored. */
  void read(int tagId, DataType type, QualityDay day, ObjLongConsumer<Sample> reader) {
    boolean large = type == DataType.STRING || type == DataType.BYTES;
    int most = large ? STRETCH_OF_TEXTS : STRETCH;
    long after = day.fromMicros();
    int ordinal = -1;
    int read;
    do {
      List<Row> rows =
          jdbc.sql(SELECT)
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

  private static OffsetDateTime at(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
