package io.linewright.oee.app.registry;

import io.linewright.oee.app.Times;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What machines tell: table {@code track}. */
public final class Tracks {

  /** Most tracks of a machine; further ones are not known. */
  public static final int MAX_TRACKS = 64;

  /**
   * A tag of a machine that has a role.
   *
   * @param device path of the device that has it
   * @param firstMicros time of its first event, microseconds since the epoch; null: there is none
   * @param lastDay day in UTC of its last one
   */
  public record Track(
      int machineId,
      TrackName name,
      String device,
      @Nullable Long firstMicros,
      @Nullable LocalDate lastDay) {}

  private static final String ADD =
      """
      INSERT INTO track (machine_id, kind, tag, device)
      SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM track WHERE machine_id = ?) < ?
      ON CONFLICT DO NOTHING
      """;

  private static final String SEEN =
      """
      UPDATE track SET first_time = least(first_time, ?), last_day = greatest(last_day, ?)
      WHERE machine_id = ? AND kind = ? AND tag = ?
      """;

  private final JdbcClient jdbc;

  Tracks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The kind of track that a tag's role stands for; empty if it tells nothing that is kept. */
  public static Optional<TrackKind> kindOf(String role) {
    return Optional.ofNullable(
        switch (role) {
          case "machine-state" -> TrackKind.STATE;
          case "good-count" -> TrackKind.GOOD;
          case "reject-count" -> TrackKind.REJECT;
          case "rework-count" -> TrackKind.REWORK;
          case "total-count" -> TrackKind.TOTAL;
          case "order" -> TrackKind.ORDER;
          case "product" -> TrackKind.PRODUCT;
          case "lot" -> TrackKind.LOT;
          case "serial" -> TrackKind.SERIAL;
          case "stop-reason" -> TrackKind.STOP_REASON;
          case "energy" -> TrackKind.ENERGY;
          case "power" -> TrackKind.POWER;
          default -> null;
        });
  }

  /** The tracks of machines, ordered by name. */
  public List<Track> of(Collection<Integer> machineIds) {
    return jdbc.sql(
            "/* read */ SELECT machine_id, kind, tag, device, first_time, last_day FROM track"
                + " WHERE machine_id = ANY (?) ORDER BY machine_id, kind, tag")
        .param(machineIds.stream().mapToInt(Integer::intValue).toArray())
        .query(
            (row, n) ->
                new Track(
                    row.getInt(1),
                    new TrackName(TrackKind.ofNumber(row.getInt(2)), row.getString(3)),
                    row.getString(4),
                    row.getObject(5) == null ? null : Times.micros(row, 5),
                    row.getObject(6, LocalDate.class)))
        .list();
  }

  /** Adds a track; false if it is known, or there are {@link #MAX_TRACKS}. */
  public boolean add(int machineId, TrackName name, String device) {
    return jdbc.sql(ADD)
            .params(machineId, name.kind().number(), name.tag(), device, machineId, MAX_TRACKS)
            .update()
        == 1;
  }

  /**
   * There are events of the track.
   *
   * @param firstMicros time of the first one
   * @param lastDay day in UTC of the last one
   */
  public void seen(int machineId, TrackName name, long firstMicros, LocalDate lastDay) {
    jdbc.sql(SEEN)
        .params(Times.at(firstMicros), lastDay, machineId, name.kind().number(), name.tag())
        .update();
  }
}
