package io.linewright.oee.masterdata.book;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.PlantDays;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.content.CalendarPlan;
import io.linewright.oee.masterdata.content.OnEquipment.Assignment;
import io.linewright.oee.masterdata.content.OnEquipment.Site;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Which zone and which calendar equipment has. */
final class Calendars {

  private final Dated<Site> sites;
  private final Dated<CalendarPlan> calendars;
  private final Dated<Assignment> assignments;
  private final ZoneId service;
  private final Function<ZoneId, PlantZone> zones;

  Calendars(Entries entries, ZoneId service, Function<ZoneId, PlantZone> zones) {
    this.sites = new Dated<>(entries, MasterKind.SITE, Site.class);
    this.calendars = new Dated<>(entries, MasterKind.CALENDAR, CalendarPlan.class);
    this.assignments = new Dated<>(entries, MasterKind.CALENDAR_ASSIGNMENT, Assignment.class);
    this.service = service;
    this.zones = zones;
  }

  /** The zone of the nearest site, at or above; that of the service without. */
  PlantZone zone(EquipmentPath equipment) {
    return zones.apply(zoneId(equipment));
  }

  private ZoneId zoneId(EquipmentPath equipment) {
    return Paths.upwards(equipment).stream()
        .flatMap(path -> sites.on(path.toString(), MasterItem.EVER).stream())
        .map(Site::zone)
        .findFirst()
        .orElse(service);
  }

  /** All zones that are named. */
  Set<ZoneId> zones() {
    Set<ZoneId> named = new HashSet<>(Set.of(service));
    for (String key : sites.keys()) {
      sites.of(key).values().forEach(site -> named.add(site.zone()));
    }
    for (String key : calendars.keys()) {
      calendars.of(key).values().forEach(plan -> plan.zone().ifPresent(named::add));
    }
    return named;
  }

  /** The calendar of equipment at each instant. */
  Track<WorkCalendar> of(EquipmentPath equipment, Span whole) {
    SortedMap<LocalDate, WorkCalendar> from = new TreeMap<>();
    for (EquipmentPath path : Paths.upwards(equipment)) {
      for (LocalDate day : assignments.days(path.toString())) {
        put(from, equipment, day);
      }
      assignments
          .of(path.toString())
          .values()
          .forEach(
              assignment ->
                  calendars.days(assignment.calendar()).forEach(day -> put(from, equipment, day)));
    }
    return CalendarTimes.assigned(whole, on(equipment, MasterItem.EVER), from);
  }

  private void put(
      SortedMap<LocalDate, WorkCalendar> from, EquipmentPath equipment, LocalDate day) {
    if (!day.equals(MasterItem.EVER)) {
      from.computeIfAbsent(day, key -> on(equipment, key));
    }
  }

  /**
   * The calendar of equipment on a day: the one that is assigned to the nearest, at or above. Work
   * is planned at all times if there is none, or nothing is said of it on that day.
   */
  private WorkCalendar on(EquipmentPath equipment, LocalDate day) {
    return Paths.upwards(equipment).stream()
        .flatMap(path -> assignments.on(path.toString(), day).stream())
        .findFirst()
        .flatMap(assignment -> calendars.on(assignment.calendar(), day))
        .map(plan -> plan.in(zones, zoneId(equipment)))
        .orElseGet(() -> WorkCalendar.always(zone(equipment)));
  }

  /** A calendar by its name, on a day, as equipment without a site has it. */
  Optional<WorkCalendar> named(String name, LocalDate day) {
    return calendars.on(name, day).map(plan -> plan.in(zones, service));
  }

  /** When a plant day of equipment begins, in microseconds since 1970-01-01T00:00:00Z. */
  long begin(EquipmentPath equipment, LocalDate day) {
    return day.equals(MasterItem.EVER)
        ? EventKey.MIN_MICROS
        : PlantDays.begin(on(equipment, day), day);
  }
}
