package io.linewright.ingest.bucket;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Units of a calendar that buckets follow; their length in hours varies with clock changes. */
public enum CalendarUnit {
  /** From midnight to midnight: 24 hours, at clock changes mostly 23 or 25. */
  DAY {
    @Override
    LocalDate start(LocalDate date) {
      return date;
    }

    @Override
    LocalDate next(LocalDate start) {
      return start.plusDays(1);
    }
  },
  /** From Monday to Sunday (ISO 8601). */
  WEEK {
    @Override
    LocalDate start(LocalDate date) {
      return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate next(LocalDate start) {
      return start.plusWeeks(1);
    }
  },
  /** From the first of a month to its last day. */
  MONTH {
    @Override
    LocalDate start(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    LocalDate next(LocalDate start) {
      return start.plusMonths(1);
    }
  };

  /** First date of the unit that a date lies in. */
  abstract LocalDate start(LocalDate date);

  /** First date of the unit after the one that starts at a date. */
  abstract LocalDate next(LocalDate start);
}
