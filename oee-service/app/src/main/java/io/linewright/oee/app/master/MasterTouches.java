package io.linewright.oee.app.master;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Place;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.masterdata.book.MasterDifference;
import io.linewright.oee.time.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Marks the results that a change of master data touches. */
final class MasterTouches {

  /**
   * Results begin with a machine's first event. Who changes master data keeps those who store
   * results waiting, so that none is missed here.
   */
  private static final String COMPUTED =
      """
      SELECT m.machine_id, m.line_id, min(t.first_time), greatest(m.computed_until, m.reaches_until)
      FROM machine m JOIN track t USING (machine_id)
      WHERE m.computed_until > '-infinity' AND t.first_time IS NOT NULL
      GROUP BY m.machine_id, m.line_id ORDER BY m.machine_id
      """;

  private static final String OF_PRODUCTS =
      """
      SELECT c.machine_id, m.line_id, lower(c.during), upper(c.during)
      FROM cell c JOIN machine m USING (machine_id)
      JOIN dictionary d ON d.kind = 'product' AND d.no = c.product_no
      WHERE d.name = ANY (?)
      """;

  private record Computed(int machineId, int lineId, Span span) {}

  private final JdbcClient jdbc;
  private final Machines machines;
  private final LineRows lines;
  private final Marks marks;

  MasterTouches(JdbcClient jdbc, Machines machines, LineRows lines, Marks marks) {
    this.jdbc = jdbc;
    this.machines = machines;
    this.lines = lines;
    this.marks = marks;
  }

  /**
   * In the transaction of the change, which has locked the version.
   *
   * @param cause in a word
   */
  void mark(String cause, MasterBook before, MasterBook after) {
    machines.refresh();
    List<Marks.Touch> touched = new ArrayList<>();
    Collection<Integer> lineIds = new TreeSet<>();
    for (Computed machine : jdbc.sql(COMPUTED).query((row, n) -> computed(row)).list()) {
      for (Span span : different(before, after, machine)) {
        touched.add(new Marks.Touch(machine.machineId(), span));
        lineIds.add(machine.lineId());
      }
    }
    Set<String> products = MasterDifference.products(before, after);
    if (!products.isEmpty()) {
      for (Computed cell :
          jdbc.sql(OF_PRODUCTS)
              .param(products.toArray(String[]::new))
              .query((row, n) -> computed(row))
              .list()) {
        touched.add(new Marks.Touch(cell.machineId(), cell.span()));
        lineIds.add(cell.lineId());
      }
    }
    lines.lock(lineIds);
    marks.add(cause, touched);
  }

  private static Computed computed(ResultSet row) throws SQLException {
    long from = Times.micros(row, 3);
    return new Computed(
        row.getInt(1), row.getInt(2), new Span(from, Math.max(from + 1, Times.micros(row, 4))));
  }

  /** At each place that the machine had, what is said of that place. */
  private List<Span> different(MasterBook before, MasterBook after, Computed machine) {
    List<Span> spans = new ArrayList<>();
    for (Place place : machines.places(machine.machineId())) {
      long from = Math.max(place.fromMicros(), EventKey.MIN_MICROS);
      long to = Math.min(place.toMicros(), EventKey.MAX_MICROS + 1);
      if (from < to) {
        new Span(from, to)
            .and(machine.span())
            .ifPresent(
                within ->
                    spans.addAll(
                        MasterDifference.between(
                                before, after, EquipmentPath.parse(place.path()), within)
                            .list()));
      }
    }
    return spans;
  }
}
