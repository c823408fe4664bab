package io.linewright.oee.app.read;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.engine.MachineInput;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which time of which machines is meant by a question. */
public final class Questions {

  private static final long DAY = 86_400_000_000L;

  private final Scopes scopes;

  Questions(Scopes scopes) {
    this.scopes = scopes;
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
    List<Standing> standings = scopes.of(equipment, around);
    Map<String, Track<WorkCalendar>> calendars = new HashMap<>();
    for (Standing standing : standings) {
      calendars.computeIfAbsent(
          standing.path().toString(), path -> snapshot.calendars(standing.path(), around));
    }
    TimeAnswer answer = TimeRanges.of(question, calendars, Map.of(), Map.of(), nowMicros);
    return switch (answer) {
      case TimeAnswer.Unknown(String what) ->
          throw new RefusedException(
              HttpStatus.NOT_FOUND, "unknown-range", "No such time: " + what);
      case TimeAnswer.Found found -> {
        List<Standing> parts = new ArrayList<>();
        for (Standing standing : standings) {
          found.byMachine().getOrDefault(standing.path().toString(), Spans.NONE).list().stream()
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
      case TimeQuestion.OfOrder _, TimeQuestion.OfLot _ -> MachineInput.ALL_TIME;
    };
  }

  private static long micros(LocalDate day) {
    return day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC) * 1_000_000;
  }
}
