package io.linewright.oee.app.cell;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.time.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Results of machines' time that is over: table {@code cell}. That a machine has none of some time
 * says nothing about that time. Whoever changes any has locked the machine's line.
 */
public final class Cells {

  /**
   * What is known of a cell without reading it all.
   *
   * @param shiftNo number of its shift; 0 for none
   */
  public record Head(Span span, int version, InputHash inputs, int shiftNo) {}

  /** A cell that is no longer, or of which only the inputs are others. */
  public record Place(int machineId, Span span) {}

  private static final String OVERLAPPING =
      """
      WHERE int4range(machine_id, machine_id, '[]') && int4range(?, ?, '[]')
        AND during && tstzrange(?::timestamptz, ?::timestamptz)
      ORDER BY lower(during)
      """;

  private static final String THESE =
      """
      WHERE int4range(c.machine_id, c.machine_id, '[]')
          && int4range(t.machine_id, t.machine_id, '[]')
        AND c.during && tstzrange(t.from_time, t.to_time)
      """;

  private static final String COPY =
      "COPY cell (" + String.join(", ", CellEncoder.COLUMNS) + ") FROM STDIN (FORMAT binary)";

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final Dictionary dictionary;
  private final Shifts shifts;

  Cells(JdbcTemplate template) {
    this.jdbc = JdbcClient.create(template);
    this.template = template;
    this.dictionary = new Dictionary(jdbc);
    this.shifts = new Shifts(jdbc);
  }

  /** The cells of a machine that overlap a span, ascending. */
  public List<StoredCell> of(int machineId, EquipmentPath path, Span span) {
    CellDecoder decoder = new CellDecoder();
    jdbc.sql("/* read */ SELECT " + CellDecoder.COLUMNS + " FROM cell " + OVERLAPPING)
        .params(machineId, machineId, Rfc3339.format(span.fromMicros()), end(span))
        .query(
            row -> {
              decoder.add(row);
            });
    return decoder.cells(path, dictionary);
  }

  /** The same without their content. */
  public List<Head> heads(int machineId, Span span) {
    return jdbc.sql(
            "/* read */ SELECT lower(during), upper(during), version, input_hash,"
                + " coalesce(shift_no, 0) FROM cell "
                + OVERLAPPING)
        .params(machineId, machineId, Rfc3339.format(span.fromMicros()), end(span))
        .query(
            (row, n) ->
                new Head(
                    new Span(Times.micros(row, 1), Times.micros(row, 2)),
                    row.getInt(3),
                    InputHash.ofBytes(row.getBytes(4)),
                    row.getInt(5)))
        .list();
  }

  /** Takes cells away: exactly those. */
  public void delete(Collection<Place> places) {
    if (places.isEmpty()) {
      return;
    }
    jdbc.sql(
            "DELETE FROM cell c USING unnest(?::int[], ?::timestamptz[], ?::timestamptz[])"
                + " AS t (machine_id, from_time, to_time) "
                + THESE)
        .param(places.stream().mapToInt(Place::machineId).toArray())
        .param(times(places.stream().map(place -> place.span().fromMicros()).toList()))
        .param(times(places.stream().map(place -> place.span().toMicros()).toList()))
        .update();
  }

  /** The numbers of shifts; those that are new are written. */
  public Map<Shift, Integer> shifts(Collection<Shift> wanted) {
    return shifts.numbers(wanted);
  }

  /** Adds cells where there are none. */
  public void add(Collection<NewCell> cells, long computedAtMicros) {
    if (cells.isEmpty()) {
      return;
    }
    byte[] rows =
        CellEncoder.encode(cells, Numbers.of(cells, dictionary, shifts), computedAtMicros);
    template.execute(
        (Connection connection) -> {
          try {
            return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(COPY, new ByteArrayInputStream(rows));
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        });
  }

  /** The content of cells stays, and was computed from something else. */
  public void rehash(Collection<NewCell> cells) {
    if (cells.isEmpty()) {
      return;
    }
    jdbc.sql(
            "UPDATE cell c SET input_hash = decode(t.hash, 'hex')"
                + " FROM unnest(?::int[], ?::timestamptz[], ?::timestamptz[], ?::text[])"
                + " AS t (machine_id, from_time, to_time, hash) "
                + THESE)
        .param(cells.stream().mapToInt(NewCell::machineId).toArray())
        .param(times(cells.stream().map(one -> one.cell().span().fromMicros()).toList()))
        .param(times(cells.stream().map(one -> one.cell().span().toMicros()).toList()))
        .param(cells.stream().map(one -> one.inputs().toString()).toArray(String[]::new))
        .update();
  }

  private static String end(Span span) {
    return Rfc3339.format(Math.min(span.toMicros(), EventKey.MAX_MICROS));
  }

  private static String[] times(List<Long> micros) {
    return micros.stream().map(Rfc3339::format).toArray(String[]::new);
  }
}
