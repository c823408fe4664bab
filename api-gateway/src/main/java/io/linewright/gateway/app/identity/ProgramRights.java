package io.linewright.gateway.app.identity;

import java.sql.Array;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which subtrees the commands of programs may reach; those not listed reach the whole plant. */
final class ProgramRights {

  private final JdbcClient jdbc;

  ProgramRights(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Paths of the subtrees; empty: the whole plant. */
  Optional<List<String>> equipment(String clientId) {
    return jdbc.sql("select equipment from program_right where client_id = ?")
        .param(clientId)
        .query(
            (row, number) -> {
              Array equipment = row.getArray(1);
              return List.of((String[]) equipment.getArray());
            })
        .optional();
  }

  /**
   * Sets the subtrees.
   *
   * @param equipment null: the whole plant
   */
  void save(String clientId, @Nullable List<String> equipment) {
    if (equipment == null) {
      jdbc.sql("delete from program_right where client_id = ?").param(clientId).update();
      return;
    }
    jdbc.sql(
            """
            insert into program_right (client_id, equipment)
            values (:id, string_to_array(:equipment, ','))
            on conflict (client_id) do update set equipment = excluded.equipment
            """)
        .param("id", clientId)
        .param("equipment", String.join(",", equipment))
        .update();
  }
}
