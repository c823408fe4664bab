package io.linewright.oee.downtime;

import io.linewright.oee.downtime.Episodes.Episode;
import io.linewright.oee.slice.SliceFlag;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/** What stops are by their length. */
public final class LengthRules {

  /** What comes from inside a machine, so that somebody there knows the reason. */
  private static final Set<TimeCategory> INSIDE =
      EnumSet.of(TimeCategory.BREAKDOWN, TimeCategory.UNEXPLAINED, TimeCategory.MINOR_STOP);

  private LengthRules() {}

  /**
   * The slices as they count. The length of an episode is its planned busy time, also if somebody
   * divided it: two halves of a long stop are no minor stops.
   *
   * <ul>
   *   <li>If it is shorter than the minimum, and production is directly before or after it, perhaps
   *       across a break, then its planned busy time is production: lost speed. What was said of it
   *       stays. Production is never made of time between gaps in the data.
   *   <li>Otherwise a minor stop without a reason is not explained if it is longer than the
   *       ceiling.
   *   <li>Longer than the ceiling, from inside the machine and without a reason, it is {@link
   *       SliceFlag#FORCED}, whatever the machine says that it is.
   *   <li>Its first slice, and that of each part of it, is {@link SliceFlag#FIRST_OF_EPISODE}.
   * </ul>
   *
   * <p>An episode that still goes on is judged by its length so far.
   *
   * @param slices a partition of time, ascending, with signals and words
   * @param rules those of an instant, microseconds since 1970-01-01T00:00:00Z: the begin of the
   *     episode decides
   * @return a partition of the same time
   */
  public static List<TimeSlice> apply(List<TimeSlice> slices, LongFunction<StopRules> rules) {
    List<TimeSlice> judged = new ArrayList<>(slices);
    for (Episode run : Episodes.runs(slices)) {
      StopRules of = rules.apply(slices.get(run.from()).span().fromMicros());
      boolean absorbed = run.besideProduction() && run.busyMicros() < of.minimumMicros();
      boolean tooLong = run.busyMicros() > of.ceilingMicros();
      for (int i = run.from(); i < run.to(); i++) {
        TimeSlice slice = slices.get(i);
        if (slice.category().plannedBusy()) {
          judged.set(i, absorbed ? absorbed(slice) : judged(slice, tooLong, of));
        }
      }
    }
    List<Episode> stops = Episodes.stops(judged);
    judged.replaceAll(slice -> with(slice, slice.category(), without(slice)));
    for (Episode stop : stops) {
      TimeSlice slice = judged.get(stop.from());
      judged.set(
          stop.from(),
          with(slice, slice.category(), Episodes.with(slice.flags(), SliceFlag.FIRST_OF_EPISODE)));
    }
    return List.copyOf(judged);
  }

  private static TimeSlice absorbed(TimeSlice slice) {
    return with(slice, TimeCategory.PRODUCTION, without(slice));
  }

  private static TimeSlice judged(TimeSlice slice, boolean tooLong, StopRules rules) {
    if (!tooLong || slice.reason() != null || !INSIDE.contains(slice.category())) {
      return slice;
    }
    return with(
        slice,
        slice.category() == TimeCategory.MINOR_STOP ? TimeCategory.UNEXPLAINED : slice.category(),
        rules.forcedReason() ? Episodes.with(slice.flags(), SliceFlag.FORCED) : slice.flags());
  }

  private static Set<SliceFlag> without(TimeSlice slice) {
    if (!slice.has(SliceFlag.FIRST_OF_EPISODE)) {
      return slice.flags();
    }
    Set<SliceFlag> rest = EnumSet.copyOf(slice.flags());
    rest.remove(SliceFlag.FIRST_OF_EPISODE);
    return rest;
  }

  private static TimeSlice with(TimeSlice slice, TimeCategory category, Set<SliceFlag> flags) {
    return new TimeSlice(
        slice.span(), category, slice.said(), slice.state(), slice.reason(), flags);
  }
}
