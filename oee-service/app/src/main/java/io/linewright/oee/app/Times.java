package io.linewright.oee.app;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times of the database, in microseconds since 1970-01-01T00:00:00Z, and infinite ones. */
public final class Times {

  /** Before all times: {@code -infinity}. */
  public static final long EVER = Long.MIN_VALUE;

  /** After all times: {@code infinity}. */
  public static final long ON = Long.MAX_VALUE;

  private static final long DAY = 86_400_000_000L;

  private Times() {}

  /** A column that is not null. */
  public static long micros(ResultSet row, int column) throws SQLException {
    return micros(row.getObject(column, OffsetDateTime.class));
  }

  /** A time that the driver gave. */
  public static long micros(OffsetDateTime time) {
    if (time.equals(OffsetDateTime.MIN)) {
      return EVER;
    }
    return time.equals(OffsetDateTime.MAX) ? ON : micros(time.toInstant());
  }

  /** Finer digits are cut. */
  public static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  /** As a parameter of a statement. */
  public static OffsetDateTime at(long micros) {
    if (micros == EVER) {
      return OffsetDateTime.MIN;
    }
    return micros == ON ? OffsetDateTime.MAX : instant(micros).atOffset(ZoneOffset.UTC);
  }

  /** A finite time. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The first instant of a day in UTC, microseconds since the epoch. */
  public static long begin(LocalDate day) {
    return Math.multiplyExact(day.toEpochDay(), DAY);
  }

  /** The day in UTC of an instant. */
  public static LocalDate day(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
  }
}
