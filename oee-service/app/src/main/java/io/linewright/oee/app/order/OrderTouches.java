package io.linewright.oee.app.order;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Marks the results that a change of orders touches: product, lot and planned scrap of the time in
 * which they were in force. What is in force is part of each stored result, and only what is stored
 * can be out of date; who stores results waits until the change is done.
 */
final class OrderTouches {

  private static final String OF =
      """
      SELECT c.machine_id, m.line_id, lower(c.during), upper(c.during)
      FROM cell c JOIN machine m USING (machine_id)
      JOIN dictionary d ON d.kind = 'order' AND d.no = c.order_no
      WHERE d.name = ANY (?)
      """;

  private final JdbcClient jdbc;
  private final LineRows lines;
  private final Marks marks;

  OrderTouches(JdbcClient jdbc, LineRows lines, Marks marks) {
    this.jdbc = jdbc;
    this.lines = lines;
    this.marks = marks;
  }

  void mark(Collection<String> orders) {
    List<Marks.Touch> touched = new ArrayList<>();
    Collection<Integer> lineIds = new TreeSet<>();
    jdbc.sql(OF)
        .param(orders.toArray(String[]::new))
        .query(
            row -> {
              touched.add(
                  new Marks.Touch(
                      row.getInt(1), new Span(Times.micros(row, 3), Times.micros(row, 4))));
              lineIds.add(row.getInt(2));
            });
    lines.lock(lineIds);
    marks.add("order-changed", touched);
  }
}
