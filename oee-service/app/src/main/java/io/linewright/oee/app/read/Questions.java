package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.order.InForce;
import io.linewright.oee.range.TimeAnswer;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.range.TimeRanges;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which time of which machines is meant by a question. */
public final class Questions {

  private static final long DAY = 86_400_000_000L;

  private final Scopes scopes;
  private final LogReader log;
  private final int machineDays;

  Questions(Scopes scopes, LogReader log, int machineDays) {
    this.scopes = scopes;
    this.log = log;
    this.machineDays = machineDays;
  }

  /**
   * The time of each machine.
   *
   * @param equipment null: all of the plant
   * @param nowMicros the present
   * @throws RefusedException {@code unknown-equipment}, or {@code unknown-range} if no machine has
   *     such a time
   */
  public Asked of(
      Snapshot snapshot, @Nullable EquipmentPath equipment, TimeQuestion question, long nowMicros) {
    if (question instanceof TimeQuestion.Between(Span span)) {
      return new Asked("as asked", span, scopes.of(equipment, span));
    }
    Span around = around(question, nowMicros);
    if (question instanceof TimeQuestion.OfOrder || question instanceof TimeQuestion.OfLot) {
      return worked(snapshot, scopes.of(equipment, around), question, nowMicros);
    }
    List<Standing> standings = scopes.of(equipment, around);
    Map<String, Track<WorkCalendar>> calendars = new HashMap<>();
    for (Standing standing : standings) {
      calendars.computeIfAbsent(
          standing.path().toString(), path -> snapshot.calendars(standing.path(), around));
    }
    TimeAnswer answer = TimeRanges.of(question, calendars, Map.of(), Map.of(), nowMicros);
    return asked(answer, standings, standing -> standing.path().toString());
  }

  /** The time in which an order was worked on, or a lot made, by what was said of that alone. */
  private Asked worked(
      Snapshot snapshot, List<Standing> standings, TimeQuestion question, long nowMicros) {
    boolean ofLot = question instanceof TimeQuestion.OfLot;
    Set<TrackKind> kinds =
        ofLot ? EnumSet.of(TrackKind.ORDER, TrackKind.LOT) : EnumSet.of(TrackKind.ORDER);
    OeeReader.requireFew(
        log.days(standings.stream().map(one -> one.machine().id()).distinct().toList(), kinds),
        machineDays);
    Map<String, Track<Optional<String>>> tracks = new HashMap<>();
    for (Standing standing : standings) {
      Track<InForce> worked = snapshot.worked(standing, kinds);
      tracks.put(
          name(standing), worked.map(now -> Optional.ofNullable(ofLot ? now.lot() : now.order())));
    }
    TimeAnswer answer = TimeRanges.of(question, Map.of(), tracks, tracks, nowMicros);
    return asked(answer, standings, Questions::name);
  }

  /** Several machines may have stood at one path. */
  private static String name(Standing standing) {
    return standing.path() + "@" + standing.machine().id() + "@" + standing.span().fromMicros();
  }

  private static Asked asked(
      TimeAnswer answer, List<Standing> standings, Function<Standing, String> name) {
    return switch (answer) {
      case TimeAnswer.Unknown(String what) ->
          throw new RefusedException(
              HttpStatus.NOT_FOUND, "unknown-range", "No such time: " + what);
      case TimeAnswer.Found found -> {
        List<Standing> parts = new ArrayList<>();
        for (Standing standing : standings) {
          found.byMachine().getOrDefault(name.apply(standing), Spans.NONE).list().stream()
              .map(span -> span.and(standing.span()))
              .flatMap(Optional::stream)
              .map(standing::during)
              .forEach(parts::add);
        }
        parts.sort(
            Comparator.comparing((Standing part) -> part.path().toString())
                .thenComparing(Standing::span));
        yield new Asked(found.title(), found.bounds(), parts);
      }
    };
  }

  /** The time in which the answer must lie. */
  private static Span around(TimeQuestion question, long nowMicros) {
    return switch (question) {
      case TimeQuestion.Between(Span span) -> span;
      case TimeQuestion.OfDay(LocalDate first, LocalDate last) ->
          new Span(micros(first) - 3 * DAY, micros(last) + 4 * DAY);
      case TimeQuestion.OfShift(LocalDate day, String _) ->
          new Span(micros(day) - 3 * DAY, micros(day) + 5 * DAY);
      case TimeQuestion.OfRecentShift _ ->
          new Span(nowMicros - (TimeRanges.LONGEST_PAUSE + 1) * DAY, nowMicros + 2 * DAY);
      // What an order is said to do after now is no time that it was worked on.
      case TimeQuestion.OfOrder _, TimeQuestion.OfLot _ ->
          new Span(MachineInput.ALL_TIME.fromMicros(), nowMicros);
    };
  }

  private static long micros(LocalDate day) {
    return day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC) * 1_000_000;
  }
}
