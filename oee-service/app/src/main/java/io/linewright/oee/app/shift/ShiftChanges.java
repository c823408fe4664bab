package io.linewright.oee.app.shift;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code shift_change}: shifts with other cells than were told, and why. */
public final class ShiftChanges {

  /** Cause of cells that were not there before. */
  public static final String CLOSED = "closed";

  private final JdbcClient jdbc;

  ShiftChanges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Cells of a shift are others; in the caller's transaction, which has locked the line. */
  public void add(int lineId, int shiftNo, String cause) {
    jdbc.sql(
            "INSERT INTO shift_change (line_id, shift_no, cause) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")
        .params(lineId, shiftNo, cause)
        .update();
  }

  /** The shifts of a line by number, with the causes of their changes. */
  Map<Integer, SortedSet<String>> of(int lineId) {
    SortedMap<Integer, SortedSet<String>> changes = new TreeMap<>();
    jdbc.sql("SELECT shift_no, cause FROM shift_change WHERE line_id = ?")
        .param(lineId)
        .query(
            row -> {
              changes.computeIfAbsent(row.getInt(1), same -> new TreeSet<>()).add(row.getString(2));
            });
    return changes;
  }

  void told(int lineId, int shiftNo) {
    jdbc.sql("DELETE FROM shift_change WHERE line_id = ? AND shift_no = ?")
        .params(lineId, shiftNo)
        .update();
  }
}
