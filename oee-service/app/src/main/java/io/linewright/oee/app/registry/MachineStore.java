package io.linewright.oee.app.registry;

import io.linewright.oee.app.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tables {@code registry_state}, {@code line}, {@code machine}, {@code machine_address}, {@code
 * machine_place}.
 */
final class MachineStore {

  /** A machine under an address from an instant on. */
  record Address(String address, long sinceMicros, int machineId) {}

  private static final String MACHINES =
      """
      /* read */ SELECT m.machine_id, m.equipment_id, m.line_id, l.path, m.manual
      FROM machine m JOIN line l USING (line_id)
      """;

  private static final String PLACES =
      """
      /* read */ SELECT machine_id, path, coalesce(lower(during), '-infinity'),
             coalesce(upper(during), 'infinity')
      FROM machine_place
      """;

  private static final String LINE =
      """
      WITH added AS (
        INSERT INTO line (path) VALUES (?) ON CONFLICT (path) DO NOTHING RETURNING line_id)
      SELECT line_id FROM added UNION ALL SELECT line_id FROM line WHERE path = ? LIMIT 1
      """;

  private final JdbcClient jdbc;

  MachineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Holds everybody up who wants to change machines or store events, until the transaction ends.
   */
  void lock() {
    jdbc.sql("SELECT revision FROM registry_state FOR UPDATE").query(Long.class).single();
  }

  /** Holds those up who want to change machines, until the transaction ends. */
  long share() {
    return jdbc.sql("SELECT revision FROM registry_state FOR SHARE").query(Long.class).single();
  }

  long revision() {
    return jdbc.sql("/* read */ SELECT revision FROM registry_state").query(Long.class).single();
  }

  /** Tells all instances that something has changed. */
  void changed() {
    jdbc.sql("UPDATE registry_state SET revision = revision + 1").update();
  }

  List<Machine> machines() {
    return jdbc.sql(MACHINES + "ORDER BY machine_id").query(MachineStore::machine).list();
  }

  List<Address> addresses() {
    return jdbc.sql("/* read */ SELECT address, since, machine_id FROM machine_address")
        .query((row, n) -> new Address(row.getString(1), Times.micros(row, 2), row.getInt(3)))
        .list();
  }

  List<Place> places() {
    return jdbc.sql(PLACES + "ORDER BY machine_id, during").query(MachineStore::place).list();
  }

  Optional<Machine> byEquipment(UUID id) {
    return jdbc.sql(MACHINES + "WHERE m.equipment_id = ?")
        .param(id)
        .query(MachineStore::machine)
        .optional();
  }

  Machine byId(int id) {
    return jdbc.sql(MACHINES + "WHERE m.machine_id = ?")
        .param(id)
        .query(MachineStore::machine)
        .single();
  }

  /** Who has an address, and since when. */
  Optional<Address> holder(String address) {
    return jdbc.sql(
            "SELECT address, since, machine_id FROM machine_address WHERE address = ?"
                + " ORDER BY since DESC LIMIT 1")
        .param(address)
        .query((row, n) -> new Address(row.getString(1), Times.micros(row, 2), row.getInt(3)))
        .optional();
  }

  /** Where a machine stands now. */
  Optional<Place> place(int machineId) {
    return jdbc.sql(PLACES + "WHERE machine_id = ? AND upper_inf(during)")
        .param(machineId)
        .query(MachineStore::place)
        .optional();
  }

  /** Which machine stands at a path now. */
  Optional<Place> standingAt(String path) {
    return jdbc.sql(PLACES + "WHERE path = ? AND upper_inf(during)")
        .param(path)
        .query(MachineStore::place)
        .optional();
  }

  boolean everStoodSomewhere(int machineId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM machine_place WHERE machine_id = ?)")
        .param(machineId)
        .query(Boolean.class)
        .single();
  }

  boolean anybodyStoodAt(String path) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM machine_place WHERE path = ?)")
        .param(path)
        .query(Boolean.class)
        .single();
  }

  /** A new machine, guarded by that line. */
  Machine add(UUID equipmentId, String line) {
    int lineId = jdbc.sql(LINE).params(line, line).query(Integer.class).single();
    int id =
        jdbc.sql("INSERT INTO machine (equipment_id, line_id) VALUES (?, ?) RETURNING machine_id")
            .params(equipmentId, lineId)
            .query(Integer.class)
            .single();
    return new Machine(id, equipmentId, lineId, line, false);
  }

  void adopt(int machineId, UUID equipmentId) {
    jdbc.sql("UPDATE machine SET equipment_id = ? WHERE machine_id = ?")
        .params(equipmentId, machineId)
        .update();
  }

  void address(String address, long sinceMicros, int machineId) {
    jdbc.sql(
            """
            INSERT INTO machine_address (address, since, machine_id) VALUES (?, ?, ?)
            ON CONFLICT (address, since) DO UPDATE SET machine_id = excluded.machine_id
            """)
        .params(address, Times.at(sinceMicros), machineId)
        .update();
  }

  void stands(int machineId, String path, long fromMicros) {
    jdbc.sql(
            "INSERT INTO machine_place (machine_id, path, during) VALUES (?, ?, tstzrange(?, NULL))")
        .params(machineId, path, Times.at(fromMicros))
        .update();
  }

  /** Ends a place; one that would have lasted no time is none. */
  void leaves(Place place, long micros) {
    if (place.fromMicros() >= micros) {
      jdbc.sql("DELETE FROM machine_place WHERE machine_id = ? AND upper_inf(during)")
          .param(place.machineId())
          .update();
    } else {
      jdbc.sql(
              "UPDATE machine_place SET during = tstzrange(lower(during), ?)"
                  + " WHERE machine_id = ? AND upper_inf(during)")
          .params(Times.at(micros), place.machineId())
          .update();
    }
  }

  private static Machine machine(ResultSet row, int number) throws SQLException {
    return new Machine(
        row.getInt(1),
        row.getObject(2, UUID.class),
        row.getInt(3),
        row.getString(4),
        row.getBoolean(5));
  }

  private static Place place(ResultSet row, int number) throws SQLException {
    return new Place(row.getInt(1), row.getString(2), Times.micros(row, 3), Times.micros(row, 4));
  }
}
