package io.linewright.oee.app.cell;

import io.linewright.oee.element.Cell;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a cell. Stops that were too short to count are joined with the production beside
 * them: a machine that waits some seconds in each cycle has thousands a day, and would need more
 * room than its events. How long they were together stays in the sums; who needs each of them, for
 * first causes and bottlenecks, computes.
 */
public final class StoredForm {

  private StoredForm() {}

  /** The cell as it is kept; one that is in that form already stays as it is. */
  public static Cell of(Cell cell) {
    List<TimeSlice> slices = cell.slices();
    if (slices.stream().noneMatch(StoredForm::absorbed)) {
      return cell;
    }
    List<TimeSlice> kept = new ArrayList<>(slices.size());
    int i = 0;
    while (i < slices.size()) {
      int end = i;
      while (end < slices.size() && slices.get(end).category() == TimeCategory.PRODUCTION) {
        end++;
      }
      if (end == i) {
        kept.add(slices.get(i++));
      } else {
        join(slices.subList(i, end), kept);
        i = end;
      }
    }
    return new Cell(cell.key(), cell.span(), cell.elements(), Partition.joined(kept));
  }

  /** A run of production: what was absorbed becomes what came before it, at the begin the next. */
  private static void join(List<TimeSlice> run, List<TimeSlice> kept) {
    TimeSlice form = first(run);
    for (TimeSlice slice : run) {
      if (!absorbed(slice)) {
        form = slice;
      }
      kept.add(
          form == null || form == slice
              ? slice
              : new TimeSlice(
                  slice.span(),
                  form.category(),
                  form.said(),
                  form.state(),
                  form.reason(),
                  form.flags()));
    }
  }

  private static @Nullable TimeSlice first(List<TimeSlice> run) {
    return run.stream().filter(slice -> !absorbed(slice)).findFirst().orElse(null);
  }

  private static boolean absorbed(TimeSlice slice) {
    return slice.category() == TimeCategory.PRODUCTION && slice.said() != TimeCategory.PRODUCTION;
  }
}
