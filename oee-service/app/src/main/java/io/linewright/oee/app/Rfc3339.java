package io.linewright.oee.app;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Instants as text of RFC 3339 in UTC with six decimals, quickly: a page has up to 150,000. */
public final class Rfc3339 {

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final String SHAPE = "0000-00-00T00:00:00.";

  private Rfc3339() {}

  /** Formats times of which neighbours are often equal, such as those of a batch. */
  public static final class Repeating {
    private long lastMicros;
    private String lastText = Rfc3339.format(0);

    /** As {@link Rfc3339#format}. */
    public String format(long micros) {
      if (micros != lastMicros) {
        lastText = Rfc3339.format(micros);
        lastMicros = micros;
      }
      return lastText;
    }
  }

  /** {@code 2026-01-31T23:59:59.000001Z}, for the years 0 to 9999. */
  public static String format(long micros) {
    long day = Math.floorDiv(micros, MICROS_PER_DAY);
    long rest = Math.floorMod(micros, MICROS_PER_DAY);
    LocalDate date = LocalDate.ofEpochDay(day);
    byte[] text = new byte[27];
    digits(text, 0, 4, date.getYear());
    text[4] = '-';
    digits(text, 5, 2, date.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, date.getDayOfMonth());
    text[10] = 'T';
    long seconds = rest / 1_000_000;
    digits(text, 11, 2, seconds / 3600);
    text[13] = ':';
    digits(text, 14, 2, seconds / 60 % 60);
    text[16] = ':';
    digits(text, 17, 2, seconds % 60);
    text[19] = '.';
    digits(text, 20, 6, rest % 1_000_000);
    text[26] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Microseconds since the epoch of an instant with offset; finer digits are cut.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static long parse(String name, String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() < 0 || time.getYear() > 9999) {
        throw new IllegalArgumentException(name + " must lie in the years 0 to 9999");
      }
      return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    } catch (DateTimeParseException notATime) {
      throw new IllegalArgumentException(
          "%s must be an instant with offset like 2026-01-31T06:00:00Z, not '%s'%s"
              .formatted(name, text, text.indexOf(' ') < 0 ? "" : " (+ in a URL is %2B)"),
          notATime);
    }
  }

  /**
   * Microseconds since the epoch of an instant as {@link Instant#toString} writes it, in UTC with
   * any or no decimals; finer digits are cut. Usual ones are read without the library, which takes
   * longer than all else that is done with an event.
   *
   * @throws DateTimeParseException if it is no instant
   */
  public static long instant(String text) {
    int length = text.length();
    boolean usual =
        (length == 20 || length == 24 || length == 27)
            && text.charAt(length - 1) == 'Z'
            && shaped(text, length - 1);
    return usual ? usual(text, length - 1) : Times.micros(Instant.parse(text));
  }

  /** Whether it is digits but for the signs between them, and the numbers are usual ones. */
  private static boolean shaped(String text, int end) {
    for (int i = 0; i < end; i++) {
      char expected = i < SHAPE.length() ? SHAPE.charAt(i) : '0';
      char c = text.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return number(text, 5, 7) >= 1
        && number(text, 5, 7) <= 12
        && number(text, 8, 10) >= 1
        && number(text, 8, 10) <= 28
        && number(text, 11, 13) <= 23
        && number(text, 14, 16) <= 59
        && number(text, 17, 19) <= 59;
  }

  private static long usual(String text, int end) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    long seconds = number(text, 11, 13) * 3600L + number(text, 14, 16) * 60L + number(text, 17, 19);
    long fraction = end == 19 ? 0 : number(text, 20, end) * (end == 23 ? 1_000L : 1L);
    return day * MICROS_PER_DAY + seconds * 1_000_000 + fraction;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static void digits(byte[] text, int from, int count, long number) {
    long rest = number;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
