package io.linewright.oee.masterdata.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarTimes;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.masterdata.Documents;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Spans;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MasterDifferenceTest {

  private static final EquipmentPath PRESS_1 =
      EquipmentPath.parse("acme/graz/body/line-1/press-01");
  private static final EquipmentPath PRESS_2 =
      EquipmentPath.parse("acme/graz/body/line-1/press-02");
  private static final Span YEAR = span("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");

  @Test
  void theSameTouchesNothing() {
    assertThat(touched(Documents.PLANT, Documents.PLANT, PRESS_1)).isEmpty();
  }

  @Test
  void aChangedIdealCycleTouchesItsMachineUntilTheNextOneBegins() {
    String changed = Documents.PLANT.replace("cycle: 4s", "cycle: 5s");

    assertThat(touched(Documents.PLANT, changed, PRESS_1))
        .containsExactly(span("2026-01-01T05:00:00Z", "2026-07-01T04:00:00Z"));
    assertThat(touched(Documents.PLANT, changed, PRESS_2)).isEmpty();
  }

  @Test
  void ofSeveralLaterCyclesTheNextOneEndsWhatIsTouched() {
    String three =
        """
        version: 1
        ideal-cycles:
          - {equipment: acme, cycle: 4s}
          - {equipment: acme, cycle: 5s, valid-from: 2026-03-01}
          - {equipment: acme, cycle: 6s, valid-from: 2026-05-01}
          - {equipment: acme, cycle: 7s, valid-from: 2026-08-01}
        """;

    assertThat(touched(three, three.replace("5s", "5500ms"), PRESS_1))
        .containsExactly(span("2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"));
    assertThat(touched(three, three.replace("4s", "4500ms"), PRESS_1))
        .containsExactly(span("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"));
  }

  @Test
  void otherRulesOfAZoneTouchTheShiftsThatTheyMove() {
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    // As if the clock were not put forward in 2026.
    PlantZone without = PlantZone.seen(vienna, "3600");
    MasterBook before =
        new MasterBook(
            1,
            Entries.of(Documents.items(Documents.PLANT)),
            new MasterBook.Defaults(ZoneId.of("UTC"), MachineRules.DEFAULT),
            zone -> zone.equals(vienna) ? without : PlantZone.of(zone));

    Spans touched = MasterDifference.between(before, book(Documents.PLANT), PRESS_2, YEAR);

    assertThat(before.zones()).contains(vienna, ZoneId.of("UTC"));
    assertThat(touched.list())
        .isNotEmpty()
        .allSatisfy(
            span ->
                assertThat(span)
                    .satisfies(
                        s ->
                            assertThat(s.fromMicros())
                                .isGreaterThan(micros("2026-03-28T00:00:00Z")),
                        s -> assertThat(s.toMicros()).isLessThan(micros("2026-10-27T00:00:00Z"))));
  }

  @Test
  void anotherEndOfAShiftTouchesWhatItGains() {
    String changed = Documents.PLANT.replace("end: \"22:00\", crew: B", "end: \"21:30\", crew: B");

    assertThat(touched(Documents.PLANT, changed, PRESS_2))
        .contains(span("2026-01-05T20:30:00Z", "2026-01-05T21:00:00Z"))
        .allSatisfy(span -> assertThat(span.micros()).isEqualTo(1_800_000_000L));
  }

  @Test
  void aRuleTouchesTheTimeFromItsDayOnOfAllBelow() {
    String changed =
        Documents.PLANT.replace(
            "machine-rules:\n",
            "machine-rules:\n  - {equipment: acme/graz, holds-without-progress: 3h,"
                + " valid-from: 2026-10-01}\n  - {equipment: acme/graz/body/line-1/press-02,"
                + " items-per-hour: 5, valid-from: 2026-11-01}\n");

    // What body says of holds-without-progress is nearer.
    assertThat(touched(Documents.PLANT, changed, PRESS_1)).isEmpty();
    assertThat(touched(Documents.PLANT, changed, PRESS_2))
        .containsExactly(span("2026-11-01T05:00:00Z", "2027-01-01T00:00:00Z"));
  }

  @Test
  void aPlannedStopTouchesItself() {
    String changed = Documents.PLANT.replace("to: 2026-03-02T12:00", "to: 2026-03-02T13:00");

    assertThat(touched(Documents.PLANT, changed, PRESS_1))
        .containsExactly(span("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z"));
    assertThat(touched(Documents.PLANT, changed, PRESS_2)).isEmpty();
  }

  @Test
  void productsOfOtherPlannedScrapAreNamed() {
    String changed =
        Documents.PLANT
            .replace("planned-scrap: 0.010", "planned-scrap: 0.02")
            .replace("{id: P/200}", "{id: P/200, name: New}");

    assertThat(MasterDifference.products(book(Documents.PLANT), book(changed)))
        .containsExactly("P-100");
  }

  @Test
  void whatIsNotTouchedIsTheSameInBothAtEveryInstant() {
    Random random = new Random(20_260_301);
    for (int round = 0; round < 40; round++) {
      MasterBook before = book(plant(random));
      MasterBook after = book(plant(random));

      Spans touched = MasterDifference.between(before, after, PRESS_1, YEAR);

      Spans same = new Spans(List.of(YEAR)).minus(touched);
      for (int i = 0; i < 200; i++) {
        long at = YEAR.fromMicros() + (long) (random.nextDouble() * YEAR.micros());
        if (same.list().stream().anyMatch(span -> span.contains(at))) {
          assertThat(answers(before, at))
              .as("round %d at %d", round, at)
              .isEqualTo(answers(after, at));
        }
      }
    }
  }

  private static List<Object> answers(MasterBook book, long at) {
    Span moment = new Span(at, at + 1);
    return List.of(
        book.rulesOf(PRESS_1).at(at),
        CalendarTimes.over(book.calendarOf(PRESS_1, moment), book.plannedOf(PRESS_1)).at(at).kind(),
        book.cyclesOf(PRESS_1).of(PRESS_1, "P-100", at).map(cycle -> cycle.cycle()));
  }

  private static String plant(Random random) {
    return Documents.PLANT
        .replace("cycle: 4s", "cycle: %ds".formatted(4 + random.nextInt(2)))
        .replace("2026-07-01", "2026-0%d-01".formatted(6 + random.nextInt(3)))
        .replace("acme/graz/body\n", random.nextBoolean() ? "acme/graz/body\n" : "acme\n")
        .replace("length: 15m", "length: %dm".formatted(15 + random.nextInt(3)))
        .replace("minimum: 5s", "minimum: %ds".formatted(5 + random.nextInt(2)))
        .replace("2027-01-01", "2026-1%d-01".formatted(random.nextInt(3)));
  }

  private static List<Span> touched(String before, String after, EquipmentPath machine) {
    return MasterDifference.between(book(before), book(after), machine, YEAR).list();
  }

  private static MasterBook book(String yaml) {
    return new MasterBook(
        1,
        Entries.of(Documents.items(yaml)),
        new MasterBook.Defaults(ZoneId.of("UTC"), MachineRules.DEFAULT),
        PlantZone::of);
  }

  private static Span span(String from, String to) {
    return new Span(micros(from), micros(to));
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
