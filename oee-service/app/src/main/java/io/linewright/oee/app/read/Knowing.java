package io.linewright.oee.app.read;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.time.Track;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far it is known what machines told. */
final class Knowing {

  private static final String WORDS =
      """
      /* read */ SELECT m.decided_until, (
        SELECT max(last_time) FROM event_part
        WHERE machine_id = m.machine_id
          AND day = (SELECT max(day) FROM event_part WHERE machine_id = m.machine_id))
      FROM machine m WHERE m.machine_id = ?
      """;

  private record Row(long decidedUntil, long lastWord) {}

  private final JdbcClient jdbc;
  private final Devices devices;

  Knowing(JdbcClient jdbc, Devices devices) {
    this.jdbc = jdbc;
    this.devices = devices;
  }

  /**
   * How far it is known what a machine told; in the caller's transaction.
   *
   * @param rules of all time: those of its last word say how long a state holds
   */
  Knowledge of(int machineId, Track<MachineRules> rules) {
    Row row =
        jdbc.sql(WORDS)
            .param(machineId)
            .query(
                (found, n) ->
                    new Row(
                        Times.micros(found, 1),
                        found.getObject(2) == null ? Times.EVER : Times.micros(found, 2)))
            .single();
    long at =
        Math.clamp(
            row.lastWord, MachineInput.ALL_TIME.fromMicros(), MachineInput.ALL_TIME.toMicros() - 1);
    return new Knowledge(
        devices.completeUntil(machineId), row.lastWord, row.decidedUntil, rules.at(at).holds());
  }
}
