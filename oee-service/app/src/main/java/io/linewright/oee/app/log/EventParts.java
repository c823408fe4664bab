package io.linewright.oee.app.log;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.EventPacking;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code event_part}. Whoever writes has locked the machine's line. */
final class EventParts {

  private static final int ALL_KINDS = -1;

  /** How many parts of a level become one of the next. */
  static final int MERGED = 64;

  /**
   * The events of one machine and day, and how many parts they are stored in.
   *
   * @param events all of them
   * @param parts how many parts there are of each stream and level, see {@link #parts(int, int)}
   */
  record DayLog(EventLog events, List<Integer> parts) {

    /** Levels of parts: those of transactions, and three of merged ones. */
    static final int LEVELS = 4;

    /** States, counts, context; and energy, which is read less often. */
    static final int STREAMS = 2;

    /** A day without events. */
    static final DayLog NONE = new DayLog(EventLog.NONE, Collections.nCopies(STREAMS * LEVELS, 0));

    /** Whose day. */
    record Key(int machineId, LocalDate day) {}

    DayLog {
      parts = List.copyOf(parts);
    }

    /** How many parts of a stream and level there are; they are numbered from 0. */
    int parts(int stream, int level) {
      return parts.get(stream * LEVELS + level);
    }
  }

  /** Events that one part holds. */
  record Part(DayLog.Key key, int stream, int level, int number, EventLog events) {}

  private static final String ADD =
      """
      INSERT INTO event_part (machine_id, day, stream, level, part, kinds, events, first_time,
                              last_time, data)
      SELECT * FROM unnest(?::int[], ?::date[], ?::smallint[], ?::smallint[], ?::int[], ?::int[],
                           ?::int[], ?::timestamptz[], ?::timestamptz[], ?::bytea[])
      """;

  private static final String OF_DAY =
      """
      /* read */ SELECT stream, level, data FROM event_part WHERE machine_id = ? AND day = ?
      """;

  private static final String AROUND =
      """
      /* read */ SELECT day, data FROM event_part
      WHERE machine_id = ? AND stream = ? AND day >= ? AND day <= ? AND kinds & ? <> 0
      ORDER BY day
      """;

  private final JdbcClient jdbc;

  EventParts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In which stream events of a kind are. */
  static int stream(TrackKind kind) {
    return kind == TrackKind.ENERGY || kind == TrackKind.POWER ? 1 : 0;
  }

  /** The whole day. */
  DayLog day(DayLog.Key key) {
    List<Integer> parts = new ArrayList<>(DayLog.NONE.parts());
    List<EventLog> logs = new ArrayList<>();
    jdbc.sql(OF_DAY)
        .params(key.machineId(), key.day())
        .query(
            row -> {
              int index = row.getInt(1) * DayLog.LEVELS + row.getInt(2);
              parts.set(index, parts.get(index) + 1);
              logs.add(EventPacking.unpack(row.getBytes(3)));
            });
    return logs.isEmpty() ? DayLog.NONE : new DayLog(union(logs), parts);
  }

  /** All events of days, by day, ascending within it. */
  List<EventLog> days(int machineId, int stream, LocalDate first, LocalDate last) {
    return days(machineId, stream, ALL_KINDS, first, last);
  }

  /** The same of those parts that have events of a kind of which a bit is set. */
  List<EventLog> days(int machineId, int stream, int kinds, LocalDate first, LocalDate last) {
    List<EventLog> days = new ArrayList<>();
    List<EventLog> logs = new ArrayList<>();
    LocalDate[] current = {first};
    jdbc.sql(AROUND)
        .params(machineId, stream, first, last, kinds)
        .query(
            row -> {
              LocalDate day = row.getObject(1, LocalDate.class);
              if (!day.equals(current[0]) && !logs.isEmpty()) {
                days.add(union(logs));
                logs.clear();
              }
              current[0] = day;
              logs.add(EventPacking.unpack(row.getBytes(2)));
            });
    if (!logs.isEmpty()) {
      days.add(union(logs));
    }
    return days;
  }

  /**
   * The next day with events of a kind.
   *
   * @param forward whether after the day, else before it
   */
  List<LocalDate> next(int machineId, TrackKind kind, LocalDate day, boolean forward, int limit) {
    String sql =
        "/* read */ SELECT DISTINCT day FROM event_part WHERE machine_id = ? AND stream = ? AND"
            + " kinds & ? <> 0 AND day "
            + (forward ? "> ? ORDER BY day" : "< ? ORDER BY day DESC")
            + " LIMIT ?";
    return jdbc.sql(sql)
        .params(machineId, stream(kind), 1 << kind.number(), day, limit)
        .query((row, n) -> row.getObject(1, LocalDate.class))
        .list();
  }

