package io.linewright.oee.app.figures;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.PlantDays;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.engine.MachineResult;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.KpiScope;
import io.linewright.oee.kpi.KpiTable;
import io.linewright.oee.order.InForce;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What machines do now, and what they made of the shift so far. */
final class Board {

  private static final double SECOND = 1_000_000;
  private static final List<Kpi> SHOWN =
      List.of(Kpi.OEE_INDEX, Kpi.AVAILABILITY, Kpi.EFFECTIVENESS, Kpi.QUALITY_RATIO);

  private Board() {}

  /**
   * The shift that is open, or the plant day if none is.
   *
   * @param name of the shift; null: outside of shifts
   */
  record ShiftView(@Nullable String name, String day, Instant from) {}

  /**
   * The newest reading of a counter.
   *
   * @param tag name of the counter's tag
   * @param value as it came
   */
  record ReadingView(String tag, String kind, double value, Instant time) {}

  /**
   * A stop that goes on.
   *
   * @param reason code; null: none is given
   * @param reasonNeeded whether somebody has to give one
   */
  record OpenStop(
      String category,
      @Nullable String reason,
      boolean reasonNeeded,
      Instant from,
      double seconds) {}

  /**
   * A machine now.
   *
   * @param state native state, as it told it; empty: none is known
   * @param category what the time is
   * @param since when that began, at the earliest with the shift
   * @param good items of the shift so far
   * @param kpis of the shift so far: oeeIndex, availability, effectiveness, qualityRatio
   * @param readings newest of each counter
   * @param completeUntil all states and counts before it have been told; null: nobody says
   */
  record MachineNow(
      String machine,
      String state,
      String category,
      Instant since,
      ShiftView shift,
      double plannedBusySeconds,
      double productionSeconds,
      double produced,
      double good,
      double reject,
      Map<String, FiguresViews.KpiView> kpis,
      List<ReadingView> readings,
      @Nullable String order,
      @Nullable String product,
      @Nullable OpenStop stop,
      @Nullable Instant completeUntil) {}

  /**
   * A machine.
   *
   * @param standing where it stands; its span is not used
   * @param nowMicros the present
   */
  static MachineNow of(Snapshot snapshot, Standing standing, long nowMicros) {
    Span instant = new Span(nowMicros, nowMicros + 1);
    WorkCalendar calendar = snapshot.calendars(standing.path(), instant).at(nowMicros);
    CalendarPiece plan = snapshot.calendar(standing.path(), instant).at(nowMicros);
    Shift shift = plan.shift();
    long from =
        shift == null ? PlantDays.begin(calendar, plan.plantDay()) : shift.span().fromMicros();
    Span soFar = new Span(Math.min(from, nowMicros), nowMicros + 1);
    MachineResult result = snapshot.computed(standing.during(soFar), List.of());
    Elements sum = Elements.NONE;
    for (Cell cell : result.cells()) {
      sum = sum.plus(cell.elements());
    }
    long known = known(snapshot, standing, nowMicros);
    TimeSlice last = at(result.slices(), Math.clamp(known - 1, soFar.fromMicros(), nowMicros));
    InForce inForce = result.inForce().at(nowMicros);
    OptionalLong complete = snapshot.knowledge(standing).completeUntil();
    return new MachineNow(
        standing.path().toString(),
        last.state(),
        Names.value(last.category()),
        Times.instant(last.span().fromMicros()),
        new ShiftView(
            shift == null ? null : shift.name(),
            plan.plantDay().toString(),
            Times.instant(soFar.fromMicros())),
        FiguresViews.elements(sum).getOrDefault("PBT", 0.0),
        FiguresViews.elements(sum).getOrDefault("APT", 0.0),
        sum.counts().produced().units(),
        sum.counts().good().units(),
        sum.counts().reject().units(),
        kpis(sum),
        readings(snapshot.input(standing, soFar).history()),
        inForce.order(),
        inForce.product(),
        open(result.stops(), nowMicros),
        complete.isEmpty() ? null : Times.instant(complete.getAsLong()));
  }

  /** First instant of which it is not known yet what the machine told. */
  private static long known(Snapshot snapshot, Standing standing, long nowMicros) {
    return Math.min(nowMicros + 1, snapshot.knowledge(standing).knownUntil());
  }

  private static TimeSlice at(List<TimeSlice> slices, long micros) {
    for (TimeSlice slice : slices) {
      if (slice.span().contains(micros)) {
        return slice;
      }
    }
    return slices.getLast();
  }

  private static Map<String, FiguresViews.KpiView> kpis(Elements sum) {
    Map<String, FiguresViews.KpiView> kpis = new LinkedHashMap<>();
    for (Kpi kpi : SHOWN) {
      kpis.put(
          Names.key(kpi),
          FiguresViews.KpiView.of(KpiTable.of(kpi, sum, KpiScope.NONE, KpiOptions.DEFAULT)));
    }
    return kpis;
  }

  private static List<ReadingView> readings(MachineHistory history) {
    Map<TrackName, ReadingView> newest = new LinkedHashMap<>();
    history
        .tracks()
        .forEach(
            (track, events) -> {
              for (MachineEvent event : events) {
                if (event instanceof CountRead read && read.says() && read.reading() != null) {
                  newest.put(
                      track,
                      new ReadingView(
                          track.tag(),
                          Names.value(track.kind()),
                          read.reading(),
                          Times.instant(read.key().micros())));
                }
              }
            });
    return List.copyOf(newest.values());
  }

  private static @Nullable OpenStop open(List<Stop> stops, long nowMicros) {
    if (stops.isEmpty() || !stops.getLast().open()) {
      return null;
    }
    Stop stop = stops.getLast();
    return new OpenStop(
        Names.value(stop.category()),
        stop.reason(),
        stop.reasonNeeded(),
        Times.instant(stop.span().fromMicros()),
        Math.max(0, nowMicros - stop.span().fromMicros()) / SECOND);
  }
}
