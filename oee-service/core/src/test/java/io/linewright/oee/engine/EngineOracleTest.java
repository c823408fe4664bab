package io.linewright.oee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.linewright.oee.calendar.DayException;
import io.linewright.oee.calendar.PlannedStop;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.ShiftSlot;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Elements;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.Heard;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.OeeFold;
import io.linewright.oee.event.OeeState;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.kpi.Kpi;
import io.linewright.oee.kpi.KpiOptions;
import io.linewright.oee.kpi.KpiScope;
import io.linewright.oee.kpi.KpiTable;
import io.linewright.oee.kpi.KpiValue;
import io.linewright.oee.kpi.Oracles;
import io.linewright.oee.loss.Teep;
import io.linewright.oee.slice.IsoElement;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The constructed shifts from their events, in the order of the file, shuffled and doubled. */
class EngineOracleTest {

  private static final double EXACT = 1e-9;
  private static final int SHUFFLES = 20;

  @TestFactory
  List<DynamicTest> constructed() {
    JsonNode answers = Oracles.read("constructed_answers.json");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode shift : Oracles.read("constructed_cases.json")) {
      String id = shift.get("id").asString();
      List<MachineEvent> events = events(shift);
      tests.add(dynamicTest(id, () -> compare(shift, events, answers.get(id))));
      tests.add(
          dynamicTest(
              id + " shuffled and doubled",
              () -> {
                for (int seed = 0; seed < SHUFFLES; seed++) {
                  compare(shift, doubled(events, new Random(seed)), answers.get(id));
                }
              }));
    }
    assertThat(tests).hasSize(12);
    return tests;
  }

  private static List<MachineEvent> doubled(List<MachineEvent> events, Random random) {
    List<MachineEvent> doubled = new ArrayList<>(events);
    events.stream().filter(event -> random.nextInt(3) == 0).forEach(doubled::add);
    Collections.shuffle(doubled, random);
    return doubled;
  }

  private static void compare(JsonNode shift, List<MachineEvent> events, JsonNode answer) {
    OffsetDateTime start = OffsetDateTime.parse(shift.get("shift_start").asString());
    LocalDate day = start.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    long begin = Plans.at(start.toString());
    World world = new World(begin);
    OeeState state = OeeState.of("line");
    for (MachineEvent event : events) {
      state = OeeFold.step(state, new Heard("m", event, true)).state();
    }
    state.logs().get("m").values().forEach(log -> log.forEach(world.events::add));
    world.calendar = calendar(shift, day);
    world.rules = world.rules.map(rules -> zero(World.rules(World.stops(0, 300))));
    world.cycles.add(
        World.cycle(
            null,
            Duration.ofNanos(Math.round(1e9 * shift.get("ideal_cycle_s").asDouble())).toString()));
    Span whole =
        new Span(
            Plans.at(day.atStartOfDay().atOffset(ZoneOffset.UTC).toString()),
            Plans.at(day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC).toString()));
    MachineResult result = MachineEngine.compute(whole, List.of(), world);

    Elements sum =
        result.cells().stream().map(Cell::elements).reduce(Elements.NONE, Elements::plus);
    assertThat(sum.times().calendar()).isEqualTo(86_400 * World.SECOND);
    assertThat(sum.times().of(IsoElement.PBT))
        .isEqualTo(answer.get("planned_s").asLong() * World.SECOND);
    assertThat(sum.times().of(TimeCategory.PRODUCTION))
        .isEqualTo(answer.get("run_s").asLong() * World.SECOND);
    assertThat(busySeconds(result.slices())).isEqualTo(expectedSeconds(answer));
    assertThat(sum.counts().produced().units()).isEqualTo(answer.get("total").asDouble());
    assertThat(sum.counts().reject().units()).isEqualTo(answer.get("scrap").asDouble());
    assertThat(sum.failures().onsets()).isEqualTo(answer.get("down_events").asLong());
    assertThat(Teep.of(sum).orElseThrow())
        .isCloseTo(answer.get("teep_of_24h").asDouble(), within(EXACT));
    Map.of(
            Kpi.AVAILABILITY, "availability",
            Kpi.EFFECTIVENESS, "performance",
            Kpi.QUALITY_RATIO, "quality",
            Kpi.OEE_INDEX, "oee",
            Kpi.MTTR, "mttr_s",
            Kpi.MTBF, "mtbf_s_run_time_per_failure")
        .forEach(
            (kpi, name) ->
                assertThat(
                        ((KpiValue.Defined)
                                KpiTable.of(kpi, sum, KpiScope.NONE, KpiOptions.DEFAULT))
                            .value())
                    .as(name)
                    .isCloseTo(answer.get(name).asDouble(), within(EXACT)));
  }

  private static MachineRules zero(MachineRules rules) {
    CounterRules counters =
        new CounterRules(
            CounterRules.Start.ZERO,
            rules.counters().rollOverAt(),
            Optional.empty(),
            Duration.ZERO,
            rules.counters().perPulse());
    return new MachineRules(
        rules.states(),
        null,
        counters,
        Map.of(),
        rules.stops(),
        rules.reasons(),
        rules.energy(),
        rules.holds(),
        true,
        null,
        Optional.empty());
  }

  private static Map<String, Long> busySeconds(List<TimeSlice> slices) {
    Map<String, Long> seconds = new HashMap<>();
    for (TimeSlice slice : slices) {
      if (slice.category().plannedBusy()) {
        seconds.merge(slice.state(), slice.span().micros() / World.SECOND, Long::sum);
      }
    }
    return seconds;
  }

  private static Map<String, Long> expectedSeconds(JsonNode answer) {
    Map<String, Long> seconds = new HashMap<>();
    answer
        .get("durations_s_excluding_breaks")
        .properties()
        .forEach(state -> seconds.put(state.getKey(), state.getValue().asLong()));
    seconds.values().removeIf(its -> its == 0);
    return seconds;
  }

  private static WorkCalendar calendar(JsonNode shift, LocalDate day) {
    LocalTime start = OffsetDateTime.parse(shift.get("shift_start").asString()).toLocalTime();
    List<PlannedStop> breaks = new ArrayList<>();
    for (JsonNode one : shift.get("breaks_offset_s")) {
      long from = one.get(0).asLong();
      breaks.add(
          new PlannedStop(
              "break",
              start.plusSeconds(from),
              Duration.ofSeconds(one.get(1).asLong() - from),
              "break"));
    }
    ShiftSlot slot =
        new ShiftSlot(
            "shift", start, start.plusSeconds(shift.get("shift_s").asLong()), null, breaks);
    return Plans.with(
        Plans.calendar(Plans.zone("UTC"), "00:00", Plans.pattern("2000-01-01", List.of())),
        new DayException.Other(day, "case", List.of(slot)));
  }

  /** Of a machine, as an import would make them; those of one instant in the order of the file. */
  private static List<MachineEvent> events(JsonNode shift) {
    List<MachineEvent> events = new ArrayList<>();
    for (JsonNode event : shift.get("events")) {
      long micros = Plans.at(event.get("ts").asString());
      JsonNode value = event.get("value");
      switch (event.get("type").asString()) {
        case "state" ->
            events.add(MachineEvent.of(key(micros, TrackKind.STATE), value.asString(), null, 0));
        case "counter_total" ->
            events.add(MachineEvent.of(key(micros, TrackKind.TOTAL), null, value.asDouble(), 0));
        case "counter_scrap" ->
            events.add(MachineEvent.of(key(micros, TrackKind.REJECT), null, value.asDouble(), 0));
        default -> throw new IllegalArgumentException(event.toString());
      }
    }
    return events;
  }

  private static EventKey key(long micros, TrackKind kind) {
    return new EventKey(micros, new TrackName(kind, kind.name().toLowerCase(Locale.ROOT)), 0);
  }
}
