package io.linewright.oee.app.compute;

import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.cell.NewCell;
import io.linewright.oee.app.cell.StoredCell;
import io.linewright.oee.app.cell.StoredForm;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Counts;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what was computed with what is kept: only what differs is written. */
final class Replacement {

  private final Snapshot snapshot;
  private final Cells cells;
  private final Writes writes;
  private @Nullable Map<Span, Cell> contents;

  Replacement(Snapshot snapshot, Cells cells, Writes writes) {
    this.snapshot = snapshot;
    this.cells = cells;
    this.writes = writes;
  }

  /**
   * Puts cells in the place of those that a machine has in that time.
   *
   * @param causes why it was computed
   */
  void replace(Standing standing, MachineResult result, Set<String> causes) {
    int machine = standing.machine().id();
    Map<Span, Cells.Head> kept = new TreeMap<>();
    cells.heads(machine, result.window()).forEach(head -> kept.put(head.span(), head));
    Track<CalendarPiece> calendar = snapshot.calendar(standing.path(), result.window());
    Set<LocalDate> empty = empty(result.cells());
    for (Cell computed : result.cells()) {
      if (empty.contains(computed.key().plantDay())) {
        continue;
      }
      Cell cell = StoredForm.of(computed);
      InputHash inputs = result.inputs().apply(computed);
      Cells.Head head = kept.remove(cell.span());
      if (head == null) {
        writes.add(
            new NewCell(machine, cell, shift(calendar, cell), version(kept, cell), inputs), causes);
      } else if (!head.inputs().equals(inputs)) {
        Shift shift = shift(calendar, cell);
        if (cell.equals(content(standing, result.window(), cell.span()))) {
          writes.rehash(new NewCell(machine, cell, shift, head.version(), inputs));
        } else {
          writes.remove(machine, head, causes);
          writes.add(new NewCell(machine, cell, shift, head.version() + 1, inputs), causes);
        }
      }
    }
    kept.values().forEach(head -> writes.remove(machine, head, causes));
  }

  /** A cell with other bounds is a later version of all that were where it is. */
  private static int version(Map<Span, Cells.Head> kept, Cell cell) {
    return 1
        + kept.values().stream()
            .filter(head -> head.span().overlaps(cell.span()))
            .mapToInt(Cells.Head::version)
            .max()
            .orElse(0);
  }

  private @Nullable Cell content(Standing standing, Span window, Span span) {
    Map<Span, Cell> all = contents;
    if (all == null) {
      all = new TreeMap<>();
      for (StoredCell stored : cells.of(standing.machine().id(), standing.path(), window)) {
        all.put(stored.cell().span(), stored.cell());
      }
      contents = all;
    }
    return all.get(span);
  }

  private static @Nullable Shift shift(Track<CalendarPiece> calendar, Cell cell) {
    return calendar.at(cell.span().fromMicros()).shift();
  }

  /** Days of which nothing is known: a machine that fell silent has one for all time to come. */
  private static Set<LocalDate> empty(List<Cell> cells) {
    Set<LocalDate> empty = new HashSet<>();
    Set<LocalDate> full = new HashSet<>();
    for (Cell cell : cells) {
      (isEmpty(cell) ? empty : full).add(cell.key().plantDay());
    }
    empty.removeAll(full);
    return empty;
  }

  private static boolean isEmpty(Cell cell) {
    return cell.slices().stream().allMatch(slice -> slice.said() == TimeCategory.NO_DATA)
        && cell.elements().counts().equals(Counts.NONE)
        && cell.elements().energy().coveredMicros() == 0;
  }
}
