package io.linewright.oee.app.loss;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Devices;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When machines told anything last. If no device says how far it is complete, the state of a
 * machine holds for some time after that, and whatever it tells next makes known what was taken for
 * unknown.
 */
public final class LastWords {

  private static final String LAST =
      """
      /* read */ SELECT m.machine_id, max(p.last_time)
      FROM unnest(?::int[]) AS m (machine_id)
      JOIN event_part p ON p.machine_id = m.machine_id
        AND p.day = (SELECT max(q.day) FROM event_part q WHERE q.machine_id = m.machine_id)
      GROUP BY m.machine_id
      """;

  private final JdbcClient jdbc;
  private final Devices devices;

  LastWords(JdbcClient jdbc, Devices devices) {
    this.jdbc = jdbc;
    this.devices = devices;
  }

  /** The last event of each machine that has any, microseconds since the epoch. */
  public Map<Integer, Long> of(Collection<Integer> machineIds) {
    Map<Integer, Long> last = new HashMap<>();
    if (!machineIds.isEmpty()) {
      jdbc.sql(LAST)
          .param(machineIds.stream().mapToInt(Integer::intValue).toArray())
          .query(
              row -> {
                last.put(row.getInt(1), Times.micros(row, 2));
              });
    }
    return last;
  }

  /**
   * The time of machines that was unknown, or may have been, until they told more.
   *
   * @param before when they told anything last
   * @param told the last of what they tell now
   */
  public List<Marks.Touch> touched(Map<Integer, Long> before, Map<Integer, Long> told) {
    List<Integer> later =
        before.entrySet().stream()
            .filter(one -> one.getValue() < told.getOrDefault(one.getKey(), Times.EVER))
            .map(Map.Entry::getKey)
            .toList();
    List<Marks.Touch> touched = new ArrayList<>();
    if (!later.isEmpty()) {
      Map<Integer, Long> complete = devices.completeUntil(later);
      for (Integer id : later) {
        if (!complete.containsKey(id)) {
          touched.add(
              new Marks.Touch(id, new Span(before.getOrDefault(id, 0L), EventKey.MAX_MICROS)));
        }
      }
    }
    return touched;
  }
}
