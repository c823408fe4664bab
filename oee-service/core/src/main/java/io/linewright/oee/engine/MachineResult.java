package io.linewright.oee.engine;

import io.linewright.oee.count.CounterFact;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.order.InForce;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.List;
import java.util.function.Function;

/**
 * What a machine did in a time.
 *
 * @param window the time
 * @param cells they divide the window, ascending
 * @param slices what its time was; they divide the window, ascending
 * @param stops those that have time in common with the window, whole
 * @param irregular what is not plain about its counters
 * @param inForce what it worked on
 * @param settledMicros before this instant no later event changes anything but by being late: what
 *     is told in order leaves it as it is. At most the end of the window
 * @param extent the time that decides about the window
 * @param inputs of each cell what it was computed from, made when it is asked for
 */
public record MachineResult(
    Span window,
    List<Cell> cells,
    List<TimeSlice> slices,
    List<Stop> stops,
    List<CounterFact> irregular,
    Track<InForce> inForce,
    long settledMicros,
    Span extent,
    Function<Cell, InputHash> inputs) {

  public MachineResult {
    cells = List.copyOf(cells);
    slices = List.copyOf(slices);
    stops = List.copyOf(stops);
    irregular = List.copyOf(irregular);
  }
}
