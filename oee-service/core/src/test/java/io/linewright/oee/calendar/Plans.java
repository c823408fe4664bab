package io.linewright.oee.calendar;

import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Words of a plant for tests. */
public final class Plans {

  public static final PlantZone VIENNA = zone("Europe/Vienna");
  public static final LocalTime SIX = LocalTime.of(6, 0);

  /** Clocks that are changed by an hour, by half of one, by a day, by decree, never. */
  public static final List<PlantZone> ZONES =
      List.of(
          VIENNA,
          zone("America/New_York"),
          zone("America/Caracas"),
          zone("America/Sao_Paulo"),
          zone("America/St_Johns"),
          zone("Australia/Lord_Howe"),
          zone("Asia/Kolkata"),
          zone("Asia/Kathmandu"),
          zone("Europe/Istanbul"),
          zone("Pacific/Apia"),
          zone("Pacific/Kwajalein"),
          zone("UTC"));

  private Plans() {}

  public static PlantZone zone(String id) {
    return PlantZone.of(ZoneId.of(id));
  }

  public static long at(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(instant).toInstant());
  }

  public static Span span(String from, String to) {
    return new Span(at(from), at(to));
  }

  public static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  public static PlannedStop stop(String at, int minutes) {
    return stop(at, minutes, "break");
  }

  public static PlannedStop stop(String at, int minutes, String reason) {
    return new PlannedStop("at " + at, LocalTime.parse(at), Duration.ofMinutes(minutes), reason);
  }

  public static ShiftSlot slot(String name, String start, String end, PlannedStop... breaks) {
    return new ShiftSlot(name, LocalTime.parse(start), LocalTime.parse(end), null, List.of(breaks));
  }

  @SafeVarargs
  public static ShiftPattern pattern(String anchor, List<ShiftSlot>... cycle) {
    return new ShiftPattern(day(anchor), List.of(cycle), day("1900-01-01"), null);
  }

  public static WorkCalendar calendar(PlantZone zone, String dayStart, ShiftPattern... patterns) {
    return new WorkCalendar(
        "plant", zone, LocalTime.parse(dayStart), List.of(patterns), List.of(), 1);
  }

  public static WorkCalendar with(WorkCalendar calendar, DayException... exceptions) {
    return new WorkCalendar(
        calendar.name(),
        calendar.zone(),
        calendar.dayStart(),
        calendar.patterns(),
        List.of(exceptions),
        calendar.version());
  }

  public static WorkCalendar in(PlantZone zone, WorkCalendar calendar) {
    return new WorkCalendar(
        calendar.name(),
        zone,
        calendar.dayStart(),
        calendar.patterns(),
        calendar.exceptions(),
        calendar.version());
  }

  /** Early, late and night of eight hours, every day. */
  public static WorkCalendar threeShifts(PlantZone zone) {
    return calendar(
        zone,
        "06:00",
        pattern(
            "2026-01-05",
            List.of(
                slot("early", "06:00", "14:00"),
                slot("late", "14:00", "22:00"),
                slot("night", "22:00", "06:00"))));
  }

  public static Track<CalendarPiece> over(WorkCalendar calendar, Span whole) {
    return CalendarTimes.over(Track.constant(whole, calendar), List.of());
  }

  /** The one shift of a day that has this name. */
  public static Shift shift(WorkCalendar calendar, String day, String name) {
    return CalendarTimes.opened(calendar, day(day)).stream()
        .filter(shift -> shift.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public static Duration length(Span span) {
    return Duration.of(span.micros(), ChronoUnit.MICROS);
  }

  /** A checked calendar of 1 to 4 days, quarters of hours, a few exceptions, up to 4 shifts. */
  public static WorkCalendar random(RandomGenerator random, PlantZone zone, LocalDate around) {
    while (true) {
      List<List<ShiftSlot>> cycle = new ArrayList<>();
      int days = 1 + random.nextInt(4);
      for (int i = 0; i < days; i++) {
        cycle.add(slots(random));
      }
      List<DayException> exceptions = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        LocalDate day = around.plusDays(i - 2);
        if (random.nextInt(5) == 0) {
          exceptions.add(
              random.nextBoolean()
                  ? new DayException.Closed(day, "holiday")
                  : new DayException.Other(day, "overtime", slots(random)));
        }
      }
      WorkCalendar raw =
          new WorkCalendar(
              "random",
              zone,
              LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
              List.of(new ShiftPattern(around, cycle, around.minusDays(10), null)),
              exceptions,
              0);
      if (WorkCalendar.check(raw) instanceof WorkCalendar.Valid(WorkCalendar valid)) {
        return valid;
      }
    }
  }

  private static List<ShiftSlot> slots(RandomGenerator random) {
    int[] quarters = random.ints(random.nextInt(6), 0, 96 + 20).distinct().sorted().toArray();
    List<ShiftSlot> slots = new ArrayList<>();
    for (int i = 0; i + 1 < quarters.length && quarters[i] < 96; i++) {
      if (quarters[i + 1] - quarters[i] <= 96 && random.nextInt(5) != 0) {
        LocalTime start = LocalTime.MIDNIGHT.plusMinutes(15L * quarters[i]);
        LocalTime end = LocalTime.MIDNIGHT.plusMinutes(15L * quarters[i + 1]);
        List<PlannedStop> breaks = new ArrayList<>();
        for (int b = random.nextInt(3); b > 0; b--) {
          breaks.add(
              new PlannedStop(
                  "break " + b,
                  start.plusMinutes(random.nextInt(15 * (quarters[i + 1] - quarters[i]))),
                  Duration.ofMinutes(1 + random.nextInt(90)),
                  random.nextBoolean() ? "break" : "meeting"));
        }
        slots.add(new ShiftSlot("s" + i, start, end, random.nextBoolean() ? "A" : null, breaks));
      }
    }
    return slots;
  }
}
