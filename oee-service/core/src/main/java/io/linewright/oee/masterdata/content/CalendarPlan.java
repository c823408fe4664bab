package io.linewright.oee.masterdata.content;

import io.linewright.oee.calendar.DayException;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.ShiftPattern;
import io.linewright.oee.calendar.WorkCalendar;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A calendar as it is written: it may leave its zone to the site that uses it.
 *
 * @param name what it is called
 * @param zone by whose wall clock it is written; empty: that of the site
 * @param dayStart when plant days begin
 * @param patterns shifts that come again
 * @param exceptions days that are otherwise
 */
public record CalendarPlan(
    String name,
    Optional<ZoneId> zone,
    LocalTime dayStart,
    List<ShiftPattern> patterns,
    List<DayException> exceptions)
    implements Content {

  public CalendarPlan {
    patterns = List.copyOf(patterns);
    exceptions = List.copyOf(exceptions);
  }

  @Override
  public String key() {
    return name;
  }

  /**
   * The calendar.
   *
   * @param zones the rules of a zone
   * @param site zone of the site that uses it
   */
  public WorkCalendar in(Function<ZoneId, PlantZone> zones, ZoneId site) {
    return new WorkCalendar(
        name, zones.apply(zone.orElse(site)), dayStart, patterns, exceptions, 0);
  }
}
