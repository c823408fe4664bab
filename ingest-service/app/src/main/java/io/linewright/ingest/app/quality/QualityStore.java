package io.linewright.ingest.app.quality;

import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code data_quality} and {@code data_quality_rule}. */
final class QualityStore {

  /**
   * A stored judgement.
   *
   * @param parts by the name of their column; null: could not be judged
   * @param breaches names of the parts below their bound
   */
  record Judgement(
      int tagId,
      String tag,
      @Nullable String owner,
      LocalDate day,
      String zone,
      int version,
      Instant computedAt,
      long samples,
      long expected,
      @Nullable Double delaySeconds,
      long spikes,
      double flatSeconds,
      Map<QualityPart, Double> parts,
      @Nullable Double score,
      List<String> breaches) {}

  /**
   * The plant on a day.
   *
   * @param tags how many were judged
   * @param assets how many pieces of equipment have a judged tag
   * @param connected how many of them sent a value that is not Bad
   * @param availability valid values of those expected, 0 to 1; null if none were expected
   */
  record PlantDay(
      long tags, long assets, long connected, @Nullable Double availability, long breached) {}

  private static final String SELECT =
      """
      SELECT q.tag_id, t.path || '#' || t.name AS tag, t.owner, q.day, q.zone, q.version,
             q.computed_at, q.samples, q.expected, q.delay_seconds, q.spike_count, q.flat_seconds,
             q.completeness, q.timeliness, q.validity, q.plausibility, q.flat_line, q.spikes,
             q.score, q.breaches
      FROM data_quality q JOIN tag t ON t.id = q.tag_id
      """;

  private final JdbcClient jdbc;

  QualityStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Judgement> find(int tagId, LocalDate day) {
    return jdbc.sql(SELECT + " WHERE q.tag_id = ? AND q.day = ?")
        .params(tagId, Date.valueOf(day))
        .query(QualityStore::judgement)
        .optional();
  }

  /** Judgements of a day, ordered by tag. */
  List<Judgement> list(
      LocalDate day, @Nullable String below, boolean breached, @Nullable String after, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 WHERE q.day = ? AND (NOT ? OR q.breaches <> '{}')
                   AND (?::text IS NULL OR t.path = ?::text OR starts_with(t.path, ?::text || '/'))
                   AND (?::text IS NULL OR (t.path || '#' || t.name) COLLATE "C" > ?::text COLLATE "C")
                 ORDER BY (t.path || '#' || t.name) COLLATE "C" LIMIT ?
                """)
        .params(
            Arrays.asList(Date.valueOf(day), breached, below, below, below, after, after, limit))
        .query(QualityStore::judgement)
        .list();
  }

  /** The plant, or what is at and below a path. */
  PlantDay plant(LocalDate day, @Nullable String below) {
    return jdbc.sql(
            """
            SELECT count(*), count(DISTINCT t.path),
                   count(DISTINCT t.path) FILTER (WHERE q.validity > 0),
                   sum(q.completeness * coalesce(q.validity, 0) * q.expected)
                     / nullif(sum(q.expected), 0),
                   count(*) FILTER (WHERE q.breaches <> '{}')
            FROM data_quality q JOIN tag t ON t.id = q.tag_id WHERE q.day = ?
              AND (?::text IS NULL OR t.path = ?::text OR starts_with(t.path, ?::text || '/'))
            """)
        .params(Arrays.asList(Date.valueOf(day), below, below, below))
        .query(
            (row, n) ->
                new PlantDay(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getObject(4, Double.class),
                    row.getLong(5)))
        .single();
  }

  /** Enters a judgement under the next version. */
  void write(int tagId, QualityDay day, int version, QualityResult result, Instant now) {
    jdbc.sql(
            """
            INSERT INTO data_quality (tag_id, day, zone, version, computed_at, samples, expected,
              delay_seconds, spike_count, flat_seconds, completeness, timeliness, validity,
              plausibility, flat_line, spikes, score, breaches)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[])
            ON CONFLICT (tag_id, day) DO UPDATE SET zone = excluded.zone,
              version = excluded.version, computed_at = excluded.computed_at,
              samples = excluded.samples, expected = excluded.expected,
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

  /** The bounds of a tag; empty if it has none of its own. */
  Optional<QualityRules> rules(int tagId) {
    return jdbc.sql(
            """
            SELECT completeness, timeliness, validity, plausibility, flat_line, spikes,
                   latest_millis, flat_millis, spike
            FROM data_quality_rule WHERE tag_id = ?
            """)
        .param(tagId)
        .query(
            (row, n) ->
                new QualityRules(
                    parts(row, 1),
                    Duration.ofMillis(row.getLong(7)),
                    Duration.ofMillis(row.getLong(8)),
                    row.getDouble(9)))
        .optional();
  }

  void setRules(int tagId, QualityRules rules, String by, Instant now) {
    jdbc.sql(
            """
            INSERT INTO data_quality_rule (tag_id, completeness, timeliness, validity, plausibility,
              flat_line, spikes, latest_millis, flat_millis, spike, changed_by, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tag_id) DO UPDATE SET completeness = excluded.completeness,
              timeliness = excluded.timeliness, validity = excluded.validity,
              plausibility = excluded.plausibility, flat_line = excluded.flat_line,
              spikes = excluded.spikes, latest_millis = excluded.latest_millis,
              flat_millis = excluded.flat_millis, spike = excluded.spike,
              changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """)
        .params(
            Arrays.asList(
                tagId,
                rules.least().get(QualityPart.COMPLETENESS),
                rules.least().get(QualityPart.TIMELINESS),
                rules.least().get(QualityPart.VALIDITY),
                rules.least().get(QualityPart.PLAUSIBILITY),
                rules.least().get(QualityPart.FLAT_LINE),
                rules.least().get(QualityPart.SPIKES),
                rules.latest().toMillis(),
                rules.flat().toMillis(),
                rules.spike(),
                by,
                now.atOffset(ZoneOffset.UTC)))
        .update();
  }

  /** The tag has the bounds of the configuration again. */
  void dropRules(int tagId) {
    jdbc.sql("DELETE FROM data_quality_rule WHERE tag_id = ?").param(tagId).update();
  }

  /** Six columns in the order of the parts. */
  private static Map<QualityPart, Double> parts(ResultSet row, int first) throws SQLException {
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
    return new Judgement(
        row.getInt("tag_id"),
        row.getString("tag"),
        row.getString("owner"),
        row.getObject("day", LocalDate.class),
        row.getString("zone"),
        row.getInt("version"),
        row.getObject("computed_at", OffsetDateTime.class).toInstant(),
        row.getLong("samples"),
        row.getLong("expected"),
        row.getObject("delay_seconds", Double.class),
        row.getLong("spike_count"),
        row.getDouble("flat_seconds"),
        parts(row, 13),
        row.getObject("score", Double.class),
        List.of((String[]) row.getArray("breaches").getArray()));
  }
}
