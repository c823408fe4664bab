package io.linewright.oee.line;

import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the time of stations and lines counts as. */
public final class LineStates {

  private LineStates() {}

  /**
   * The state of a line is that of the station of its key machine.
   *
   * @param whole the time that is asked for
   * @param keyMachine as {@link LineTopology#keyMachine(Map)} finds it
   * @param slices of the machines, ascending, without overlap; where there is none nothing is known
   * @throws IllegalArgumentException if the key machine is not in the line
   */
  public static Track<TimeCategory> of(
      Span whole, LineTopology line, String keyMachine, Map<String, List<TimeSlice>> slices) {
    int position =
        line.position(keyMachine)
            .orElseThrow(
                () -> new IllegalArgumentException(keyMachine + " is not in line " + line.line()));
    return ofStation(whole, line.stations().get(position), slices);
  }

  /**
   * A station produces if enough of its machines do. If it does not, it is what keeps the machine
   * that lacks from producing: of those that do not produce the ones nearest to it, in the order of
   * {@link TimeCategory}, would have to. If machines of which nothing is known could be enough,
   * nothing is known of the station.
   *
   * @param whole the time that is asked for
   * @param slices of the machines, ascending, without overlap; where there is none nothing is known
   */
  public static Track<TimeCategory> ofStation(
      Span whole, Station station, Map<String, List<TimeSlice>> slices) {
    Track<List<TimeCategory>> all = Track.constant(whole, List.of());
    for (String machine : station.machines()) {
      all =
          all.with(
              MachineTracks.of(
                  whole,
                  slices.getOrDefault(machine, List.of()),
                  TimeCategory.NO_DATA,
                  TimeSlice::category),
              LineStates::plus);
    }
    return all.map(categories -> state(categories, station.minimumRunning()));
  }

  private static List<TimeCategory> plus(List<TimeCategory> some, TimeCategory another) {
    List<TimeCategory> more = new ArrayList<>(some);
    more.add(another);
    return more;
  }

  private static TimeCategory state(List<TimeCategory> machines, int minimum) {
    List<TimeCategory> known =
        machines.stream().filter(category -> !isUnknown(category)).sorted().toList();
    long running = known.stream().filter(category -> category == TimeCategory.PRODUCTION).count();
    int unknown = machines.size() - known.size();
    if (running >= minimum) {
      return TimeCategory.PRODUCTION;
    }
    if (running + unknown >= minimum) {
      return machines.contains(TimeCategory.PENDING) ? TimeCategory.PENDING : TimeCategory.NO_DATA;
    }
    return known.get(minimum - 1 - unknown);
  }

  private static boolean isUnknown(TimeCategory category) {
    return category == TimeCategory.NO_DATA || category == TimeCategory.PENDING;
  }
}
