package io.linewright.oee.line;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.util.List;

/**
 * When a machine is active: it works, is set up or repaired, and so nobody waits for another than
 * it (Roser, Nakano, Tanaka: A practical bottleneck detection method, Winter Simulation Conference
 * 2001). What the machine said decides: a wait of a few seconds, which counts as production, is an
 * interruption.
 */
public final class ActivePeriods {

  private ActivePeriods() {}

  /**
   * The active periods of a machine. One ends with a wait, with time in which nothing is planned
   * and it does not produce, and where nothing is known; not where one activity follows another.
   *
   * @param machine which
   * @param slices of the machine, ascending, without overlap
   * @return ascending; no two touch
   */
  public static List<ActivePeriod> of(String machine, List<TimeSlice> slices) {
    List<Span> active =
        slices.stream().filter(ActivePeriods::isActive).map(TimeSlice::span).toList();
    return Spans.of(active).list().stream().map(span -> new ActivePeriod(machine, span)).toList();
  }

  private static boolean isActive(TimeSlice slice) {
    return switch (slice.said()) {
      case PRODUCTION -> true;
      case SETUP, MINOR_STOP, BREAKDOWN, UNEXPLAINED ->
          slice.category() != TimeCategory.PLANNED_STOP
              && slice.category() != TimeCategory.UNSCHEDULED;
      case STARVED, BLOCKED, DELAY, PLANNED_STOP, UNSCHEDULED, NO_DATA, PENDING -> false;
    };
  }
}
