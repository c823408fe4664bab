package io.linewright.ingest.app.registry;

import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.event.EquipmentAnnounced;
import io.linewright.model.event.TagAnnounced;
import io.linewright.model.sample.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code equipment}, {@code equipment_path} and {@code tag}. */
final class RegistryStore {

  /** A piece of equipment under its present path. */
  record EquipmentRow(UUID id, String path, String level) {}

  private static final String TAG_COLUMNS =
      "id, path, name, type, unit, role, range_low, range_high, sampling_millis, data_class, owner, announced";

  private final JdbcClient jdbc;

  RegistryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Tag> allTags() {
    return jdbc.sql("SELECT " + TAG_COLUMNS + " FROM tag").query(RegistryStore::tag).list();
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
        .query(RegistryStore::tag)
        .optional();
  }

  /** Enters what was announced. The type of a known tag stays; the caller has compared it. */
  Tag announce(TagAnnounced tag) {
    return jdbc.sql(
            """
            INSERT INTO tag AS t (path, name, type, unit, role, range_low, range_high,
                                  sampling_millis, data_class, owner, announced)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)
            ON CONFLICT (path, name) DO UPDATE SET
              unit = excluded.unit, role = excluded.role, range_low = excluded.range_low,
              range_high = excluded.range_high, sampling_millis = excluded.sampling_millis,
              data_class = excluded.data_class, owner = excluded.owner, announced = true
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
        .query(RegistryStore::tag)
        .single();
  }

  /** Makes sure that the equipment and everything above it is known. */
  void ensureEquipment(EquipmentPath path, Instant since) {
    for (Optional<EquipmentPath> p = Optional.of(path); p.isPresent(); p = p.get().parent()) {
      if (idAt(p.get().toString()).isEmpty()) {
        insert(EquipmentId.firstSeenAt(p.get()).value(), p.get(), null, null, since);
      }
    }
  }

  /**
   * Enters announced equipment. Equipment with its own id that shows up at another path has moved:
   * its former path ends now.
   */
  void announce(EquipmentAnnounced announced, EquipmentPath path, Instant time) {
    Optional<UUID> present = idAt(announced.path());
    UUID id =
        announced.equipmentId() != null
            ? UUID.fromString(announced.equipmentId())
            : present.orElse(EquipmentId.firstSeenAt(path).value());
    if (present.isPresent() && !present.get().equals(id)) {
      endPath(announced.path(), time);
    }
    if (present.isEmpty() || !present.get().equals(id)) {
      jdbc.sql(
              "UPDATE equipment_path SET valid_to = greatest(?, valid_from) WHERE equipment_id = ? AND valid_to IS NULL")
          .params(at(time), id)
          .update();
      insert(id, path, announced.group(), announced.node(), time);
    } else {
      jdbc.sql(
              "UPDATE equipment SET sparkplug_group = ?, sparkplug_node = ? WHERE equipment_id = ?")
          .params(announced.group(), announced.node(), id)
          .update();
    }
  }

  /** Ends the present validity of a path: nobody claims it any more. */
  void endPath(String path, Instant time) {
    jdbc.sql(
            "UPDATE equipment_path SET valid_to = greatest(?, valid_from) WHERE path = ? AND valid_to IS NULL")
        .params(at(time), path)
        .update();
  }

  /** Present equipment at and below a path, ordered by path; null: all. */
  List<EquipmentRow> equipmentBelow(@Nullable String path) {
    return jdbc.sql(
            """
            SELECT e.equipment_id, p.path, e.level
            FROM equipment_path p JOIN equipment e USING (equipment_id)
            WHERE p.valid_to IS NULL
              AND (?::text IS NULL OR p.path = ?::text OR starts_with(p.path, ?::text || '/'))
            ORDER BY p.path
            """)
        .params(Arrays.asList(path, path, path))
        .query(
            (row, n) ->
                new EquipmentRow(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
        .list();
  }

  /** The present path of equipment. */
  Optional<String> pathOf(UUID equipment) {
    return jdbc.sql("SELECT path FROM equipment_path WHERE equipment_id = ? AND valid_to IS NULL")
        .param(equipment)
        .query((row, n) -> row.getString(1))
        .optional();
  }

  /** The equipment that is at a path now. */
  Optional<UUID> idAt(String path) {
    return jdbc.sql("SELECT equipment_id FROM equipment_path WHERE path = ? AND valid_to IS NULL")
        .params(path)
        .query((row, n) -> row.getObject(1, UUID.class))
        .optional();
  }

  private void insert(
      UUID id, EquipmentPath path, @Nullable String group, @Nullable String node, Instant time) {
    jdbc.sql(
            """
            INSERT INTO equipment (equipment_id, level, sparkplug_group, sparkplug_node)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (equipment_id) DO UPDATE SET level = excluded.level,
              sparkplug_group = excluded.sparkplug_group, sparkplug_node = excluded.sparkplug_node
            """)
        .params(Arrays.asList(id, path.level().name(), group, node))
        .update();
    jdbc.sql(
            """
            INSERT INTO equipment_path (equipment_id, path, valid_from) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """)
        .params(id, path.toString(), at(time))
        .update();
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Tag tag(ResultSet row, int number) throws SQLException {
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
        row.getBoolean(12));
  }
}
