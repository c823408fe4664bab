package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.registry.Place;
import io.linewright.model.equipment.EquipmentId;
import io.linewright.model.equipment.EquipmentPath;
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

/** Tables {@code equipment}, {@code equipment_path} and {@code registry_state}. */
final class PlaceStore {

  /** Who says that equipment has come somewhere; nothing but nulls: its gateway. */
  record Word(
      @Nullable String by, @Nullable String why, @Nullable String group, @Nullable String node) {

    /** Nobody said it: values came from there. */
    static final Word NOBODY = new Word(null, null, null, null);
  }

  private static final String COLUMNS =
      """
      SELECT p.equipment_id, p.path, p.address, p.valid_from, p.valid_to, p.moved_by, p.reason,
             p.entered_at
      """;

  private static final String PLACES = COLUMNS + "FROM equipment_path p ";

  /** What came first to its place counts since ever, as it does for values. */
  private static final String PLACES_AT =
      COLUMNS
          + """
          FROM (SELECT *,
                  row_number() OVER (PARTITION BY equipment_id ORDER BY valid_from) = 1
                  AND row_number() OVER (PARTITION BY path ORDER BY valid_from, equipment_id) = 1
                  AND row_number() OVER (PARTITION BY address ORDER BY valid_from, equipment_id) = 1
                  AS since_ever
                FROM equipment_path) p
          WHERE (p.since_ever OR p.valid_from <= ?) AND (p.valid_to IS NULL OR p.valid_to > ?)
          """;

  private final JdbcClient jdbc;

  PlaceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Holds everybody up who wants to change places, types or units, until the transaction ends. */
  void lock() {
    jdbc.sql("SELECT revision FROM registry_state FOR UPDATE").query(Long.class).single();
  }

  /** Tells all instances that something has changed. */
  void changed() {
    jdbc.sql("UPDATE registry_state SET revision = revision + 1").update();
  }

  long revision() {
    return jdbc.sql("/* read */ SELECT revision FROM registry_state").query(Long.class).single();
  }

  /** All places of equipment that is not simply at its address since ever. */
  List<Place> moved() {
    return jdbc.sql(
            """
            SELECT equipment_id, path, address, valid_from FROM (
              SELECT *, count(*) OVER (PARTITION BY equipment_id) AS of_equipment,
                     count(*) OVER (PARTITION BY path) AS of_path,
                     count(*) OVER (PARTITION BY address) AS of_address
              FROM equipment_path) p
            WHERE of_equipment > 1 OR of_path > 1 OR of_address > 1 OR path <> address
            """)
        .query(
            (row, n) ->
                new Place(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    SampleRead.micros(row, 4)))
        .list();
  }

  /** The equipment that is at a path now. */
  Optional<Placement> atPath(String path) {
    return one(PLACES + "WHERE p.path = ? AND p.valid_to IS NULL", path);
  }

  /** The equipment whose values arrive under a path now. */
  Optional<Placement> atAddress(String address) {
    return one(PLACES + "WHERE p.address = ? AND p.valid_to IS NULL", address);
  }

  /** Where equipment is now. */
  Optional<Placement> now(UUID id) {
    return one(PLACES + "WHERE p.equipment_id = ? AND p.valid_to IS NULL", id);
  }

  /** Where equipment was and is, in order of time. */
  List<Placement> all(UUID id) {
    return jdbc.sql(PLACES + "WHERE p.equipment_id = ? ORDER BY p.valid_from")
        .param(id)
        .query(PlaceStore::row)
        .list();
  }

  /**
   * Equipment at and below a path, ordered by path.
   *
   * @param path null: all
   * @param at null: now
   */
  List<Placement> below(@Nullable String path, @Nullable Instant at) {
    List<@Nullable Object> values =
        at == null
            ? Arrays.asList(path, path, path)
            : Arrays.asList(at(at), at(at), path, path, path);
    return jdbc.sql(
            (at == null ? PLACES + "WHERE p.valid_to IS NULL" : PLACES_AT)
                + " AND (?::text IS NULL OR p.path = ?::text OR starts_with(p.path, ?::text ||"
                + " '/')) ORDER BY p.path")
        .params(values)
        .query(PlaceStore::row)
        .list();
  }

  /**
   * Makes sure that equipment and everything above it is known; values came from there.
   *
   * @return whether the equipment was not simply new: others were at that path before, or it has
   *     the address only now
   */
  boolean ensure(EquipmentPath path, Instant since) {
    String leaf = path.toString();
    boolean changes = false;
    if (atAddress(leaf).isEmpty()) {
      UUID id = atPath(leaf).map(Placement::id).orElseGet(() -> unnamed(path, since));
      changes = !all(id).isEmpty() || !id.equals(EquipmentId.firstSeenAt(path).value());
      come(id, path, leaf, since, Word.NOBODY);
    }
    for (var above = path.parent(); above.isPresent(); above = above.get().parent()) {
      EquipmentPath place = above.get();
      if (atPath(place.toString()).isEmpty() && atAddress(place.toString()).isEmpty()) {
        come(unnamed(place, since), place, place.toString(), since, Word.NOBODY);
      }
    }
    return changes;
  }

