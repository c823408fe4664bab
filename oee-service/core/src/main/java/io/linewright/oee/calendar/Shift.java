package io.linewright.oee.calendar;

import io.linewright.oee.time.Span;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A shift that is, was or will be.
 *
 * @param calendar name of its calendar, not blank
 * @param name not blank
 * @param day on which it opened, also if most of it is on the next: it belongs to that plant day
 * @param span when
 * @param crew who works; null if nobody says
 */
public record Shift(String calendar, String name, LocalDate day, Span span, @Nullable String crew) {

  /**
   * @throws IllegalArgumentException if a name is blank
   */
  public Shift {
    if (calendar.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a shift and its calendar need names");
    }
  }

  /** What it is asked for by, one of its calendar: 2026-03-29/night. */
  public String id() {
    return day + "/" + name;
  }

  /** Whether the other is this shift, of the same crew, maybe at another time. */
  boolean isSameAs(Shift other) {
    return new Shift(calendar, name, day, other.span, crew).equals(other);
  }
}
