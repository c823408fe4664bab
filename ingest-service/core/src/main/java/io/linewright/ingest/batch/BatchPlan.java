package io.linewright.ingest.batch;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A batch put in order: each key once. The first sample of a key that arrived stays; an equal one
 * is a repeat, one with another value or status a conflict.
 *
 * @param rows to be written, in {@link SampleRow#WRITING_ORDER}, no key twice
 * @param repeats how many said again what another row of the batch says
 * @param conflicts rows that contradict one of {@code rows}, in the same order
 */
public record BatchPlan(List<SampleRow> rows, int repeats, List<SampleRow> conflicts) {

  public BatchPlan {
    rows = List.copyOf(rows);
    conflicts = List.copyOf(conflicts);
  }

  /** Puts a batch in order; {@code arrived} is in the order of arrival and may be empty. */
  public static BatchPlan of(List<SampleRow> arrived) {
    List<SampleRow> sorted = new ArrayList<>(arrived);
    sorted.sort(SampleRow.WRITING_ORDER); // stable: equal keys keep their order of arrival
    List<SampleRow> rows = new ArrayList<>(sorted.size());
    List<SampleRow> conflicts = new ArrayList<>();
    int repeats = 0;
    SampleRow kept = null;
    for (SampleRow row : sorted) {
      if (kept == null || !kept.sameKey(row)) {
        rows.add(row);
        kept = row;
      } else if (kept.sample().repeats(row.sample())) {
        repeats++;
      } else {
        conflicts.add(row);
      }
    }
    return new BatchPlan(rows, repeats, conflicts);
  }

  /** Days (UTC) that have to have room before the rows are written. */
  public SortedSet<LocalDate> days() {
    SortedSet<LocalDate> days = new TreeSet<>();
    long last = Long.MIN_VALUE;
    for (SampleRow row : rows) {
      long day = row.epochDay();
      if (day != last) {
        days.add(LocalDate.ofEpochDay(day));
        last = day;
      }
    }
    return days;
  }
}
