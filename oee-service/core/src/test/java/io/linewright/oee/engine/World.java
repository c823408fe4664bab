package io.linewright.oee.engine;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.engine.input.MachineSource;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.IdealCycles;
import io.linewright.oee.order.Product;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.state.StateModel;
import io.linewright.oee.state.Vocabularies;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that is known of one machine, to be asked as a database would be; times are in seconds. */
final class World implements MachineSource {

  static final long SECOND = 1_000_000;
  static final EquipmentPath MACHINE = EquipmentPath.parse("acme/graz/body/line-1/press-01");

  final List<MachineEvent> events = new ArrayList<>();
  final List<Loss> losses = new ArrayList<>();
  final List<IdealCycle> cycles = new ArrayList<>();
  final Map<String, Product> products = new HashMap<>();
  final Map<String, ProductionOrder> orders = new HashMap<>();
  final List<RunWord> runs = new ArrayList<>();
  final List<StopWord> words = new ArrayList<>();
  final List<CountCorrection> corrections = new ArrayList<>();
  final long begin;
  WorkCalendar calendar = WorkCalendar.always(Plans.zone("UTC"));
  Track<MachineRules> rules = Track.constant(MachineInput.ALL_TIME, rules(StopRules.DEFAULT));
  Knowledge knowledge;

  /** How often it was asked. */
  int asked;

  /**
   * @param begin what seconds are counted from, µs
   */
  World(long begin) {
    this.begin = begin;
    this.knowledge =
        new Knowledge(OptionalLong.of(at(100 * 86_400)), 0, at(100 * 86_400), Duration.ZERO);
  }

  static MachineRules rules(StopRules stops) {
    return with(MachineRules.DEFAULT, stops, MachineRules.DEFAULT.reasons());
  }

  static MachineRules with(MachineRules rules, StopRules stops, ReasonTree reasons) {
    return new MachineRules(
        rules.states(),
        rules.stateTag(),
        rules.counters(),
        rules.ofKind(),
        stops,
        reasons,
        rules.energy(),
        rules.holds(),
        rules.inspected(),
        rules.usually(),
        rules.itemsPerHour());
  }

  static StopRules stops(int minimum, int ceiling) {
    return new StopRules(
        Duration.ofSeconds(minimum), Duration.ofSeconds(ceiling), true, StartUp.NONE);
  }

  long at(double second) {
    return begin + Math.round(second * SECOND);
  }

  Span span(double from, double to) {
    return new Span(at(from), at(to));
  }

  void rules(UnaryOperator<MachineRules> change) {
    rules = rules.map(change);
  }

  void tell(double second, TrackKind kind, String tag, Object value) {
    EventKey key = new EventKey(at(second), new TrackName(kind, tag), 0);
    events.add(
        MachineEvent.of(
            key,
            value instanceof String text ? text : null,
            value instanceof Number number ? (Double) number.doubleValue() : null,
            0));
  }

  void state(double second, String state) {
    tell(second, TrackKind.STATE, "state", state);
  }

  /** By a counter with the name of its kind. */
  void count(double second, TrackKind kind, double reading) {
    tell(second, kind, kind.name(), reading);
  }

  MachineResult compute(double from, double to) {
    return MachineEngine.compute(span(from, to), List.of(), this);
  }

  /** All of a time. */
  Elements sum(double from, double to) {
    return compute(from, to).cells().stream()
        .map(Cell::elements)
        .reduce(Elements.NONE, Elements::plus);
  }

  /** A shift from 6 to 14, with a break of half an hour at 10. */
  static WorkCalendar early(PlantZone zone, String reason) {
    return early(zone, "10:00", reason);
  }

  static WorkCalendar early(PlantZone zone, String breakAt, String reason) {
    return Plans.calendar(
        zone,
        "06:00",
        Plans.pattern(
            "2026-01-05",
            List.of(Plans.slot("early", "06:00", "14:00", Plans.stop(breakAt, 30, reason)))));
  }

  @Override
  public MachineInput of(Span whole) {
    asked++;
    return new MachineInput(
        MACHINE,
        MachineHistory.of(whole, Map.of(), EventLog.of(events)),
        losses,
        CalendarTimes.over(Track.constant(whole, calendar), List.of()),
        rules,
        new IdealCycles(cycles),
        products,
        orders,
        runs,
        words,
        corrections,
        knowledge);
  }

  static StateModel packml() {
    return Vocabularies.packml();
  }

  static IdealCycle cycle(@Nullable String product, String cycle) {
    return new IdealCycle(
        product, MACHINE, Duration.parse(cycle), MachineInput.ALL_TIME.fromMicros());
  }
}
