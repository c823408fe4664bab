package io.linewright.oee.app.registry;

import io.linewright.oee.app.Times;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What speaks for machines, and how far it has: table {@code device}. */
public final class Devices {

  private static final String ANNOUNCE =
      """
      INSERT INTO device (path, machine_id, gateway_group, gateway_node, is_gateway)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET machine_id = excluded.machine_id,
        gateway_group = excluded.gateway_group, gateway_node = excluded.gateway_node,
        is_gateway = excluded.is_gateway
      """;

  private static final String PROGRESS =
      """
      INSERT INTO device AS d (path, complete_until) VALUES (?, ?)
      ON CONFLICT (path) DO UPDATE SET complete_until = excluded.complete_until
      WHERE d.complete_until IS NULL OR d.complete_until < excluded.complete_until
      """;

  /**
   * Of several devices the one that is furthest behind decides; one that never said so says
   * nothing.
   */
  private static final String COMPLETE =
      """
      /* read */ SELECT t.machine_id, min(d.complete_until)
      FROM track t LEFT JOIN device d ON d.path = t.device
      WHERE t.machine_id = ANY (?) AND t.kind <= 4
      GROUP BY t.machine_id HAVING bool_and(d.complete_until IS NOT NULL)
      """;

  private static final String MACHINES_OF =
      """
      /* read */ WITH source AS (SELECT * FROM device WHERE path = ?),
      spoken AS (
        SELECT path FROM source
        UNION SELECT d.path FROM source s JOIN device d USING (gateway_group, gateway_node)
        WHERE s.is_gateway
        UNION SELECT ?)
      SELECT machine_id FROM device WHERE path IN (SELECT path FROM spoken) AND machine_id IS NOT NULL
      UNION SELECT machine_id FROM track WHERE device IN (SELECT path FROM spoken)
      ORDER BY 1
      """;

  private static final String SOURCES_OF =
      """
      /* read */ WITH own AS (
        SELECT path FROM device WHERE machine_id = ? UNION SELECT device FROM track WHERE machine_id = ?)
      SELECT path FROM own
      UNION SELECT g.path FROM device d JOIN device g USING (gateway_group, gateway_node)
      WHERE d.path IN (SELECT path FROM own) AND g.is_gateway
      """;

  private final JdbcClient jdbc;

  Devices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A gateway declares what it carries; whether it was not known that it does. */
  boolean announce(
      String path, @Nullable Integer machineId, String group, String node, boolean gateway) {
    boolean known =
        jdbc.sql(
                "SELECT EXISTS (SELECT FROM device WHERE path = ? AND gateway_group = ? AND"
                    + " gateway_node = ? AND is_gateway = ? AND machine_id IS NOT DISTINCT FROM ?)")
            .params(Arrays.asList(path, group, node, gateway, machineId))
            .query(Boolean.class)
            .single();
    if (!known) {
      jdbc.sql(ANNOUNCE).params(Arrays.asList(path, machineId, group, node, gateway)).update();
    }
    return !known;
  }

  /** The gateway of a Sparkplug group and node, if it was announced. */
  Optional<String> gateway(String group, String node) {
    return jdbc.sql(
            "SELECT path FROM device WHERE is_gateway AND gateway_group = ? AND gateway_node = ?"
                + " ORDER BY path LIMIT 1")
        .params(group, node)
        .query(String.class)
        .optional();
  }

  /** A device says that all its values before that time have been told; false if it had said so. */
  public boolean completeUntil(String device, long micros) {
    return jdbc.sql(PROGRESS).params(device, Times.at(micros)).update() == 1;
  }

  /**
   * Up to when all states and counts of a machine have been told, microseconds since the epoch;
   * empty if one of the devices that tell them never said.
   */
  public OptionalLong completeUntil(int machineId) {
    Long until = completeUntil(List.of(machineId)).get(machineId);
    return until == null ? OptionalLong.empty() : OptionalLong.of(until);
  }

  /** The same of several machines; those that are empty are not in it. */
  public Map<Integer, Long> completeUntil(Collection<Integer> machineIds) {
    Map<Integer, Long> until = new HashMap<>();
    jdbc.sql(COMPLETE)
        .param(machineIds.stream().mapToInt(Integer::intValue).toArray())
        .query(
            row -> {
              until.put(row.getInt(1), Times.micros(row, 2));
            });
    return until;
  }

  /** The machines that a device, or a gateway's devices, speak for, by number. */
  public List<Integer> machinesOf(String source) {
    return jdbc.sql(MACHINES_OF).params(source, source).query((row, n) -> row.getInt(1)).list();
  }

  /** The devices that speak for a machine, and their gateways. */
  public List<String> sourcesOf(int machineId) {
    return jdbc.sql(SOURCES_OF)
        .params(machineId, machineId)
        .query((row, n) -> row.getString(1))
        .list();
  }
}
