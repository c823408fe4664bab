package io.linewright.oee.masterdata.book;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.line.LineTopology;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.content.LinePlan;
import io.linewright.oee.masterdata.content.OnEquipment.ManualStation;
import io.linewright.oee.masterdata.content.OnEquipment.Planned;
import io.linewright.oee.masterdata.content.OnProduct;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.IdealCycles;
import io.linewright.oee.order.Product;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All master data at one moment. Its answers depend on what the items say, not on their versions:
 * books of equal content give equal answers. Immutable.
 *
 * <p>What is said from a day on holds from the instant at which that plant day begins for the
 * equipment that is asked about.
 */
public final class MasterBook {

  /** All time of which there can be events. */
  public static final Span ALL_TIME = new Span(EventKey.MIN_MICROS, EventKey.MAX_MICROS + 1);

  /**
   * What holds where nobody says anything.
   *
   * @param zone of equipment without a site
   * @param rules of machines
   */
  public record Defaults(ZoneId zone, MachineRules rules) {}

  private final long version;
  private final Calendars calendars;
  private final Rules rules;
  private final Dated<LinePlan> lines;
  private final Map<EquipmentPath, List<PlannedInterval>> planned = new TreeMap<>();
  private final Map<EquipmentPath, List<IdealCycle>> cycles = new TreeMap<>();
  private final SortedMap<String, Product> products = new TreeMap<>();
  private final SortedMap<EquipmentPath, String> manualStations = new TreeMap<>();
  private final PlantZone zone;

  /**
   * Reads what holds.
   *
   * @param version of all of it together, which rises with each change; 0 or more
   * @param zones the rules of a zone
   */
  public MasterBook(
      long version, Entries entries, Defaults defaults, Function<ZoneId, PlantZone> zones) {
    this.version = version;
    this.calendars = new Calendars(entries, defaults.zone(), zones);
    this.rules = new Rules(entries, defaults.rules());
    this.lines = new Dated<>(entries, MasterKind.LINE, LinePlan.class);
    this.zone = zones.apply(defaults.zone());
    readPlanned(entries);
    readCycles(entries);
    Dated<OnProduct.Item> items = new Dated<>(entries, MasterKind.PRODUCT, OnProduct.Item.class);
    for (String id : items.keys()) {
      items.on(id, MasterItem.EVER).ifPresent(item -> products.put(id, item.product()));
    }
    Dated<ManualStation> stations =
        new Dated<>(entries, MasterKind.MANUAL_STATION, ManualStation.class);
    for (String key : stations.keys()) {
      stations
          .on(key, MasterItem.EVER)
          .ifPresent(station -> manualStations.put(station.path(), station.name()));
    }
  }

  private void readPlanned(Entries entries) {
    Dated<Planned> stops = new Dated<>(entries, MasterKind.PLANNED_STOP, Planned.class);
    for (String key : stops.keys()) {
      stops
          .on(key, MasterItem.EVER)
          .ifPresent(
              stop ->
                  planned
                      .computeIfAbsent(stop.equipment(), path -> new ArrayList<>())
                      .add(stop.interval()));
    }
  }

  private void readCycles(Entries entries) {
    Dated<OnProduct.Cycle> said =
        new Dated<>(entries, MasterKind.IDEAL_CYCLE, OnProduct.Cycle.class);
    for (String key : said.keys()) {
      // A day that the zone never had begins with the next, of which the later word holds.
      Map<Long, IdealCycle> byBegin = new LinkedHashMap<>();
      said.of(key)
          .forEach(
              (day, cycle) -> {
                long begin = calendars.begin(cycle.equipment(), day);
                byBegin.put(
                    begin,
                    new IdealCycle(
                        cycle.product().orElse(null), cycle.equipment(), cycle.cycle(), begin));
              });
      byBegin
          .values()
          .forEach(cycle -> cycles.computeIfAbsent(cycle.at(), at -> new ArrayList<>()).add(cycle));
    }
  }

  /** The version that it was made of. */
  public long version() {
    return version;
  }

  /** How a machine is understood at each instant of {@link #ALL_TIME}. */
  public Track<MachineRules> rulesOf(EquipmentPath machine) {
    List<Change<MachineRules>> changes = new ArrayList<>();
    for (LocalDate day : rules.days(machine)) {
      changes.add(
          new Change<>(calendars.begin(machine, day), changes.size(), rules.on(machine, day)));
    }
    return Track.of(ALL_TIME, rules.on(machine, MasterItem.EVER), changes);
  }

  /**
   * The calendar of equipment at each instant of a time: the one that is assigned to it or to the
   * nearest above. Without one all time is planned, without shifts, by the clock of its site.
   */
  public Track<WorkCalendar> calendarOf(EquipmentPath equipment, Span whole) {
    return calendars.of(equipment, whole);
  }

  /**
   * A calendar by its name, as it is on a day of the service's zone.
   *
   * @param micros an instant of the day, microseconds since 1970-01-01T00:00:00Z
   */
  public Optional<WorkCalendar> calendar(String name, long micros) {
    return calendars.named(name, day(micros));
  }

  /** Planned maintenance of equipment, and of what it is below; by begin. */
  public List<PlannedInterval> plannedOf(EquipmentPath equipment) {
    return Paths.upwards(equipment).stream()
        .flatMap(path -> planned.getOrDefault(path, List.of()).stream())
        .sorted(Comparator.comparing(PlannedInterval::span).thenComparing(PlannedInterval::reason))
        .toList();
  }

  /** All ideal cycles. */
  public IdealCycles cycles() {
    return new IdealCycles(cycles.values().stream().flatMap(List::stream).toList());
  }

  /** The ideal cycles that may hold for a machine: its own, and those of what it is below. */
  public IdealCycles cyclesOf(EquipmentPath machine) {
    return new IdealCycles(
        Paths.upwards(machine).stream()
            .flatMap(path -> cycles.getOrDefault(path, List.of()).stream())
            .toList());
  }

  /** What is known of products, by id. What a product is does not depend on the time. */
  public SortedMap<String, Product> products() {
    return Collections.unmodifiableSortedMap(products);
  }

  /**
   * How a line is built at an instant; empty if nobody says.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public Optional<LineTopology> topology(EquipmentPath line, long micros) {
    Optional<LineTopology> topology = Optional.empty();
    for (Map.Entry<LocalDate, LinePlan> plan : lines.of(line.toString()).entrySet()) {
      if (calendars.begin(line, plan.getKey()) <= micros) {
        topology = Optional.of(plan.getValue().topology());
      }
    }
    return topology;
  }

  /**
   * A tree of reasons at an instant. That of a machine is in its rules.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   */
  public Optional<ReasonTree> reasonTree(String name, long micros) {
    return rules.tree(name, day(micros));
  }

  /** The zone of the site that equipment is in; that of the service if nobody says. */
  public PlantZone zoneOf(EquipmentPath equipment) {
    return calendars.zone(equipment);
  }

  /** All zones by whose clocks it reads anything. */
  public Set<ZoneId> zones() {
    return Set.copyOf(calendars.zones());
  }

  /** The names of the stations without machines, by path. */
  public SortedMap<EquipmentPath, String> manualStations() {
    return Collections.unmodifiableSortedMap(manualStations);
  }

  private LocalDate day(long micros) {
    return zone.clock(micros).toLocalDate();
  }
}
