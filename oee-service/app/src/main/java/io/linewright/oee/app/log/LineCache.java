package io.linewright.oee.app.log;

import io.linewright.oee.app.log.EventParts.DayLog;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The days of machines that were changed last, in memory, so that a new event needs no reading.
 * What is here is true as long as the machine's revision in the database is the one it was kept
 * with. Bounded by the number of events; used by one thread, counted by any.
 */
final class LineCache {

  /** What a day needs beside its events, in events. */
  private static final int DAY = 20;

  private final long maxEvents;
  private final LinkedHashMap<DayLog.Key, DayLog> days = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Integer, Long> revisions = new HashMap<>();
  private volatile long weight;

  LineCache(long maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** Forgets all that is of another revision than these, of the machines named. */
  void keepOnly(Map<Integer, LogWriter.Row> current) {
    current.forEach(
        (machine, row) -> {
          Long kept = revisions.get(machine);
          if (kept != null && kept != row.revision()) {
            forget(machine);
          }
        });
  }

  /** The day, if it is here. */
  @Nullable DayLog find(DayLog.Key key) {
    return days.get(key);
  }

  /** All days of the machine that are here are those of this revision. */
  void revision(int machineId, long revision) {
    revisions.put(machineId, revision);
  }

  /** Keeps a day of a machine. */
  void keep(DayLog.Key key, DayLog day) {
    DayLog before = days.put(key, day);
    weight += weight(day) - (before == null ? 0 : weight(before));
    Iterator<DayLog> oldest = days.values().iterator();
    while (weight > maxEvents && oldest.hasNext()) {
      weight -= weight(oldest.next());
      oldest.remove();
    }
  }

  /** Forgets everything. */
  void clear() {
    days.clear();
    revisions.clear();
    weight = 0;
  }

  /** How many events are here, a day counted as some more. */
  long weight() {
    return weight;
  }

  private void forget(int machineId) {
    revisions.remove(machineId);
    days.entrySet()
        .removeIf(
            entry -> {
              boolean its = entry.getKey().machineId() == machineId;
              weight -= its ? weight(entry.getValue()) : 0;
              return its;
            });
  }

  private static long weight(DayLog day) {
    return DAY + day.events().size();
  }
}
