package io.linewright.oee.masterdata.content;

import io.linewright.oee.calendar.CalendarRefusal;
import io.linewright.oee.calendar.CalendarRefusal.BreakOutside;
import io.linewright.oee.calendar.CalendarRefusal.DayTwice;
import io.linewright.oee.calendar.CalendarRefusal.PatternsOverlap;
import io.linewright.oee.calendar.CalendarRefusal.ShiftTwice;
import io.linewright.oee.calendar.CalendarRefusal.ShiftsOverlap;
import io.linewright.oee.calendar.DayException;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.ShiftPattern;
import io.linewright.oee.calendar.ShiftSlot;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads calendars. */
final class CalendarReader {

  private static final int MOST_PATTERNS = 100;
  private static final int MOST_EXCEPTIONS = 2_000;
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final Scalar<String> WHY = Scalars.text(120, "write why, in up to 120 characters");

  private CalendarReader() {}

  static Optional<CalendarPlan> read(String name, Block block) {
    if (name.equals(OnEquipment.ALWAYS)) {
      block.fault("is the name of the calendar that plans all time", "name it otherwise");
    }
    Optional<ZoneId> zone = block.optional("zone", Scalars.ZONE);
    LocalTime dayStart =
        block.optional("day-starts", Scalars.TIME_OF_DAY).orElse(LocalTime.MIDNIGHT);
    ShiftReader shifts = new ShiftReader(block.block("shifts"));
    List<ShiftPattern> patterns = new ArrayList<>();
    block
        .value("pattern")
        .flatMap(value -> pattern(value.block(), shifts))
        .ifPresent(patterns::add);
    for (Value item :
        block.items("patterns", MOST_PATTERNS, "list up to 100 patterns with from and to")) {
      pattern(item.block(), shifts).ifPresent(patterns::add);
    }
    List<DayException> exceptions = new ArrayList<>();
    for (Value item :
        block.items("exceptions", MOST_EXCEPTIONS, "list up to 2000 days that are otherwise")) {
      exception(item.block(), shifts).ifPresent(exceptions::add);
    }
    if (block.has("pattern") && block.has("patterns")) {
      block.fault("pattern", "is there beside patterns", "write all of them in patterns");
    }
    if (!shifts.none() && patterns.isEmpty() && exceptions.isEmpty() && block.isRight()) {
      block.fault(
          "shifts", "are in no pattern and no exception", "write a pattern with anchor and cycle");
    }
    CalendarPlan plan = new CalendarPlan(name, zone, dayStart, patterns, exceptions);
    if (block.isRight()) {
      check(plan, block);
    }
    return block.isRight() ? Optional.of(plan) : Optional.empty();
  }

  private static Optional<ShiftPattern> pattern(Block block, ShiftReader shifts) {
    Optional<LocalDate> anchor =
        block.required(
            "anchor", Scalars.DAY.advising("write a day on which the cycle begins, as 2026-01-05"));
    Optional<LocalDate> from = block.optional("from", Scalars.DAY);
    Optional<LocalDate> to = block.optional("to", Scalars.DAY);
    String right = "list the days of the cycle, 1 to 366, each a list of shifts";
    List<List<ShiftSlot>> cycle = new ArrayList<>();
    for (Value day :
        block
            .requiredValue("cycle", right)
            .map(value -> value.items(ShiftPattern.LONGEST, right))
            .orElse(List.of())) {
      cycle.add(shifts.day(day));
    }
    block.end();
    if (block.isRight() && cycle.isEmpty()) {
      block.fault("cycle", "has no day", right);
    }
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      block.fault("to", "is before the begin", "write the last day on which it holds");
    }
    return block.isRight() && anchor.isPresent()
        ? Optional.of(new ShiftPattern(anchor.get(), cycle, from.orElse(FIRST), to.orElse(null)))
        : Optional.empty();
  }

  private static Optional<DayException> exception(Block block, ShiftReader shifts) {
    Optional<LocalDate> day = block.required("day", Scalars.DAY);
    Optional<String> closed = block.optional("closed", WHY);
    Optional<Value> other = block.value("shifts");
    Optional<String> reason = block.optional("reason", WHY);
    block.end();
    if (block.has("closed") == other.isPresent()) {
      block.fault(
          other.isPresent() ? "has both closed and shifts" : "has neither closed nor shifts",
          "write closed: why, or shifts and a reason");
      return Optional.empty();
    }
    if (other.isPresent()) {
      List<ShiftSlot> slots = shifts.day(other.get());
      if (reason.isEmpty()) {
        block.requiredValue("reason", WHY.right());
      }
      return day.isEmpty() || reason.isEmpty()
          ? Optional.empty()
          : Optional.of(new DayException.Other(day.get(), reason.get(), slots));
    }
    if (reason.isPresent()) {
      block.fault("reason", "is there beside closed, which says why", "remove it");
    }
    return day.isEmpty() || closed.isEmpty()
        ? Optional.empty()
        : Optional.of(new DayException.Closed(day.get(), closed.get()));
  }

  /** The checks compare wall clocks, which are the same in all zones. */
  private static void check(CalendarPlan plan, Block block) {
    if (WorkCalendar.check(plan.in(PlantZone::of, ZoneOffset.UTC))
        instanceof WorkCalendar.Refused refused) {
      for (CalendarRefusal why : refused.why()) {
        switch (why) {
          case ShiftsOverlap overlap ->
              block.fault("shifts", overlap.text(), "let each end when the next one starts");
          case ShiftTwice twice -> block.fault("shifts", twice.text(), "name each once a day");
          case BreakOutside outside ->
              block.fault("shifts", outside.text(), "let it begin within the shift");
          case PatternsOverlap overlap ->
              block.fault("patterns", overlap.text(), "let each end before the next one begins");
          case DayTwice twice -> block.fault("exceptions", twice.text(), "write one of them");
        }
      }
    }
  }
}