  /** On how many days machines have events of kinds of which the bits are set. */
  long countDays(Collection<Integer> machineIds, int kinds) {
    return jdbc.sql(
            "/* read */ SELECT count(*) FROM (SELECT DISTINCT machine_id, day FROM event_part WHERE"
                + " machine_id = ANY (?) AND kinds & ? <> 0) AS days")
        .params(machineIds.stream().mapToInt(Integer::intValue).toArray(), kinds)
        .query(Long.class)
        .single();
  }

  /** The days of a machine with events at or after a day. */
  List<LocalDate> daysFrom(int machineId, LocalDate day) {
    return jdbc.sql(
            "SELECT DISTINCT day FROM event_part WHERE machine_id = ? AND day >= ? ORDER BY day")
        .params(machineId, day)
        .query((row, n) -> row.getObject(1, LocalDate.class))
        .list();
  }

  void add(Collection<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    List<Part> all = List.copyOf(parts);
    String[] first = new String[all.size()];
    String[] last = new String[all.size()];
    byte[][] data = new byte[all.size()][];
    int[] kinds = new int[all.size()];
    for (int i = 0; i < all.size(); i++) {
      EventLog log = all.get(i).events();
      first[i] = Rfc3339.format(log.iterator().next().key().micros());
      last[i] = Rfc3339.format(lastMicros(log));
      data[i] = EventPacking.pack(log);
      kinds[i] = log.kinds().stream().mapToInt(kind -> 1 << kind.number()).sum();
    }
    jdbc.sql(ADD)
        .param(all.stream().mapToInt(part -> part.key().machineId()).toArray())
        .param(all.stream().map(part -> part.key().day().toString()).toArray(String[]::new))
        .param(all.stream().mapToInt(Part::stream).toArray())
        .param(all.stream().mapToInt(Part::level).toArray())
        .param(all.stream().mapToInt(Part::number).toArray())
        .param(kinds)
        .param(all.stream().mapToInt(part -> part.events().size()).toArray())
        .param(first)
        .param(last)
        .param(data)
        .update();
  }

  /**
   * Makes one part of the next level of all parts of a level.
   *
   * @param number of the new part
   */
  void merge(DayLog.Key key, int stream, int level, int number) {
    List<EventLog> logs =
        jdbc.sql(
                "DELETE FROM event_part WHERE machine_id = ? AND day = ? AND stream = ? AND level ="
                    + " ? RETURNING data")
            .params(key.machineId(), key.day(), stream, level)
            .query(EventParts::log)
            .list();
    add(List.of(new Part(key, stream, level + 1, number, union(logs))));
  }

  /** Puts other events in place of all of a day; none: the day has none any more. */
  void replace(DayLog.Key key, EventLog events) {
    jdbc.sql("DELETE FROM event_part WHERE machine_id = ? AND day = ?")
        .params(key.machineId(), key.day())
        .update();
    List<Part> parts = new ArrayList<>();
    for (int stream = 0; stream < DayLog.STREAMS; stream++) {
      EventLog its = ofStream(stream, events);
      if (its.size() > 0) {
        parts.add(new Part(key, stream, 1, 0, its));
      }
    }
    add(parts);
  }

  /** Those of the events that belong to a stream. */
  static EventLog ofStream(int stream, Iterable<MachineEvent> events) {
    List<MachineEvent> its = new ArrayList<>();
    for (MachineEvent event : events) {
      if (stream(event.key().track().kind()) == stream) {
        its.add(event);
      }
    }
    return its.isEmpty() ? EventLog.NONE : EventLog.of(its);
  }

  static EventLog union(List<EventLog> logs) {
    if (logs.size() == 1) {
      return logs.getFirst();
    }
    List<MachineEvent> events = new ArrayList<>(logs.stream().mapToInt(EventLog::size).sum());
    logs.forEach(log -> log.forEach(events::add));
    return EventLog.of(events);
  }

  private static EventLog log(ResultSet row, int number) throws SQLException {
    return EventPacking.unpack(row.getBytes(1));
  }

  private static long lastMicros(EventLog log) {
    long last = EventKey.MIN_MICROS;
    for (MachineEvent event : log) {
      last = event.key().micros();
    }
    return last;
  }
}
