package io.linewright.oee.app.compute;

import io.linewright.oee.app.cell.Cells;
import io.linewright.oee.app.cell.NewCell;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.mark.Marks.Mark;
import io.linewright.oee.app.shift.ShiftChanges;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a round has found out, which is written at its end in few statements. */
final class Writes {

  /** Cells of a shift are others, or are there for the first time. */
  private record Changed(int shiftNo, String cause) {}

  private record Shrunk(long markId, Span span) {}

  private final List<Cells.Place> removed = new ArrayList<>();
  private final List<NewCell> added = new ArrayList<>();
  private final List<NewCell> rehashed = new ArrayList<>();
  private final Set<Changed> changed = new HashSet<>();
  private final Map<Shift, Set<String>> changedShifts = new HashMap<>();
  private final Map<Integer, Long> computed = new HashMap<>();
  private final Map<Integer, Long> reaches = new HashMap<>();
  private final List<Marks.Touch> open = new ArrayList<>();
  private final Set<Long> done = new HashSet<>();
  private final List<Shrunk> shrunk = new ArrayList<>();

  void remove(int machineId, Cells.Head head, Set<String> causes) {
    removed.add(new Cells.Place(machineId, head.span()));
    if (head.shiftNo() != 0) {
      causes.forEach(cause -> changed.add(new Changed(head.shiftNo(), cause)));
    }
  }

  void add(NewCell cell, Set<String> causes) {
    added.add(cell);
    Shift shift = cell.shift();
    if (shift != null) {
      changedShifts.computeIfAbsent(shift, same -> new HashSet<>()).addAll(causes);
    }
  }

  void rehash(NewCell cell) {
    rehashed.add(cell);
  }

  void computed(int machineId, long until) {
    computed.put(machineId, until);
  }

  void reaches(int machineId, long until) {
    reaches.merge(machineId, until, Math::max);
  }

  /** Later news that come in order may still change that time. */
  void open(int machineId, Span span) {
    open.add(new Marks.Touch(machineId, span));
  }

  void done(Mark mark) {
    done.add(mark.id());
  }

  void shrink(Mark mark, Span left) {
    shrunk.add(new Shrunk(mark.id(), left));
  }

  /** How many cells come, go or are replaced. */
  int cells() {
    return Math.max(added.size(), removed.size());
  }

  void write(
      int lineId, Cells cells, LineState state, ShiftChanges changes, Marks marks, long now) {
    cells.delete(removed);
    cells.add(added, now);
    cells.rehash(rehashed);
    state.computed(computed);
    state.reaches(reaches);
    shrunk.forEach(
        one -> state.shrink(one.markId(), one.span().fromMicros(), one.span().toMicros()));
    state.delete(done);
    marks.add(Redo.OPEN, open);
    changed.forEach(one -> changes.add(lineId, one.shiftNo(), one.cause()));
    Map<Shift, Integer> numbers = cells.shifts(changedShifts.keySet());
    changedShifts.forEach(
        (shift, causes) ->
            causes.forEach(cause -> changes.add(lineId, numbers.getOrDefault(shift, 0), cause)));
  }
}
