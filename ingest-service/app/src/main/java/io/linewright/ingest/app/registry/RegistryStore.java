package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.TagVersion;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code tag} and {@code tag_version}. */
final class RegistryStore {

  private static final String TAG_COLUMNS =
      "id, path, name, type, unit, role, range_low, range_high, sampling_millis, data_class, owner,"
          + " announced";
  private static final String VERSIONS =
      "SELECT tag_id, version, valid_from, type, unit FROM tag_version";

  /** A version and whose it is. */
  private record VersionRow(int tagId, TagVersion version) {}

  private final JdbcClient jdbc;

  RegistryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Tag> allTags() {
    Map<Integer, List<TagVersion>> versions =
        byTag(
            jdbc.sql(VERSIONS + " ORDER BY tag_id, version").query(RegistryStore::version).list());
    return jdbc.sql("SELECT " + TAG_COLUMNS + " FROM tag")
        .query((row, n) -> tag(row, versions.getOrDefault(row.getInt(1), List.of())))
        .list();
  }

  /** Those of these tags that there are; each is the path with the name of the same index. */
  List<Tag> find(List<String> paths, List<String> names) {
    List<Tag> tags =
        jdbc.sql(
                "/* read */ SELECT "
                    + TAG_COLUMNS
                    + " FROM tag JOIN unnest(?::text[], ?::text[]) AS wanted (path, name)"
                    + " USING (path, name)")
            .params(paths.toArray(String[]::new), names.toArray(String[]::new))
            .query((row, n) -> tag(row, List.of()))
            .list();
    if (tags.isEmpty()) {
      return tags;
    }
    Map<Integer, List<TagVersion>> versions =
        byTag(
            jdbc.sql(VERSIONS + " WHERE tag_id = ANY (?::int[]) ORDER BY tag_id, version")
                .param(tags.stream().map(Tag::id).toArray(Integer[]::new))
                .query(RegistryStore::version)
                .list());
    return tags.stream().map(tag -> tag.with(versions.getOrDefault(tag.id(), List.of()))).toList();
  }

  private static Map<Integer, List<TagVersion>> byTag(List<VersionRow> rows) {
    Map<Integer, List<TagVersion>> versions = new HashMap<>();
    for (VersionRow row : rows) {
      versions.computeIfAbsent(row.tagId(), id -> new ArrayList<>()).add(row.version());
    }
    return versions;
  }

  /** The tag of that name; made if it is new, never changed. */
  Tag register(String path, String name, DataType type, TagRole role) {
    jdbc.sql("INSERT INTO tag (path, name, type, role) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(path, name, type.toString(), role.toString())
        .update();
    return find(path, name).orElseThrow();
  }

  Optional<Tag> find(String path, String name) {
    return jdbc.sql("SELECT " + TAG_COLUMNS + " FROM tag WHERE path = ? AND name = ?")
        .params(path, name)
        .query((row, n) -> tag(row, List.of()))
        .optional()
        .map(tag -> tag.with(versions(tag.id())));
  }

  /** Enters what was announced. */
  Tag announce(TagAnnounced tag) {
    Tag entered =
        jdbc.sql(
                """
                INSERT INTO tag AS t (path, name, type, unit, role, range_low, range_high,
                                      sampling_millis, data_class, owner, announced)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)
                ON CONFLICT (path, name) DO UPDATE SET
                  type = excluded.type, unit = excluded.unit, role = excluded.role,
                  range_low = excluded.range_low, range_high = excluded.range_high,
                  sampling_millis = excluded.sampling_millis, data_class = excluded.data_class,
                  owner = excluded.owner, announced = true
                RETURNING
                """
                    + TAG_COLUMNS)
            .params(
                Arrays.asList(
                    tag.path(),
                    tag.name(),
                    tag.type(),
                    tag.unit(),
                    tag.role(),
                    tag.rangeLow(),
                    tag.rangeHigh(),
                    tag.samplingMillis(),
                    tag.dataClass(),
                    tag.owner()))
            .query((row, n) -> tag(row, List.of()))
            .single();
    return entered.with(versions(entered.id()));
  }

  /**
   * Enters that type and unit of a tag are others from an instant on.
   *
   * @param before the tag as it was until then
   * @return the number of the version that begins
   */
  int begin(Tag before, TagAnnounced now, Instant time) {
    if (before.versions().isEmpty()) {
      String unit = before.announced() ? before.unit() : now.unit();
      insert(before.id(), 1, null, before.type().toString(), unit);
    }
    int version = before.version() + 1;
    insert(before.id(), version, time, now.type(), now.unit());
    return version;
  }

  private void insert(int tagId, int version, @Nullable Instant from, String type, String unit) {
    jdbc.sql(
            "INSERT INTO tag_version (tag_id, version, valid_from, type, unit) VALUES (?, ?, ?, ?,"
                + " ?)")
        .params(
            Arrays.asList(
                tagId, version, from == null ? null : from.atOffset(ZoneOffset.UTC), type, unit))
        .update();
  }

  private List<TagVersion> versions(int tagId) {
    return jdbc
        .sql(VERSIONS + " WHERE tag_id = ? ORDER BY version")
        .param(tagId)
        .query(RegistryStore::version)
        .list()
        .stream()
        .map(VersionRow::version)
        .toList();
  }

  private static VersionRow version(ResultSet row, int number) throws SQLException {
    boolean first = row.getObject(3, OffsetDateTime.class) == null;
    return new VersionRow(
        row.getInt(1),
        new TagVersion(
            row.getInt(2),
            first ? Stretch.EVER : SampleRead.micros(row, 3),
            DataType.of(row.getString(4)).orElseThrow(),
            row.getString(5)));
  }

  private static Tag tag(ResultSet row, List<TagVersion> versions) throws SQLException {
    return new Tag(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        DataType.of(row.getString(4)).orElseThrow(),
        row.getString(5),
        TagRole.of(row.getString(6)).orElse(TagRole.PROCESS_VALUE),
        row.getObject(7, Double.class),
        row.getObject(8, Double.class),
        row.getObject(9, Long.class),
        row.getString(10),
        row.getString(11),
        row.getBoolean(12),
        versions);
  }
}
