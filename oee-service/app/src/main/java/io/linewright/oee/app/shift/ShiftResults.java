package io.linewright.oee.app.shift;

import io.linewright.model.production.ElementSums;
import io.linewright.model.production.MachineSums;
import io.linewright.oee.app.Times;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Figures of shifts as they were told: table {@code shift_result}. All versions stay. */
final class ShiftResults {

  /** What was told. */
  record Figures(boolean provisional, List<MachineSums> machines, ElementSums lineSums) {}

  /** A version of it. */
  record Told(int version, InputHash inputs, Figures figures, String cause, long toldMicros) {}

  private static final String TOLD =
      """
      /* read */ SELECT version, input_hash, figures, cause, told_at FROM shift_result
      WHERE line_id = ? AND shift_no = ? ORDER BY version DESC LIMIT ?
      """;

  private static final String NUMBERS =
      """
      /* read */ SELECT s.shift_no, s.calendar, s.name, s.plant_day, s.starts, s.ends, s.crew FROM shift s
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ShiftResults(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The latest versions first. */
  List<Told> told(int lineId, int shiftNo, int limit) {
    return jdbc.sql(TOLD)
        .params(lineId, shiftNo, limit)
        .query(
            (row, n) ->
                new Told(
                    row.getInt(1),
                    InputHash.ofBytes(row.getBytes(2)),
                    json.readValue(row.getString(3), Figures.class),
                    row.getString(4),
                    Times.micros(row, 5)))
        .list();
  }

  void add(int lineId, int shiftNo, Told told) {
    jdbc.sql("INSERT INTO shift_result VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)")
        .params(
            lineId,
            shiftNo,
            told.version(),
            told.inputs().bytes(),
            json.writeValueAsString(told.figures()),
            told.cause(),
            Times.at(told.toldMicros()))
        .update();
  }

  /** A shift that has, or had, cells. */
  Shift shift(int shiftNo) {
    return jdbc.sql(NUMBERS + "WHERE s.shift_no = ?")
        .param(shiftNo)
        .query(
            (row, n) ->
                new Shift(
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, LocalDate.class),
                    new Span(Times.micros(row, 5), Times.micros(row, 6)),
                    row.getString(7)))
        .single();
  }

  /** The number of a shift of which a line was told; empty if it was of none. */
  Optional<Integer> number(int lineId, LocalDate day, String name) {
    return jdbc.sql(
            NUMBERS
                + "JOIN shift_result r USING (shift_no) WHERE r.line_id = ? AND s.plant_day = ? AND"
                + " s.name = ? LIMIT 1")
        .params(lineId, day, name)
        .query((row, n) -> row.getInt(1))
        .optional();
  }
}
