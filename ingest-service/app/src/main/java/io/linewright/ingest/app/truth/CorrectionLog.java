package io.linewright.ingest.app.truth;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Order;
import io.linewright.ingest.truth.Ranges;
import io.linewright.ingest.truth.Target.At;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has been said of tags, for whoever reads. */
public final class CorrectionLog {

  /**
   * A place between two corrections of single values.
   *
   * @param key of the one behind which, in the direction of the walk, it goes on
   * @param version of it
   */
  public record Place(At key, long version) {}

  /** 1900-01-01T00:00:00Z, as for imports: nothing earlier is corrected. */
  public static final long EARLIEST_MICROS = -2_208_988_800_000_000L;

  /** The last instant that can be written. */
  private static final long LATEST_MICROS = 253_402_300_799_999_999L;

  private static final String VALUES =
      "/* read */ SELECT "
          + CorrectionRow.COLUMNS
          + " FROM correction WHERE tag_id = ? AND end_time IS NULL AND version <= ?";
  private static final String VALUES_UP =
      VALUES
          + " AND (source_time, ordinal, version) > (?, ?, ?) AND (source_time, ordinal) < (?, ?)"
          + " ORDER BY source_time, ordinal, version LIMIT ?";
  private static final String VALUES_DOWN =
      VALUES
          + " AND (source_time, ordinal, version) < (?, ?, ?) AND (source_time, ordinal) > (?, ?)"
          + " ORDER BY source_time DESC, ordinal DESC, version DESC LIMIT ?";
  private static final String RESTORED =
      "/* read */ SELECT source_time, ordinal FROM correction"
          + " WHERE tag_id = ? AND end_time IS NULL AND kind = 'restore' AND version <= ?"
          + " AND (source_time, ordinal) > (?, ?) AND (source_time, ordinal) < (?, ?)";
  private static final String OVERLAPPING =
      " AND c.source_time < ? AND coalesce(c.end_time, c.source_time + interval '1 microsecond') > ?";

  private final JdbcClient jdbc;

  CorrectionLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The last version of each of these tags that has been corrected. */
  public Map<Integer, Long> versions(Collection<Integer> tagIds) {
    Map<Integer, Long> versions = new HashMap<>();
    jdbc.sql("/* read */ SELECT tag_id, version FROM corrected_tag WHERE tag_id = ANY(?)")
        .param(tagIds.toArray(Integer[]::new))
        .query(
            row -> {
              versions.put(row.getInt(1), row.getLong(2));
            });
    return versions;
  }

  /** The last version of a tag; 0 if nobody has corrected it. */
  public long version(int tagId) {
    return versions(List.of(tagId)).getOrDefault(tagId, 0L);
  }

  /** What had been said of a tag up to a version. */
  public Edition edition(int tagId, long version) {
    List<Entry> ranges =
        jdbc.sql(
                "/* read */ SELECT "
                    + CorrectionRow.COLUMNS
                    + " FROM correction WHERE tag_id = ? AND end_time IS NOT NULL AND version <= ?")
            .params(tagId, version)
            .query((row, n) -> CorrectionRow.entry(row, 0))
            .list();
    return new Edition(tagId, version, Ranges.of(ranges));
  }

  /**
   * Corrections of single values in the order of their keys.
   *
   * @param after where to go on
   * @param end bound of the keys, not included
   */
  public List<Entry> values(Edition edition, Order order, Place after, At end, int limit) {
    return jdbc.sql(order == Order.OLDEST_FIRST ? VALUES_UP : VALUES_DOWN)
        .params(
            edition.tagId(),
            edition.version(),
            SampleRead.time(after.key().micros()),
            after.key().ordinal(),
            after.version(),
            SampleRead.time(end.micros()),
            end.ordinal(),
            limit)
        .query((row, n) -> CorrectionRow.entry(row, 0))
        .list();
  }

  /** The first key in that order between two, both not included, that has ever been restored. */
  public Optional<At> restored(Edition edition, Order order, At low, At high) {
    String sql =
        order == Order.OLDEST_FIRST
            ? RESTORED + " ORDER BY source_time, ordinal LIMIT 1"
            : RESTORED + " ORDER BY source_time DESC, ordinal DESC LIMIT 1";
    return jdbc.sql(sql)
        .params(
            edition.tagId(),
            edition.version(),
            SampleRead.time(low.micros()),
            low.ordinal(),
            SampleRead.time(high.micros()),
            high.ordinal())
        .query((row, n) -> new At(SampleRead.micros(row, 1), row.getInt(2)))
        .optional();
  }

  /**
   * What has been said of single values between two keys, both included: of each at most so many,
   * the latest first.
   */
  public List<ToldCorrection> aboutValues(int tagId, At first, At last, long upTo, int mostOfEach) {
    return jdbc.sql(
            CorrectionRow.TOLD
                + " JOIN (SELECT tag_id, version, row_number() OVER"
                + "   (PARTITION BY source_time, ordinal ORDER BY version DESC) AS age"
                + "   FROM correction WHERE tag_id = ? AND end_time IS NULL AND version <= ?"
                + "   AND (source_time, ordinal) >= (?, ?) AND (source_time, ordinal) <= (?, ?)) a"
                + " ON a.tag_id = c.tag_id AND a.version = c.version AND a.age <= ?"
                + " ORDER BY c.version DESC")
        .params(
            tagId,
            upTo,
            SampleRead.time(first.micros()),
            first.ordinal(),
            SampleRead.time(last.micros()),
            last.ordinal(),
            mostOfEach)
        .query(CorrectionRow::told)
        .list();
  }

  /** What has been said of ranges that touch a stretch of time, both ends included. */
  public List<ToldCorrection> aboutRanges(int tagId, long firstMicros, long lastMicros, long upTo) {
    return jdbc.sql(
            CorrectionRow.TOLD
                + " WHERE c.tag_id = ? AND c.end_time > ? AND c.source_time <= ? AND c.version <= ?"
                + " ORDER BY c.version DESC")
        .params(tagId, SampleRead.time(firstMicros), SampleRead.time(lastMicros), upTo)
        .query(CorrectionRow::told)
        .list();
  }

  /**
   * Corrections of a tag, newest first.
   *
   * @param fromMicros only those that touch the time from then on
   * @param toMicros and before then
   */
  public List<ToldCorrection> newest(
      int tagId, long fromMicros, long toMicros, long belowVersion, int limit) {
    return jdbc.sql(
            CorrectionRow.TOLD
                + " WHERE c.tag_id = ? AND c.version < ?"
                + OVERLAPPING
                + " ORDER BY c.version DESC LIMIT ?")
        .params(
            tagId,
            belowVersion,
            SampleRead.time(Math.min(toMicros, LATEST_MICROS)),
            SampleRead.time(Math.max(fromMicros, EARLIEST_MICROS)),
            limit)
        .query(CorrectionRow::told)
        .list();
  }
}
