package io.linewright.oee.app.calendar;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.master.MasterBooks;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.masterdata.book.MasterBook;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Calendars", description = "When the plant works")
class CalendarController {

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final int MAX_DAYS = 400;

  /**
   * A shift.
   *
   * @param id what it is asked for by, one of its calendar: 2026-03-29/night
   * @param day plant day on which it opens
   * @param crew null: nobody says
   */
  record ShiftView(
      String id,
      String calendar,
      String name,
      String day,
      String from,
      String to,
      @Nullable String crew) {}

  /**
   * Time for which the same is planned.
   *
   * @param kind open, planned-stop or unscheduled
   * @param plantDay to which it belongs
   * @param shift id of the shift; null: outside of shifts
   * @param reason code of a planned stop; null: none
   */
  record PieceView(
      String from,
      String to,
      String kind,
      String plantDay,
      @Nullable String shift,
      @Nullable String reason) {}

  /** Shifts by begin. */
  record ShiftsView(List<ShiftView> shifts) {}

  /**
   * What a calendar makes of time.
   *
   * @param zone by whose clock it is written
   * @param shifts that have time in common with what was asked for
   * @param pieces all of that time
   */
  record PreviewView(
      String calendar, String zone, List<ShiftView> shifts, List<PieceView> pieces) {}

  private final MasterBooks books;

  CalendarController(MasterBooks books) {
    this.books = books;
  }

  @GetMapping(path = "/api/v1/calendars/{name}/preview", produces = "application/json")
  @Operation(
      operationId = "calendarPreview",
      summary = "What a calendar makes of a time: shifts, breaks, plant days",
      description =
          "The calendar as it is on the day of from; one that has no zone is shown by that of the"
              + " service. At most 400 days.")
  PreviewView preview(
      @PathVariable String name, @RequestParam String from, @RequestParam String to) {
    Span span = span(from, to);
    WorkCalendar calendar =
        books
            .current()
            .calendar(name, span.fromMicros())
            .orElseThrow(
                () ->
                    new RefusedException(
                        HttpStatus.NOT_FOUND,
                        "not-found",
                        "There is no calendar %s at %s".formatted(name, from)));
    Track<CalendarPiece> pieces = CalendarTimes.over(Track.constant(span, calendar), List.of());
    return new PreviewView(
        name,
        calendar.zone().id().getId(),
        CalendarTimes.shifts(calendar, span).stream().map(CalendarController::view).toList(),
        pieces.pieces().stream().map(CalendarController::view).toList());
  }

  @GetMapping(path = "/api/v1/shifts", produces = "application/json")
  @Operation(
      operationId = "shifts",
      summary = "Shifts of a piece of equipment that have time in common with from to to",
      description =
          "By the calendar that is assigned to it or to the nearest above. At most 400 days.")
  ShiftsView shifts(
      @RequestParam String equipment, @RequestParam String from, @RequestParam String to) {
    Span span = span(from, to);
    MasterBook book = books.current();
    Track<WorkCalendar> calendars = book.calendarOf(EquipmentPath.parse(equipment), span);
    List<PlannedInterval> none = List.of();
    Set<Shift> shifts = new LinkedHashSet<>();
    for (Piece<CalendarPiece> piece : CalendarTimes.over(calendars, none).pieces()) {
      Shift shift = piece.value().shift();
      if (shift != null) {
        shifts.add(shift);
      }
    }
    return new ShiftsView(shifts.stream().map(CalendarController::view).toList());
  }

  private static Span span(String from, String to) {
    long begin = Rfc3339.parse("from", from);
    long end = Rfc3339.parse("to", to);
    if (end <= begin || end - begin > MAX_DAYS * DAY_MICROS) {
      throw new IllegalArgumentException(
          "to must be after from, by at most %d days".formatted(MAX_DAYS));
    }
    return new Span(begin, end);
  }

  private static ShiftView view(Shift shift) {
    return new ShiftView(
        shift.id(),
        shift.calendar(),
        shift.name(),
        shift.day().toString(),
        Rfc3339.format(shift.span().fromMicros()),
        Rfc3339.format(shift.span().toMicros()),
        shift.crew());
  }

  private static PieceView view(Piece<CalendarPiece> piece) {
    CalendarPiece value = piece.value();
    Shift shift = value.shift();
    return new PieceView(
        Rfc3339.format(piece.span().fromMicros()),
        Rfc3339.format(piece.span().toMicros()),
        switch (value.kind()) {
          case OPEN -> "open";
          case PLANNED_STOP -> "planned-stop";
          case UNSCHEDULED -> "unscheduled";
        },
        value.plantDay().toString(),
        shift == null ? null : shift.id(),
        value.reason());
  }
}
