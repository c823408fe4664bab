package io.linewright.oee.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The wall clock of a plant, with the rules by which it is read now. The rules are part of it, so
 * that an update of them can be noticed, tested and compared with what held before.
 *
 * @param id name of the zone
 * @param rules which offset from UTC it has when
 */
public record PlantZone(ZoneId id, ZoneRules rules) {

  /** The zone with the rules that this JVM's time zone database has. */
  public static PlantZone of(ZoneId id) {
    return new PlantZone(id, id.getRules());
  }

  /**
   * The zone with rules that were seen before, as {@link #fingerprint} wrote them. They hold for
   * the years of the fingerprint; before and after them the offset is that of the first and the
   * last instant of these years.
   *
   * @throws IllegalArgumentException if the text is not a fingerprint
   */
  public static PlantZone seen(ZoneId id, String fingerprint) {
    String[] parts = fingerprint.split(";", -1);
    try {
      ZoneOffset first = ZoneOffset.ofTotalSeconds(Integer.parseInt(parts[0]));
      List<ZoneOffsetTransition> transitions = new ArrayList<>(parts.length - 1);
      ZoneOffset before = first;
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        long at = Long.parseLong(parts[i].substring(0, equals));
        ZoneOffset after =
            ZoneOffset.ofTotalSeconds(Integer.parseInt(parts[i].substring(equals + 1)));
        LocalDateTime clock = LocalDateTime.ofEpochSecond(at, 0, before);
        transitions.add(ZoneOffsetTransition.of(clock, before, after));
        before = after;
      }
      return new PlantZone(id, ZoneRules.of(first, first, List.of(), transitions, List.of()));
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("no fingerprint of a zone: " + fingerprint, malformed);
    }
  }

  /**
   * The instant at which the wall clock shows a time. A time that is left out when the clock is put
   * forward is the instant of that change; of a time that it shows twice it is the first. So an
   * earlier time is never a later instant.
   *
   * @return microseconds since 1970-01-01T00:00:00Z; what is finer is cut off
   * @throws ArithmeticException if no long holds it, some 292,000 years from now
   */
  public long micros(LocalDate day, LocalTime time) {
    LocalDateTime clock = LocalDateTime.of(day, time);
    ZoneOffsetTransition change = rules.getTransition(clock);
    // Of two offsets the rules answer the earlier one.
    return micros(
        change != null && change.isGap()
            ? change.getInstant()
            : clock.toInstant(rules.getOffset(clock)));
  }

  /** What the wall clock shows at an instant, in microseconds since the epoch. */
  public LocalDateTime clock(long micros) {
    Instant instant = instant(micros);
    return LocalDateTime.ofEpochSecond(
        instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
  }

  /**
   * Whether the zone ever had that day. Apia had no 2011-12-30: it changed the side of the date
   * line.
   */
  public boolean has(LocalDate day) {
    return micros(day, LocalTime.MIDNIGHT) < micros(day.plusDays(1), LocalTime.MIDNIGHT);
  }

  /** The next day that the zone has. */
  public LocalDate next(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (!has(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /** The last day before that the zone has. */
  public LocalDate previous(LocalDate day) {
    LocalDate previous = day.minusDays(1);
    while (!has(previous)) {
      previous = previous.minusDays(1);
    }
    return previous;
  }

  /** The first instant after the given one at which the clock is changed; empty if never again. */
  public OptionalLong changeAfter(long micros) {
    ZoneOffsetTransition next = rules.nextTransition(instant(micros));
    return next == null ? OptionalLong.empty() : OptionalLong.of(micros(next.getInstant()));
  }

  /**
   * The rules of some years as text: equal for equal rules, wherever they come from. {@link #seen}
   * reads it, so that what an update changed can be computed when only the text was kept.
   *
   * @param fromYear first year, by UTC
   * @param toYear last year, by UTC
   */
  public String fingerprint(int fromYear, int toYear) {
    Instant from = Year.of(fromYear).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant end = Year.of(toYear + 1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    text.append(rules.getOffset(from).getTotalSeconds());
    for (ZoneOffsetTransition change = rules.nextTransition(from);
        change != null && change.getInstant().isBefore(end);
        change = rules.nextTransition(change.getInstant())) {
      text.append(';')
          .append(change.toEpochSecond())
          .append('=')
          .append(change.getOffsetAfter().getTotalSeconds());
    }
    return text.toString();
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
