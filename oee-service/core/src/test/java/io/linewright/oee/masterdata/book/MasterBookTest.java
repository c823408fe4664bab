package io.linewright.oee.masterdata.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.CalendarTimes.PlannedInterval;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.count.CountKind;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.downtime.StopRules;
import io.linewright.oee.energy.EnergyRules;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.line.LineTopology;
import io.linewright.oee.line.Station;
import io.linewright.oee.masterdata.Documents;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.order.IdealCycle;
import io.linewright.oee.order.StartUp;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.StateMeaning;
import io.linewright.oee.state.Vocabularies;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MasterBookTest {

  private static final EquipmentPath PRESS_1 = path("acme/graz/body/line-1/press-01");
  private static final EquipmentPath PRESS_2 = path("acme/graz/body/line-1/press-02");
  private static final EquipmentPath ELSEWHERE = path("acme/linz/body/line-1/press-01");
  private static final MasterBook PLANT = book(Documents.PLANT);

  @Test
  void everyFieldOfARuleIsFilledInAndTheNearestOneAboveWins() {
    Track<MachineRules> rules = PLANT.rulesOf(PRESS_2);

    assertThat(rules.whole()).isEqualTo(MasterBook.ALL_TIME);
    assertThat(rules.pieces())
        .extracting(piece -> piece.span().fromMicros())
        // The plant day begins at 06:00 by the clock of Vienna, and with the rules.
        .containsExactly(MasterBook.ALL_TIME.fromMicros(), micros("2026-01-01T05:00:00Z"));
    MachineRules before = rules.at(micros("2026-01-01T04:59:59.999999Z"));
    assertThat(before).isEqualTo(MachineRules.DEFAULT);
    MachineRules after = rules.at(micros("2026-01-01T05:00:00Z"));
    CounterRules all =
        new CounterRules(
            CounterRules.Start.ZERO,
            OptionalLong.of(65_536),
            Optional.of(new CounterRules.Rate(10, Quantity.of(5))),
            Duration.ofMillis(200),
            Quantity.of(2));
    CounterRules reject =
        new CounterRules(
            CounterRules.Start.ZERO,
            OptionalLong.empty(),
            Optional.empty(),
            Duration.ofMillis(200),
            Quantity.of(2));
    assertThat(after)
        .isEqualTo(
            new MachineRules(
                after.states(),
                "execution",
                all,
                Map.of(CountKind.REJECT, reject),
                new StopRules(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(120),
                    false,
                    new StartUp(
                        Set.of(TimeCategory.SETUP, TimeCategory.UNSCHEDULED),
                        Duration.ofMinutes(10),
                        Quantity.of(20))),
                after.reasons(),
                new EnergyRules(
                    TrackKind.POWER,
                    Duration.ofSeconds(60),
                    Quantity.of(500),
                    Duration.ofMinutes(30)),
                Duration.ofHours(2),
                false,
                "P-100",
                Optional.of(Quantity.of(900))));
  }

  @Test
  void aModelOfStatesLiesOverItsBase() {
    MachineRules rules = PLANT.rulesOf(PRESS_2).at(micros("2026-02-01T00:00:00Z"));

    assertThat(rules.states().of("1").category()).isEqualTo(TimeCategory.PRODUCTION);
    assertThat(rules.states().of("2"))
        .isEqualTo(new StateMeaning(TimeCategory.BREAKDOWN, StateMeaning.Kind.INSIDE, true));
    assertThat(rules.states().of("Wartet").category()).isEqualTo(TimeCategory.STARVED);
    assertThat(rules.states().of("17")).isEqualTo(Vocabularies.packml().of("17"));
    assertThat(rules.states().of("anything else"))
        .isEqualTo(new StateMeaning(TimeCategory.DELAY, StateMeaning.Kind.OUTSIDE, false));
  }

  @Test
  void aTreeOfReasonsHandsDownWhatItsReasonsDoNotSay() {
    MachineRules rules = PLANT.rulesOf(PRESS_2).at(micros("2026-02-01T00:00:00Z"));

    assertThat(rules.reasons().bySignal("31").orElseThrow().category())
        .isEqualTo(TimeCategory.BREAKDOWN);
    assertThat(rules.reasons().bySignal("jam").orElseThrow().category())
        .isEqualTo(TimeCategory.MINOR_STOP);
    assertThat(rules.reasons().sticky()).isTrue();
  }

  @Test
  void aMachineSaysSomeAndTheRestComesFromAbove() {
    MachineRules one = PLANT.rulesOf(PRESS_1).at(micros("2026-02-01T00:00:00Z"));
    MachineRules other = PLANT.rulesOf(PRESS_2).at(micros("2026-02-01T00:00:00Z"));

    assertThat(one.states()).isEqualTo(Vocabularies.words());
    assertThat(one.stops().startUp()).isEqualTo(StartUp.NONE);
    assertThat(one.stops().minimumStop()).isEqualTo(other.stops().minimumStop());
    assertThat(one.counters()).isEqualTo(other.counters());
    assertThat(one.reasons()).isEqualTo(other.reasons());
  }

  @Test
  void ofCountersTheNearerWordAboutAllWinsOverTheFartherAboutAKind() {
    MasterBook book =
        book(
            """
            version: 1
            machine-rules:
              - equipment: acme
                counters: {start: zero, roll-over: 100, good: {roll-over: 200, per-pulse: 3}}
              - equipment: acme/graz/body/line-1/press-01
                counters: {roll-over: 300, reject: {roll-over: 400}}
            """);

    MachineRules rules = book.rulesOf(PRESS_1).at(0);

    assertThat(rules.of(CountKind.GOOD).rollOverAt()).hasValue(300);
    assertThat(rules.of(CountKind.GOOD).perPulse()).isEqualTo(Quantity.of(3));
    assertThat(rules.of(CountKind.REJECT).rollOverAt()).hasValue(400);
    assertThat(rules.of(CountKind.TOTAL)).isEqualTo(rules.counters());
    assertThat(rules.counters().start()).isEqualTo(CounterRules.Start.ZERO);
    assertThat(book.rulesOf(PRESS_2).at(0).of(CountKind.GOOD).rollOverAt()).hasValue(200);
  }

  @Test
  void theServicesDefaultHoldsWhereNobodySaysOtherwise() {
    CounterRules zero =
        new CounterRules(
            CounterRules.Start.ZERO,
            OptionalLong.empty(),
            Optional.empty(),
            Duration.ZERO,
            Quantity.of(1));
    MachineRules usual = MachineRules.DEFAULT;
    MachineRules service =
        new MachineRules(
            usual.states(),
            null,
            zero,
            Map.of(),
            usual.stops(),
            usual.reasons(),
            usual.energy(),
            usual.holds(),
            true,
            null,
            Optional.empty());
    MasterBook book =
        new MasterBook(
            1,
            Entries.of(
                Documents.items(
                    "version: 1\nmachine-rules: [{equipment: acme, counters: {per-pulse: 2}}]")),
            new MasterBook.Defaults(ZoneId.of("UTC"), service),
            PlantZone::of);

    assertThat(book.rulesOf(PRESS_1).at(0).counters().start()).isEqualTo(CounterRules.Start.ZERO);
    assertThat(book.rulesOf(PRESS_1).at(0).counters().jump()).isEmpty();
    assertThat(book.rulesOf(PRESS_1).at(0).counters().perPulse()).isEqualTo(Quantity.of(2));
  }

  @Test
  void aCeilingFromAboveThatIsShorterThanTheMinimumOfTheMachineCountsAsTheMinimum() {
    MasterBook book =
        book(
            "version: 1\nmachine-rules: [{equipment: acme/graz/body/line-1/press-01,"
                + " stops: {minimum: 30m}}]");

    assertThat(book.rulesOf(PRESS_1).at(0).stops())
        .isEqualTo(
            new StopRules(Duration.ofMinutes(30), Duration.ofMinutes(30), true, StartUp.NONE));
  }

  @Test
  void rulesChangeAlsoWhenTheTreeThatTheyNameDoes() {
    MasterBook book =
        book(
            """
            version: 1
            reason-trees:
              t:
                - {reasons: [{code: a, category: setup}]}
                - {valid-from: 2026-03-01, reasons: [{code: b, category: setup}]}
            machine-rules: [{equipment: acme, reason-tree: t}]
            """);

    Track<MachineRules> rules = book.rulesOf(PRESS_1);

    assertThat(rules.pieces())
        .extracting(
            piece -> piece.value().reasons().reasons().getFirst().code(),
            piece -> piece.span().fromMicros())
        .containsExactly(
            tuple("a", MasterBook.ALL_TIME.fromMicros()),
            tuple("b", micros("2026-03-01T00:00:00Z")));
    assertThat(book.reasonTree("t", micros("2026-02-28T23:59:59Z")).orElseThrow().isLeaf("a"))
        .isTrue();
    assertThat(book.reasonTree("t", micros("2026-03-01T00:00:00Z")).orElseThrow().isLeaf("b"))
        .isTrue();
  }

  @Test
  void calendarsAreThoseOfTheNearestAboveAndContinuousWithoutAny() {
    Span time = new Span(micros("2025-12-01T00:00:00Z"), micros("2028-01-01T00:00:00Z"));

    Track<WorkCalendar> graz = PLANT.calendarOf(PRESS_1, time);

    assertThat(graz.pieces())
        .extracting(piece -> piece.value().name(), piece -> piece.span().fromMicros())
        .containsExactly(
            tuple("always", time.fromMicros()),
            tuple("three-shift", micros("2026-01-01T05:00:00Z")),
            tuple("always", micros("2026-12-31T23:00:00Z")));
    assertThat(graz.pieces().getLast().value().zone().id()).isEqualTo(ZoneId.of("Europe/Vienna"));
    Track<WorkCalendar> linz = PLANT.calendarOf(ELSEWHERE, time);
    assertThat(linz.pieces()).extracting(Piece::value).allMatch(WorkCalendar::continuous);
    assertThat(linz.at(time.fromMicros()).zone().id()).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void aMachinesOwnCalendarWinsAndItsZoneIsThatOfTheSiteIfItSaysNone() {
    MasterBook book =
        book(
            """
            version: 1
            sites: [{path: acme, zone: Asia/Kolkata}, {path: acme/graz, zone: Europe/Vienna}]
            calendars:
              c:
                shifts: {day: {start: "08:00", end: "16:00"}}
                pattern: {anchor: 2026-01-05, cycle: [[day]]}
              d: {zone: UTC}
            calendar-assignments:
              - {equipment: acme, calendar: c}
              - {equipment: acme/graz/body/line-1/press-01, calendar: d}
            """);
    Span time = new Span(0, 1);

    assertThat(book.calendarOf(PRESS_1, time).at(0).name()).isEqualTo("d");
    assertThat(book.calendarOf(PRESS_2, time).at(0).zone().id())
        .isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(book.calendarOf(ELSEWHERE, time).at(0).zone().id())
        .isEqualTo(ZoneId.of("Asia/Kolkata"));
    assertThat(book.zoneOf(ELSEWHERE).id()).isEqualTo(ZoneId.of("Asia/Kolkata"));
    assertThat(book.zoneOf(path("other")).id()).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void aShiftHasTheCrewThatThePatternNamesElseItsOwn() {
    Span days = new Span(micros("2026-01-05T00:00:00Z"), micros("2026-01-07T00:00:00Z"));

    assertThat(
            CalendarTimes.shifts(
                PLANT.calendarOf(PRESS_1, days).at(micros("2026-01-06T12:00:00Z")), days))
        .extracting(Shift::id, shift -> String.valueOf(shift.crew()))
        .containsExactly(
            tuple("2026-01-05/early", "null"),
            tuple("2026-01-05/late", "B"),
            tuple("2026-01-05/night", "null"),
            tuple("2026-01-06/early", "A"));
  }

  @Test
  void aCalendarThatIsWrittenAnewFromADayOnIsTheOldOneBefore() {
    MasterBook book =
        book(
            """
            version: 1
            calendars:
              c:
                - shifts: {day: {start: "08:00", end: "16:00"}}
                  pattern: {anchor: 2026-01-05, cycle: [[day]]}
                - valid-from: 2026-04-01
                  day-starts: "03:00"
                  shifts: {day: {start: "07:00", end: "15:00"}}
                  pattern: {anchor: 2026-01-05, cycle: [[day]]}
            calendar-assignments: [{equipment: acme, calendar: c}]
            """);
    Span time = new Span(micros("2026-03-01T00:00:00Z"), micros("2026-05-01T00:00:00Z"));

    assertThat(book.calendarOf(PRESS_1, time).pieces())
        .extracting(
            piece -> piece.value().dayStart().toString(), piece -> piece.span().fromMicros())
        .containsExactly(
            tuple("00:00", time.fromMicros()), tuple("03:00", micros("2026-04-01T03:00:00Z")));
    assertThat(book.calendar("c", micros("2026-04-01T00:00:00Z")).orElseThrow().dayStart())
        .hasToString("03:00");
  }

  @Test
  void idealCyclesBeginWithThePlantDayAndAreFoundFromTheMachineUpwards() {
    assertThat(PLANT.cycles().list()).hasSize(3);
    assertThat(PLANT.cyclesOf(PRESS_1).list())
        .containsExactly(
            new IdealCycle("P-100", PRESS_1, Duration.ofSeconds(4), micros("2026-01-01T05:00:00Z")),
            new IdealCycle(
                "P-100", PRESS_1, Duration.ofMillis(3_900), micros("2026-07-01T04:00:00Z")));
    assertThat(PLANT.cyclesOf(ELSEWHERE).list()).isEmpty();
    assertThat(
            book("version: 1\nideal-cycles: [{equipment: acme, cycle: 7s}]")
                .cyclesOf(PRESS_1)
                .of(PRESS_1, "any", MasterBook.ALL_TIME.fromMicros()))
        .hasValueSatisfying(c -> assertThat(c.cycle()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void aDayThatTheZoneNeverHadBeginsWithTheNextOfWhichTheWordHolds() {
    MasterBook book =
        book(
            """
            version: 1
            sites: [{path: acme, zone: Pacific/Apia}]
            ideal-cycles:
              - {equipment: acme, cycle: 1s, valid-from: 2011-12-30}
              - {equipment: acme, cycle: 2s, valid-from: 2011-12-31}
            """);

    assertThat(book.cycles().list())
        .singleElement()
        .satisfies(cycle -> assertThat(cycle.cycle()).isEqualTo(Duration.ofSeconds(2)));
  }

  @Test
  void plannedStopsAreThoseOfTheMachineAndOfWhatItIsBelow() {
    MasterBook book =
        book(
            """
            version: 1
            planned-stops:
              - {equipment: acme, from: 2026-03-03T00:00:00Z, to: 2026-03-04T00:00:00Z}
              - {equipment: acme/graz/body/line-1/press-01, from: 2026-03-02T08:00:00+01:00, to: 2026-03-02T12:00:00+01:00, reason: service}
            """);

    assertThat(book.plannedOf(PRESS_1))
        .containsExactly(
            new PlannedInterval(
                new Span(micros("2026-03-02T07:00:00Z"), micros("2026-03-02T11:00:00Z")),
                "service"),
            new PlannedInterval(
                new Span(micros("2026-03-03T00:00:00Z"), micros("2026-03-04T00:00:00Z")),
                "planned"));
    assertThat(book.plannedOf(PRESS_2)).hasSize(1);
  }

  @Test
  void aLineIsBuiltAsItsLatestPlanThatHasBegunSays() {
    EquipmentPath line = path("acme/graz/body/line-1");

    assertThat(PLANT.topology(line, micros("2026-01-01T04:59:59Z"))).isEmpty();
    assertThat(PLANT.topology(line, micros("2026-01-01T05:00:00Z")))
        .contains(
            new LineTopology(
                "acme/graz/body/line-1",
                List.of(
                    new Station(
                        "press-01",
                        List.of("acme/graz/body/line-1/press-01"),
                        1,
                        OptionalInt.of(10)),
                    new Station(
                        "cell",
                        List.of("acme/graz/body/line-1/press-02", "acme/graz/body/line-1/press-03"),
                        1,
                        OptionalInt.empty()),
                    new Station(
                        "washer", List.of("acme/graz/body/line-2/washer"), 1, OptionalInt.empty())),
                Optional.of("acme/graz/body/line-1/press-01"),
                0));
    assertThat(PLANT.topology(path("acme/graz/body/line-2"), 0)).isEmpty();
  }

  @Test
  void productsAndManualStationsAreThereByTheirKeys() {
    assertThat(PLANT.products()).containsOnlyKeys("P-100", "P/200");
    assertThat(PLANT.products().get("P-100").plannedScrapRatio()).hasValue(0.01);
    assertThat(PLANT.manualStations())
        .containsExactly(Map.entry(path("acme/graz/body/line-1/assembly-01"), "Assembly"));
  }

  @Test
  void booksOfEqualContentGiveEqualAnswersWhateverTheirHistory() {
    List<MasterItem> items = Documents.items(Documents.PLANT);
    List<MasterItem> detour =
        new ArrayList<>(
            Documents.items(
                Documents.PLANT.replace("minimum: 5s", "minimum: 6s").replace("06:00", "05:30")));
    detour.addAll(items);

    MasterBook book = book(7, detour);

    assertThat(book.version()).isEqualTo(7);
    assertThat(book.rulesOf(PRESS_1)).isEqualTo(PLANT.rulesOf(PRESS_1));
    Span time = new Span(micros("2025-12-01T00:00:00Z"), micros("2028-01-01T00:00:00Z"));
    assertThat(book.calendarOf(PRESS_1, time)).isEqualTo(PLANT.calendarOf(PRESS_1, time));
    assertThat(book.cycles()).isEqualTo(PLANT.cycles());
  }

  private static MasterBook book(String yaml) {
    return book(1, Documents.items(yaml));
  }

  private static MasterBook book(long version, List<MasterItem> items) {
    return new MasterBook(
        version,
        Entries.of(items),
        new MasterBook.Defaults(ZoneId.of("UTC"), MachineRules.DEFAULT),
        PlantZone::of);
  }

  private static EquipmentPath path(String text) {
    return EquipmentPath.parse(text);
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
