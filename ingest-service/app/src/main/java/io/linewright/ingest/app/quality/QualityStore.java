package io.linewright.ingest.app.quality;

import io.linewright.ingest.app.quality.day.Limit;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityResult;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code data_quality}, and what of the plant was there on a day. */
final class QualityStore {

  /**
   * A stored judgement.
   *
   * @param missing null: judged before it was counted, as the next three
   * @param until end of the time in which values were expected
   * @param parts what could be judged
   * @param breaches names of the parts below their bound
   */
  record Judgement(
      int tagId,
      LocalDate day,
      String zone,
      int version,
      Instant computedAt,
      long samples,
      long expected,
      @Nullable Long missing,
      @Nullable Long unchanged,
      @Nullable Integer aliveMinutes,
      @Nullable Instant until,
      @Nullable Double delaySeconds,
      long spikes,
      double flatSeconds,
      Map<QualityPart, Double> parts,
      @Nullable Double score,
      List<String> breaches) {

    /** Whether the day is the same as then, and judged now as it was then. */
    boolean isAs(QualityDay of, QualityResult now) {
      return zone.equals(of.zone().getId())
          && samples == now.samples()
          && expected == now.expected()
          && Objects.equals(missing, now.missing())
          && Objects.equals(unchanged, now.unchanged())
          && parts.equals(now.parts())
          && breaches.equals(QualityViews.names(now.breaches()));
    }
  }

  /**
   * What the plant needs of a judgement.
   *
   * @param until end of the time in which values were expected
   * @param completeness 0 if it could not be judged
   * @param validity 1 if no value came: what is complete then is so because it is valid still
   */
  record Judged(
      int tagId,
      Instant until,
      long expected,
      double completeness,
      double validity,
      boolean breached) {}

  /**
   * A path under which values of equipment arrive.
   *
   * @param until up to when equipment was there; end of the day if it was not known to be
   * @param connected whether a value came on the day that is not Bad, or none because nothing had
   *     changed
   */
  record Address(String address, Instant until, boolean connected) {}

  /**
   * The plant on a day.
   *
   * @param tags how many were judged
   * @param assets how many pieces of equipment with tags were there
   * @param connected how many of them sent a value that is not Bad, or none because nothing had
   *     changed
   * @param availability valid values of those expected, 0 to 1; null if none were expected
   */
  record PlantDay(
      long tags, long assets, long connected, @Nullable Double availability, long breached) {}

  private static final String SELECT =
      """
      SELECT tag_id, day, zone, version, computed_at, samples, expected, missing, unchanged,
             alive_minutes, expected_to, delay_seconds, spike_count, flat_seconds, completeness,
             timeliness, validity, plausibility, flat_line, spikes, score, breaches
      FROM data_quality
      """;

  private static final int FIRST_PART = 15;

  private static final String BEFORE =
      """
      /* read */ SELECT q.* FROM unnest(?::int[]) AS k (id) CROSS JOIN LATERAL (
      %s WHERE tag_id = k.id AND day <= ? AND coalesce(expected_to, '-infinity') < ?
        ORDER BY day DESC LIMIT 1) q
      """
          .formatted(SELECT);

  private static final String AFTER =
      """
      /* read */ SELECT q.* FROM unnest(?::int[]) AS k (id) CROSS JOIN LATERAL (
      %s WHERE tag_id = k.id AND day >= ? AND coalesce(expected_to, 'infinity') > ?
        ORDER BY day LIMIT 1) q
      """
          .formatted(SELECT);

  /** What the bridge says of a gateway is no word of it. The inner limit forbids to read all. */
  private static final String ADDRESSES =
      """
      /* read */ SELECT a.address, a.connected, p.until
      FROM (
        SELECT t.path AS address, bool_or(
          CASE WHEN q.validity > 0 OR q.unchanged > 0 THEN true
          ELSE (SELECT true FROM sample s
                WHERE s.tag_id = t.id AND s.status >= 0 AND s.source_time >= ? AND s.source_time < ?
                LIMIT 1) IS NOT NULL END) AS connected
        FROM tag t LEFT JOIN data_quality q ON q.tag_id = t.id AND q.day = ?
        WHERE t.role <> 'stage-counter' AND t.name <> 'online'
        GROUP BY t.path) a
      LEFT JOIN (
        SELECT address, max(least(valid_to, ?)) AS until FROM equipment_path
        WHERE valid_from < ? AND (valid_to IS NULL OR valid_to > ?)
        GROUP BY address) p ON p.address = a.address
      WHERE a.connected OR p.until IS NOT NULL
      """;

