package io.linewright.ingest.app.quality;

import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityRules;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code data_quality_rule} and {@code data_quality_rule_change}. */
final class RuleStore {

  /**
   * Somebody has changed the bounds of a tag.
   *
   * @param before JSON; null: those of the configuration
   * @param after same
   */
  record Change(String by, Instant at, @Nullable String before, @Nullable String after) {}

  /**
   * A change as it is stored.
   *
   * @param id later ones have greater ones
   */
  record Kept(long id, Change change) {}

  private final JdbcClient jdbc;

  RuleStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The bounds of the first of these tags that has its own; empty: none has. */
  Optional<QualityRules> of(List<Integer> tagIds) {
    Integer[] ids = tagIds.toArray(Integer[]::new);
    return jdbc.sql(
            """
            SELECT completeness, timeliness, validity, plausibility, flat_line, spikes,
                   latest_millis, flat_millis, spike
            FROM data_quality_rule WHERE tag_id = ANY (?::int[])
            ORDER BY array_position(?::int[], tag_id) LIMIT 1
            """)
        .params(ids, ids)
        .query(
            (row, n) ->
                new QualityRules(
                    QualityStore.parts(row, 1),
                    Duration.ofMillis(row.getLong(7)),
                    Duration.ofMillis(row.getLong(8)),
                    row.getDouble(9)))
        .optional();
  }

  /** Holds up whoever else changes the bounds of the tag, until the transaction ends. */
  void lock(int tagId) {
    jdbc.sql("SELECT id FROM tag WHERE id = ? FOR NO KEY UPDATE")
        .param(tagId)
        .query(Integer.class)
        .single();
  }

  void set(int tagId, QualityRules rules, String by, Instant now) {
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

  /** The tags have the bounds of the configuration again. */
  void drop(List<Integer> tagIds) {
    jdbc.sql("DELETE FROM data_quality_rule WHERE tag_id = ANY (?::int[])")
        .param(tagIds.toArray(Integer[]::new))
        .update();
  }

  void add(int tagId, Change change) {
    jdbc.sql(
            """
            INSERT INTO data_quality_rule_change (tag_id, changed_by, changed_at, rules_before,
              rules_after)
            VALUES (?, ?, ?, ?, ?)
            """)
        .params(
            Arrays.asList(
                tagId,
                change.by(),
                change.at().atOffset(ZoneOffset.UTC),
                change.before(),
                change.after()))
        .update();
  }

  /** Changes of the bounds of these tags whose ids are below that one, newest first. */
  List<Kept> changes(List<Integer> tagIds, long below, int limit) {
    return jdbc.sql(
            """
            /* read */ SELECT id, changed_by, changed_at, rules_before, rules_after
            FROM data_quality_rule_change WHERE tag_id = ANY (?::int[]) AND id < ?
            ORDER BY id DESC LIMIT ?
            """)
        .params(Arrays.asList(tagIds.toArray(Integer[]::new), below, limit))
        .query(
            (row, n) ->
                new Kept(
                    row.getLong(1),
                    new Change(
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getString(4),
                        row.getString(5))))
        .list();
  }
}
