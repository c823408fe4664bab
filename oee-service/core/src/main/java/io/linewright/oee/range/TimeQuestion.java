package io.linewright.oee.range;

import io.linewright.oee.time.Span;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Which time somebody asks for, in the words of a plant. */
public sealed interface TimeQuestion {

  /** First year of which a day can be asked for. */
  int FIRST_YEAR = 1900;

  /** Last year of which a day can be asked for. */
  int LAST_YEAR = 9999;

  /** Most shifts that can be counted back. */
  int FARTHEST_BACK = 100;

  /**
   * A stretch of time as it is.
   *
   * @param span which
   */
  record Between(Span span) implements TimeQuestion {}

  /**
   * Plant days.
   *
   * @param first of the years {@link #FIRST_YEAR} to {@link #LAST_YEAR}
   * @param last the same day or a later one
   */
  record OfDay(LocalDate first, LocalDate last) implements TimeQuestion {

    /**
     * @throws IllegalArgumentException if a day is out of range, or the last before the first
     */
    public OfDay {
      requireYear(first);
      requireYear(last);
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(last + " is before " + first);
      }
    }
  }

  /**
   * One shift.
   *
   * @param day on which it opened, of the years {@link #FIRST_YEAR} to {@link #LAST_YEAR}
   * @param name not blank
   */
  record OfShift(LocalDate day, String name) implements TimeQuestion {

    /**
     * @throws IllegalArgumentException if the day is out of range or the name blank
     */
    public OfShift {
      requireYear(day);
      requireText("shift", name);
    }
  }

  /**
   * The shift that is open now, or one before it.
   *
   * @param back 0 for the one that is open; 1 for the last that has closed; up to {@link
   *     #FARTHEST_BACK}
   */
  record OfRecentShift(int back) implements TimeQuestion {

    /**
     * @throws IllegalArgumentException if the number is out of range
     */
    public OfRecentShift {
      if (back < 0 || back > FARTHEST_BACK) {
        throw new IllegalArgumentException(
            "0 to %d shifts are counted back, not %d".formatted(FARTHEST_BACK, back));
      }
    }
  }

  /**
   * All the time in which an order was worked on; of each machine its own.
   *
   * @param order its identifier, not blank
   */
  record OfOrder(String order) implements TimeQuestion {

    /**
     * @throws IllegalArgumentException if it is blank
     */
    public OfOrder {
      requireText("order", order);
    }
  }

  /**
   * All the time in which a lot was made; of each machine its own.
   *
   * @param lot its identifier, not blank
   */
  record OfLot(String lot) implements TimeQuestion {

    /**
     * @throws IllegalArgumentException if it is blank
     */
    public OfLot {
      requireText("lot", lot);
    }
  }

  /**
   * Reads a question: {@code shift:2026-03-29/night}, {@code shift:current}, {@code
   * shift:previous}, {@code day:2026-03-29}, {@code day:2026-03-29/2026-03-31} with both days,
   * {@code order:PO-1}, {@code lot:L-7}. Names are taken as they are written.
   *
   * @return empty if the text is none of these
   */
  static Optional<TimeQuestion> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String what = text.substring(colon + 1);
    try {
      return switch (text.substring(0, colon)) {
        case "shift" -> Optional.of(shift(what));
        case "day" -> Optional.of(days(what));
        case "order" -> Optional.of(new OfOrder(what));
        case "lot" -> Optional.of(new OfLot(what));
        default -> Optional.empty();
      };
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static TimeQuestion shift(String what) {
    if (what.equals("current")) {
      return new OfRecentShift(0);
    }
    if (what.equals("previous")) {
      return new OfRecentShift(1);
    }
    // A name may have a slash, a day has none.
    String[] parts = what.split("/", 2);
    return new OfShift(LocalDate.parse(parts[0]), parts.length == 2 ? parts[1] : "");
  }

  private static TimeQuestion days(String what) {
    String[] parts = what.split("/", 2);
    LocalDate first = LocalDate.parse(parts[0]);
    return new OfDay(first, parts.length == 2 ? LocalDate.parse(parts[1]) : first);
  }

  private static void requireYear(LocalDate day) {
    if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(
          "%s is not of the years %d to %d".formatted(day, FIRST_YEAR, LAST_YEAR));
    }
  }

  private static void requireText(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the " + what + " has no name");
    }
  }
}