  private final JdbcClient jdbc;

  QualityStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Judgement> find(int tagId, LocalDate day) {
    return jdbc.sql(SELECT + " WHERE tag_id = ? AND day = ?")
        .params(tagId, Date.valueOf(day))
        .query(QualityStore::judgement)
        .optional();
  }

  /**
   * The last judgement of each of these tags before one, in no particular order.
   *
   * @param day of that one
   * @param until end of its expected values: equipment may have come from elsewhere on that day
   */
  List<Judgement> before(List<Integer> tagIds, LocalDate day, Instant until) {
    return beside(BEFORE, tagIds, day, until);
  }

  /** The first judgement of each of these tags after one, in no particular order. */
  List<Judgement> after(List<Integer> tagIds, LocalDate day, Instant until) {
    return beside(AFTER, tagIds, day, until);
  }

  private List<Judgement> beside(String which, List<Integer> tagIds, LocalDate day, Instant until) {
    return jdbc.sql(which)
        .params(
            Arrays.asList(
                tagIds.toArray(Integer[]::new), Date.valueOf(day), until.atOffset(ZoneOffset.UTC)))
        .query(QualityStore::judgement)
        .list();
  }

  /**
   * Judgements of a day, of these tags, in no particular order.
   *
   * @param breached only those below a bound
   */
  List<Judgement> list(LocalDate day, List<Integer> tagIds, boolean breached) {
    return jdbc.sql(
            "/* read */ "
                + SELECT
                + " WHERE day = ? AND tag_id = ANY (?::int[]) AND (NOT ? OR breaches <> '{}')")
        .params(Arrays.asList(Date.valueOf(day), tagIds.toArray(Integer[]::new), breached))
        .query(QualityStore::judgement)
        .list();
  }

  /**
   * Judgements of these tags, ordered by day and tag.
   *
   * @param after day and tag behind which they begin
   * @param afterTag same
   * @param to day before which they end
   * @param breached only those below a bound
   */
  List<Judgement> days(
      List<Integer> tagIds,
      LocalDate after,
      int afterTag,
      LocalDate to,
      boolean breached,
      int limit) {
    return jdbc.sql(
            "/* read */ "
                + SELECT
                + " WHERE tag_id = ANY (?::int[]) AND day >= ? AND day < ?"
                + " AND (day, tag_id) > (?, ?) AND (NOT ? OR breaches <> '{}')"
                + " ORDER BY day, tag_id LIMIT ?")
        .params(
            Arrays.asList(
                tagIds.toArray(Integer[]::new),
                Date.valueOf(after),
                Date.valueOf(to),
                Date.valueOf(after),
                afterTag,
                breached,
                limit))
        .query(QualityStore::judgement)
        .list();
  }

