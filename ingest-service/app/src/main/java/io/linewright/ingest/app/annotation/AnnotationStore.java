package io.linewright.ingest.app.annotation;

import static io.linewright.ingest.registry.Stretch.EVER;
import static io.linewright.ingest.registry.Stretch.ON;

import io.linewright.ingest.app.annotation.Annotation.Stretch;
import io.linewright.ingest.app.annotation.Annotation.Subject;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.registry.Series.Source;
import io.linewright.ingest.app.storage.SampleRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code annotation}: versions are added, none is changed. */
final class AnnotationStore {

  /**
   * Which annotations.
   *
   * @param all whatever they are about
   * @param tags else those of tags that begin within one of these
   * @param path and those of this equipment and of what is below it; null: none
   * @param afterFromMicros begin of the last one that was shown
   * @param afterId its id; null: none was shown
   */
  record Wanted(
      boolean all,
      List<Source> tags,
      @Nullable String path,
      long fromMicros,
      long toMicros,
      long afterFromMicros,
      @Nullable UUID afterId) {}

  /**
   * A tag of which annotations are kept.
   *
   * @param address path under which its values arrive
   */
  record AnnotatedTag(int id, String address, String name) {}

  private static final String SELECT_FROM =
      """
      /* read */ SELECT a.annotation_id, a.version, a.tag_id, a.equipment_id, coalesce(t.path, p.path), t.name,
        a.from_time, a.to_time, a.text, a.author, a.created_at, a.changed_by, a.changed_at
      FROM %s a LEFT JOIN tag t ON t.id = a.tag_id
        LEFT JOIN equipment_path p ON p.equipment_id = a.equipment_id AND p.valid_to IS NULL
      """;

  private static final String SELECT = SELECT_FROM.formatted("annotation");

  private static final String OF_TAGS =
      """
      SELECT DISTINCT o.* FROM unnest(?::int[], ?::timestamptz[], ?::timestamptz[]) AS s (tag_id, low, high)
        JOIN annotation o ON o.tag_id = s.tag_id AND o.from_time >= s.low AND o.from_time < s.high
      """;

  private static final String OF_EQUIPMENT =
      """
      SELECT o.* FROM equipment_path e JOIN annotation o ON o.equipment_id = e.equipment_id
      WHERE e.valid_to IS NULL AND (e.path = ? OR starts_with(e.path, ? || '/'))
      """;

  private static final String LATEST =
      """
      WHERE a.version = (SELECT n.version FROM annotation n WHERE n.annotation_id = a.annotation_id
                         ORDER BY n.version DESC LIMIT 1)
        AND a.text IS NOT NULL AND a.from_time < ? AND a.to_time >= ?
      """;

  private static final String BEHIND = " AND (a.from_time, a.annotation_id) > (?, ?)";

  private final JdbcClient jdbc;

  AnnotationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a version; false if there is one with that number, or the author has used the key.
   *
   * @param idempotencyKey of a first version; null for later ones
   */
  boolean add(Annotation one, @Nullable String idempotencyKey) {
    return jdbc.sql(
                """
                INSERT INTO annotation (annotation_id, version, tag_id, equipment_id, from_time, to_time,
                                        text, author, created_at, changed_by, changed_at, idempotency_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                Arrays.asList(
                    one.id(),
                    one.version(),
                    one.subject().tagId(),
                    one.subject().equipmentId(),
                    SampleRead.time(one.time().fromMicros()),
                    SampleRead.time(one.time().toMicros()),
                    one.text(),
                    one.author(),
                    SampleRead.time(one.createdMicros()),
                    one.changedBy(),
                    SampleRead.time(one.changedMicros()),
                    idempotencyKey))
            .update()
        == 1;
  }

  /** The latest version, also if it is a deletion. */
  Optional<Annotation> latest(UUID id) {
    return jdbc.sql(SELECT + "WHERE a.annotation_id = ? ORDER BY a.version DESC LIMIT 1")
        .param(id)
        .query(AnnotationStore::annotation)
        .optional();
  }

  /** The first version of the annotation that an author has written by that key. */
  Optional<Annotation> first(String author, String idempotencyKey) {
    return jdbc.sql(SELECT + "WHERE a.author = ? AND a.idempotency_key = ?")
        .params(author, idempotencyKey)
        .query(AnnotationStore::annotation)
        .optional();
  }

  /** All versions, the latest first. */
  List<Annotation> versions(UUID id, int limit) {
    return jdbc.sql(SELECT + "WHERE a.annotation_id = ? ORDER BY a.version DESC LIMIT ?")
        .params(id, limit)
        .query(AnnotationStore::annotation)
        .list();
  }

  /** Every tag of which there ever was one. */
  List<AnnotatedTag> tags() {
    return jdbc.sql(
            """
            /* read */ SELECT id, path, name FROM tag
            WHERE id IN (SELECT tag_id FROM annotation)
            """)
        .query((row, n) -> new AnnotatedTag(row.getInt(1), row.getString(2), row.getString(3)))
        .list();
  }

  /** Those that are there now, by begin and id. */
  List<Annotation> list(Wanted wanted, int limit) {
    List<@Nullable Object> params = new ArrayList<>();
    String sql = statement(wanted, limit, params);
    return jdbc.sql(sql).params(params).query(AnnotationStore::annotation).list();
  }

  /**
   * The statement for what is wanted, of those parts only that it needs: with conditions that hold
   * or not, no index would serve.
   *
   * @param params gets its parameters
   */
  static String statement(Wanted wanted, int limit, List<@Nullable Object> params) {
    StringBuilder sql = new StringBuilder(SELECT_FROM.formatted(chosen(wanted, params)));
    sql.append(LATEST);
    params.add(SampleRead.time(wanted.toMicros()));
    params.add(SampleRead.time(wanted.fromMicros()));
    if (wanted.afterId() != null) {
      sql.append(BEHIND);
      params.add(SampleRead.time(wanted.afterFromMicros()));
      params.add(wanted.afterId());
    }
    params.add(limit);
    return sql.append(" ORDER BY a.from_time, a.annotation_id LIMIT ?").toString();
  }

  /** Where they are taken from: an annotation is about a tag or about equipment. */
  private static String chosen(Wanted wanted, List<@Nullable Object> params) {
    if (wanted.all()) {
      return "annotation";
    }
    params.add(wanted.tags().stream().map(Source::tagId).toArray(Integer[]::new));
    params.add(times(wanted.tags(), Source::fromMicros));
    params.add(times(wanted.tags(), Source::toMicros));
    String path = wanted.path();
    if (path == null) {
      return "(" + OF_TAGS + ")";
    }
    params.add(path);
    params.add(path);
    return "(" + OF_TAGS + " UNION ALL " + OF_EQUIPMENT + ")";
  }

  private static String[] times(List<Source> sources, ToLongFunction<Source> bound) {
    return sources.stream()
        .mapToLong(bound)
        .mapToObj(
            micros ->
                micros == EVER ? "-infinity" : micros == ON ? "infinity" : Rfc3339.format(micros))
        .toArray(String[]::new);
  }

  private static Annotation annotation(ResultSet row, int number) throws SQLException {
    return new Annotation(
        row.getObject(1, UUID.class),
        row.getInt(2),
        new Subject(
            row.getObject(3, Integer.class),
            row.getObject(4, UUID.class),
            row.getString(5),
            row.getString(6)),
        new Stretch(SampleRead.micros(row, 7), SampleRead.micros(row, 8)),
        row.getString(9),
        row.getString(10),
        SampleRead.micros(row, 11),
        row.getString(12),
        SampleRead.micros(row, 13));
  }
}
