package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.retention.Keep;
import io.linewright.model.equipment.DataClass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * From when on samples of a tag are kept, for those who would add to them. That is what its class
 * says now, or later if more has gone already: a longer retention brings nothing back.
 */
public final class Retained {

  private static final String ALL = "/* read */ SELECT tag_id, raw_from FROM raw_retained";

  private final JdbcClient jdbc;
  private final Map<String, Keep> byClass = new HashMap<>();
  private volatile Map<Integer, Long> gone = Map.of();

  Retained(JdbcClient jdbc, RetentionSettings settings) {
    this.jdbc = jdbc;
    for (DataClass dataClass : DataClass.values()) {
      byClass.put(dataClass.toString(), settings.of(dataClass));
    }
  }

  /** Reads what has gone. */
  void refresh() {
    Map<Integer, Long> read = new HashMap<>();
    jdbc.sql(ALL)
        .query((RowCallbackHandler) row -> read.put(row.getInt(1), SampleRead.micros(row, 2)));
    gone = read;
  }

  /**
   * Begin of the first day whose samples are kept, both in microseconds since the epoch; {@link
   * Keep#EVERYTHING}: all are.
   */
  public long from(Tag tag, long nowMicros) {
    Keep keep = byClass.get(tag.dataClass());
    return Math.max(
        keep == null ? Keep.EVERYTHING : keep.from(nowMicros),
        gone.getOrDefault(tag.id(), Keep.EVERYTHING));
  }

  /** Why a value before {@link #from} is refused; a sentence for people. */
  public static String reason(Tag tag, long from) {
    return "samples of tag %s, class %s, are kept from %s on"
        .formatted(tag.key(), tag.dataClass(), Instant.EPOCH.plus(from, ChronoUnit.MICROS));
  }
}