  /**
   * All judgements of a day, in no particular order.
   *
   * @param end of the day
   */
  List<Judged> judged(LocalDate day, Instant end) {
    return jdbc.sql(
            """
            /* read */ SELECT tag_id, coalesce(expected_to, ?), expected, coalesce(completeness, 0),
                   coalesce(validity, 1), breaches <> '{}'
            FROM data_quality WHERE day = ?
            """)
        .params(end.atOffset(ZoneOffset.UTC), Date.valueOf(day))
        .query(
            (row, n) ->
                new Judged(
                    row.getInt(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getBoolean(6)))
        .list();
  }

  /** Where equipment with tags was on a day, or values came from. */
  List<Address> addresses(QualityDay day, Limit limit) {
    OffsetDateTime from = day.from().atOffset(ZoneOffset.UTC);
    OffsetDateTime until = day.until().atOffset(ZoneOffset.UTC);
    return jdbc.sql(ADDRESSES)
        .withQueryTimeout(limit.seconds())
        .params(from, until, Date.valueOf(day.day()), until, until, from)
        .query(
            (row, n) -> {
              OffsetDateTime left = row.getObject(3, OffsetDateTime.class);
              return new Address(
                  row.getString(1),
                  left == null ? day.until() : left.toInstant(),
                  row.getBoolean(2));
            })
        .list();
  }

  /** Enters a judgement under the next version. */
  void write(
      int tagId,
      QualityDay day,
      int version,
      QualityResult result,
      int aliveMinutes,
      long untilMicros,
      Instant now) {
    jdbc.sql(
            """
            INSERT INTO data_quality (tag_id, day, zone, version, computed_at, samples, expected,
              missing, unchanged, alive_minutes, expected_to, delay_seconds, spike_count,
              flat_seconds, completeness, timeliness, validity, plausibility, flat_line, spikes,
              score, breaches)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[])
            ON CONFLICT (tag_id, day) DO UPDATE SET zone = excluded.zone,
              version = excluded.version, computed_at = excluded.computed_at,
              samples = excluded.samples, expected = excluded.expected,
              missing = excluded.missing, unchanged = excluded.unchanged,
              alive_minutes = excluded.alive_minutes, expected_to = excluded.expected_to,
              delay_seconds = excluded.delay_seconds, spike_count = excluded.spike_count,
              flat_seconds = excluded.flat_seconds, completeness = excluded.completeness,
              timeliness = excluded.timeliness, validity = excluded.validity,
              plausibility = excluded.plausibility, flat_line = excluded.flat_line,
              spikes = excluded.spikes, score = excluded.score, breaches = excluded.breaches
            """)
        .params(
            Arrays.asList(
                tagId,
                Date.valueOf(day.day()),
                day.zone().getId(),
                version,
                now.atOffset(ZoneOffset.UTC),
                result.samples(),
                result.expected(),
                result.missing(),
                result.unchanged(),
                aliveMinutes,
                SampleRead.time(untilMicros),
                result.delaySeconds().isPresent() ? result.delaySeconds().getAsDouble() : null,
                result.spikes(),
                result.flatMicros() / 1e6,
                result.parts().get(QualityPart.COMPLETENESS),
                result.parts().get(QualityPart.TIMELINESS),
                result.parts().get(QualityPart.VALIDITY),
                result.parts().get(QualityPart.PLAUSIBILITY),
                result.parts().get(QualityPart.FLAT_LINE),
                result.parts().get(QualityPart.SPIKES),
                result.score().isPresent() ? result.score().getAsDouble() : null,
                "{" + String.join(",", QualityViews.names(result.breaches())) + "}"))
        .update();
  }

  void forget(LocalDate before) {
    jdbc.sql("DELETE FROM data_quality WHERE day < ?").params(Date.valueOf(before)).update();
    jdbc.sql("DELETE FROM data_quality_night WHERE day < ?").params(Date.valueOf(before)).update();
  }

  /** When something was known of a tag first. */
  Instant firstSeen(int tagId) {
    return jdbc.sql("SELECT first_seen FROM tag WHERE id = ?")
        .param(tagId)
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  /** Six columns in the order of the parts. */
  static Map<QualityPart, Double> parts(ResultSet row, int first) throws SQLException {
    Map<QualityPart, Double> parts = new EnumMap<>(QualityPart.class);
    for (QualityPart part : QualityPart.values()) {
      Double value = row.getObject(first + part.ordinal(), Double.class);
      if (value != null) {
        parts.put(part, value);
      }
    }
    return parts;
  }

  private static Judgement judgement(ResultSet row, int number) throws SQLException {
    OffsetDateTime until = row.getObject("expected_to", OffsetDateTime.class);
    return new Judgement(
        row.getInt("tag_id"),
        row.getObject("day", LocalDate.class),
        row.getString("zone"),
        row.getInt("version"),
        row.getObject("computed_at", OffsetDateTime.class).toInstant(),
        row.getLong("samples"),
        row.getLong("expected"),
        row.getObject("missing", Long.class),
        row.getObject("unchanged", Long.class),
        row.getObject("alive_minutes", Integer.class),
        until == null ? null : until.toInstant(),
        row.getObject("delay_seconds", Double.class),
        row.getLong("spike_count"),
        row.getDouble("flat_seconds"),
        parts(row, FIRST_PART),
        row.getObject("score", Double.class),
        List.of((String[]) row.getArray("breaches").getArray()));
  }
}
