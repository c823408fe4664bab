package io.linewright.oee.app.cell;

import io.linewright.oee.app.Times;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.time.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shifts that cells are of: table {@code shift}. */
public final class Shifts {

  private static final String KEY_ORDER = "calendar, plant_day, name";

  private static final String FIND =
      """
      /* read */ SELECT shift_no, calendar, name, plant_day, starts, ends, crew FROM shift
      WHERE (calendar, plant_day, name) IN (
        SELECT * FROM unnest(?::text[], ?::date[], ?::text[]))
      """;

  private static final String ADD =
      """
      INSERT INTO shift AS s (calendar, plant_day, name, starts, ends, crew) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (calendar, plant_day, name)
      DO UPDATE SET starts = excluded.starts, ends = excluded.ends, crew = excluded.crew
      RETURNING shift_no
      """;

  private static final Comparator<Shift> ORDER =
      Comparator.comparing(Shift::calendar).thenComparing(Shift::day).thenComparing(Shift::name);

  private final JdbcClient jdbc;

  Shifts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The numbers of shifts; those that are new, or have moved, are written. In the caller's
   * transaction, and in one order, so that two do not wait for each other.
   */
  Map<Shift, Integer> numbers(Collection<Shift> shifts) {
    List<Shift> all = shifts.stream().distinct().sorted(ORDER).toList();
    Map<Shift, Integer> numbers = new HashMap<>();
    if (all.isEmpty()) {
      return numbers;
    }
    jdbc.sql(FIND + " ORDER BY " + KEY_ORDER)
        .param(all.stream().map(Shift::calendar).toArray(String[]::new))
        .param(all.stream().map(shift -> shift.day().toString()).toArray(String[]::new))
        .param(all.stream().map(Shift::name).toArray(String[]::new))
        .query(
            row -> {
              numbers.put(
                  new Shift(
                      row.getString(2),
                      row.getString(3),
                      row.getObject(4, LocalDate.class),
                      new Span(Times.micros(row, 5), Times.micros(row, 6)),
                      row.getString(7)),
                  row.getInt(1));
            });
    List<Shift> missing = new ArrayList<>(all);
    missing.removeAll(numbers.keySet());
    for (Shift shift : missing) {
      numbers.put(
          shift,
          jdbc.sql(ADD)
              .param(shift.calendar())
              .param(shift.day())
              .param(shift.name())
              .param(Times.at(shift.span().fromMicros()))
              .param(Times.at(shift.span().toMicros()))
              .param(shift.crew())
              .query(Integer.class)
              .single());
    }
    return numbers;
  }
}