  /**
   * The identity of equipment without one of its own: that of its path, unless that one is away.
   */
  UUID unnamed(EquipmentPath path, Instant since) {
    UUID derived = EquipmentId.firstSeenAt(path).value();
    List<Placement> places = all(derived);
    return places.isEmpty() || places.getLast().path().equals(path.toString())
        ? derived
        : EquipmentId.firstSeenAt(path, since).value();
  }

  /**
   * Equipment comes to a place; whoever is there, or has the address, leaves. News may be older
   * than what is known: then it only fills in the past.
   *
   * @return where it was before, if it moves now
   */
  Optional<String> come(UUID id, EquipmentPath path, String address, Instant time, Word word) {
    equipment(id, path, word);
    List<Placement> places = all(id);
    Placement before =
        places.stream().filter(p -> !p.from().isAfter(time)).reduce((a, b) -> b).orElse(null);
    Placement after = places.stream().filter(p -> p.from().isAfter(time)).findFirst().orElse(null);
    String text = path.toString();
    if (before != null && same(before, text, address) && holds(before, time)) {
      return Optional.empty();
    }
    if (before != null) {
      end(before, time);
    }
    if (after != null && same(after, text, address)) {
      jdbc.sql("UPDATE equipment_path SET valid_from = ? WHERE equipment_id = ? AND valid_from = ?")
          .params(at(time), id, at(after.from()))
          .update();
      return Optional.empty();
    }
    if (after == null) {
      atPath(text).filter(other -> !other.id().equals(id)).ifPresent(other -> end(other, time));
      atAddress(address)
          .filter(other -> !other.id().equals(id))
          .ifPresent(other -> loseAddress(other, time));
    }
    insert(id, text, address, time, after == null ? null : after.from(), word);
    return after == null && before != null && !before.path().equals(text)
        ? Optional.of(before.path())
        : Optional.empty();
  }

  /** Enters who declares equipment. */
  void describe(UUID id, Word word) {
    jdbc.sql("UPDATE equipment SET sparkplug_group = ?, sparkplug_node = ? WHERE equipment_id = ?")
        .params(Arrays.asList(word.group(), word.node(), id))
        .update();
  }

  /** All the past of equipment that had no identity of its own becomes that of one that has. */
  void adopt(UUID unnamed, UUID id, EquipmentPath path, Word word) {
    equipment(id, path, word);
    jdbc.sql("UPDATE equipment_path SET equipment_id = ? WHERE equipment_id = ?")
        .params(id, unnamed)
        .update();
    jdbc.sql("DELETE FROM equipment WHERE equipment_id = ?").param(unnamed).update();
  }

  /** The first word on equipment counts since ever, so it may be moved before what happened. */
  void beganBefore(UUID id, Instant from, Instant time) {
    jdbc.sql("UPDATE equipment_path SET valid_from = ? WHERE equipment_id = ? AND valid_from = ?")
        .params(at(time.minusNanos(1_000)), id, at(from))
        .update();
  }

  /** Ends a place: nobody speaks of it any more. */
  void end(Placement place, Instant time) {
    if (!place.from().isBefore(time)) {
      jdbc.sql("DELETE FROM equipment_path WHERE equipment_id = ? AND valid_from = ?")
          .params(place.id(), at(place.from()))
          .update();
    } else {
      jdbc.sql(
              "UPDATE equipment_path SET valid_to = ? WHERE equipment_id = ? AND valid_from = ? AND"
                  + " (valid_to IS NULL OR valid_to > ?)")
          .params(at(time), place.id(), at(place.from()), at(time))
          .update();
    }
  }

  private void loseAddress(Placement place, Instant time) {
    end(place, time);
    if (!place.path().equals(place.address()) && atAddress(place.path()).isEmpty()) {
      insert(place.id(), place.path(), place.path(), time, null, Word.NOBODY);
    }
  }

  private void equipment(UUID id, EquipmentPath path, Word word) {
    jdbc.sql(
            """
            INSERT INTO equipment AS e (equipment_id, level, sparkplug_group, sparkplug_node)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (equipment_id) DO UPDATE SET level = excluded.level,
              sparkplug_group = coalesce(excluded.sparkplug_group, e.sparkplug_group),
              sparkplug_node = coalesce(excluded.sparkplug_node, e.sparkplug_node)
            """)
        .params(Arrays.asList(id, path.level().name(), word.group(), word.node()))
        .update();
  }

  private void insert(
      UUID id, String path, String address, Instant from, @Nullable Instant to, Word word) {
    jdbc.sql(
            """
            INSERT INTO equipment_path (equipment_id, path, address, valid_from, valid_to, moved_by, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(
            Arrays.asList(
                id, path, address, at(from), to == null ? null : at(to), word.by(), word.why()))
        .update();
  }

  private Optional<Placement> one(String sql, Object value) {
    return jdbc.sql(sql).param(value).query(PlaceStore::row).optional();
  }

  private static boolean same(Placement place, String path, String address) {
    return place.path().equals(path) && place.address().equals(address);
  }

  private static boolean holds(Placement place, Instant time) {
    return place.to() == null || place.to().isAfter(time);
  }

  private static Placement row(ResultSet row, int number) throws SQLException {
    OffsetDateTime to = row.getObject(5, OffsetDateTime.class);
    return new Placement(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        to == null ? null : to.toInstant(),
        row.getString(6),
        row.getString(7),
        row.getObject(8, OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
