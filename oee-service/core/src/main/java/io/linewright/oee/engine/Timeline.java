package io.linewright.oee.engine;

import io.linewright.oee.order.InForce;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.state.Known;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.List;

/**
 * What a machine's time was. Near its ends it may be wrong, as what comes before and after them
 * decides there: {@link MachineExtent} tells how near.
 *
 * @param whole the time
 * @param explained with the reasons that the machine and people gave; they divide the whole
 * @param slices the same as it counts, by the lengths of stops
 * @param inForce what was worked on
 * @param known whether it is known which state the machine told
 */
public record Timeline(
    Span whole,
    List<TimeSlice> explained,
    List<TimeSlice> slices,
    Track<InForce> inForce,
    Track<Known> known) {

  public Timeline {
    explained = List.copyOf(explained);
    slices = List.copyOf(slices);
  }
}
