package io.linewright.oee.app.mark;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.time.Span;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Time of machines in which results are out of date; table {@code mark}. Whoever adds or deletes
 * some has locked the machines' lines, see {@link LineRows}; whoever reads them does so in the
 * snapshot of what they are about.
 */
public final class Marks {

  /** All of the time that events can be in. */
  public static final Span ALWAYS = new Span(EventKey.MIN_MICROS, EventKey.MAX_MICROS);

  /**
   * A mark as it stands in the table.
   *
   * @param span as it was told; what else it changes is for the reader to find out
   * @param addedMicros when, microseconds since the epoch
   */
  public record Mark(long id, int machineId, Span span, String cause, long addedMicros) {}

  /** Time of a machine that is to be marked. */
  public record Touch(int machineId, Span span) {}

  private static final String ADD =
      """
      WITH added AS (
        INSERT INTO mark (line_id, machine_id, from_time, to_time, cause)
        SELECT m.line_id, m.machine_id, t.from_time,
          least(t.to_time, greatest(m.computed_until, m.reaches_until)), ?
        FROM unnest(?::int[], ?::timestamptz[], ?::timestamptz[]) AS t (machine_id, from_time, to_time)
        JOIN machine m USING (machine_id)
        WHERE t.from_time < greatest(m.computed_until, m.reaches_until)
        RETURNING line_id)
      UPDATE line SET due = now() WHERE line_id IN (SELECT line_id FROM added) AND due > now()
      """;

  private static final String OF =
      """
      /* read */ SELECT id, machine_id, from_time, to_time, cause, added_at FROM mark
      WHERE machine_id = ANY (?) ORDER BY id
      """;

  private final JdbcClient jdbc;

  Marks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Marks what of the time was computed already, and what comes after it but may change it, as the
   * length of a stop that began before. The rest is nobody's result.
   */
  public void add(String cause, List<Touch> touched) {
    if (touched.isEmpty()) {
      return;
    }
    jdbc.sql(ADD)
        .param(cause)
        .param(touched.stream().mapToInt(Touch::machineId).toArray())
        .param(
            touched.stream()
                .map(touch -> Rfc3339.format(touch.span().fromMicros()))
                .toArray(String[]::new))
        .param(
            touched.stream()
                .map(touch -> Rfc3339.format(touch.span().toMicros()))
                .toArray(String[]::new))
        .update();
  }

  /** The marks of machines, in the order in which they were added. */
  public List<Mark> of(Collection<Integer> machineIds) {
    return jdbc.sql(OF)
        .param(machineIds.stream().mapToInt(Integer::intValue).toArray())
        .query(
            (row, n) ->
                new Mark(
                    row.getLong(1),
                    row.getInt(2),
                    new Span(Times.micros(row, 3), Times.micros(row, 4)),
                    row.getString(5),
                    Times.micros(row, 6)))
        .list();
  }

  /** What they were about has been computed anew. */
  public void delete(Collection<Long> ids) {
    jdbc.sql("DELETE FROM mark WHERE id = ANY (?)")
        .param(ids.stream().mapToLong(Long::longValue).toArray())
        .update();
  }
}
