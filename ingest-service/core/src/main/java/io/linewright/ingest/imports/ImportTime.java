package io.linewright.ingest.imports;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Times of a file: RFC 3339 with offset. */
public final class ImportTime {

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private ImportTime() {}

  /**
   * Microseconds since the epoch. Finer digits are cut towards the past, as the edge does.
   *
   * @throws IllegalArgumentException if the text is no instant with offset
   */
  public static long parse(String text) {
    if (text.length() > 40 || !RFC_3339.matcher(text).matches()) {
      throw refused(text);
    }
    try {
      OffsetDateTime time =
          OffsetDateTime.parse(text.charAt(10) == ' ' ? text.replace(' ', 'T') : text);
      return time.toEpochSecond() * 1_000_000L + time.getNano() / 1_000;
    } catch (DateTimeParseException noSuchTime) {
      throw refused(text);
    }
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "'%s' is no time with offset like 2026-01-31T06:00:00.000001+01:00"
            .formatted(ImportText.shortened(text)));
  }
}
