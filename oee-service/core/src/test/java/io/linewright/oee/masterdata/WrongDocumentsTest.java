package io.linewright.oee.masterdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.linewright.oee.masterdata.form.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault says line, field, what is wrong and what would be right. */
class WrongDocumentsTest {

  private static final String CALENDAR =
      """
      version: 1
      calendars:
        c:
          shifts:
            early: {start: "06:00", end: "14:00"}
            late: {start: "14:00", end: "22:00"}
      """;

  private static final String RULES = "version: 1\nmachine-rules:\n  - equipment: a/b\n    ";

  private static final String TREE = "version: 1\nreason-trees:\n  t:\n    reasons:\n      - ";

  private static final String LINE = "version: 1\nlines:\n  - path: a/b/c/d\n    stations:\n";

  static Stream<Arguments> wrong() {
    return Stream.of(
        // The frame.
        arguments("sites: []", "line 1: version: is missing; write version: 1"),
        arguments("version: 2", "line 1: version: 2 is out of range; write version: 1"),
        arguments("version: one", "line 1: version: 'one' is no number; write version: 1"),
        arguments("[1, 2]", "line 1: the document: is not a mapping; write name: value pairs here"),
        arguments(
            "version: 1\ncalendar: {}",
            "line 2: calendar: is not known; use one of calendar-assignments, calendars,"
                + " ideal-cycles, lines, machine-rules, manual-stations, planned-stops, products,"
                + " reason-trees, sites, state-models, tolerances, valid-from, version"),
        arguments(
            "version: 1\nvalid-from: 1.1.2026",
            "line 2: valid-from: '1.1.2026' is no day; write a day such as 2026-03-29"),
        arguments(
            "version: 1\nproducts: {id: P}",
            "line 2: products: is not a list; write its items as - lines"),
        arguments(
            "version: 1\ncalendars: [early]",
            "line 2: calendars: is not a mapping; write its items by name"),
        arguments(
            "version: 1\nsites: []\n\nsites: []",
            "line 4: sites: is there twice, first in line 2; remove one of them"),
        // Any item.
        arguments(
            "version: 1\nproducts: [P-100]",
            "line 2: products[0]: is not a mapping; write name: value pairs here"),
        arguments(
            "version: 1\nproducts:\n  - {id: P}\n  - {id: P, name: again}",
            "line 4: products[1]: P is there twice, first in line 3; remove one of them"),
        arguments(
            "version: 1\nproducts: [{id: P, colour: red}]",
            "line 2: products[0].colour: is not known; use one of id, name, planned-scrap, unit"),
        arguments(
            "version: 1\nproducts:\n  - id:\n",
            "line 3: products[0].id: has no value; write the id that your ERP has, of up to 64"
                + " characters"),
        arguments(
            "version: 1\nproducts: [{id: [P]}]",
            "line 2: products[0].id: is not a single value; write the id that your ERP has, of up"
                + " to 64 characters"),
        arguments(
            "version: 1\nsites: [{path: a/b, zone: UTC, valid-from: 2026-01-01}]",
            "line 2: sites[0].valid-from: is not known; use one of path, zone"),
        // Sites and paths.
        arguments(
            "version: 1\nsites: [{path: a/b/c, zone: UTC}]",
            "line 2: sites[0].path: 'a/b/c' has 3 names, which is not a site; write a path of one"
                + " or two names such as acme/graz"),
        arguments(
            "version: 1\nsites: [{path: Acme/Graz, zone: UTC}]",
            "line 2: sites[0].path: equipment path segment 'Acme' must be 1 to 64 characters of"
                + " a-z, 0-9 and -; write a path of one or two names such as acme/graz"),
        arguments(
            "version: 1\nsites:\n- path: a/b\n  zone: Europe/Wien",
            "line 4: sites[0].zone: 'Europe/Wien' is no zone; write a zone such as Europe/Vienna"
                + " or UTC"),
        // Calendars.
        arguments(
            CALENDAR,
            "line 4: calendars.c.shifts: are in no pattern and no exception; write a pattern with"
                + " anchor and cycle"),
        arguments(
            CALENDAR + "    pattern: {anchor: 2026-01-05, cycle: [[early, night]]}",
            "line 7: calendars.c.pattern.cycle[0][1]: there is no shift night; use one of early,"
                + " late, or write it in shifts"),
        arguments(
            CALENDAR.replace("22:00", "25:00")
                + "    pattern: {anchor: 2026-01-05, cycle: [[late]]}",
            "line 6: calendars.c.shifts.late.end: '25:00' is no time of day; write a time from"
                + " \"00:00\" to \"23:59\", in quotation marks"),
        arguments(
            CALENDAR.replace("\"14:00\"}", "840}")
                + "    pattern: {anchor: 2026-01-05, cycle: [[late]]}",
            "line 5: calendars.c.shifts.early.end: '840' is no time of day; write a time from"
                + " \"00:00\" to \"23:59\", in quotation marks"),
        arguments(
            CALENDAR.replace("\"14:00\"}", "\"15:00\"}")
                + "    pattern: {anchor: 2026-01-05, cycle: [[early, late]]}",
            "line 4: calendars.c.shifts: shift early that opens on 0001-01-01 overlaps shift late;"
                + " let each end when the next one starts"),
        arguments(
            CALENDAR.replace("\"14:00\"}", "\"14:00\", breaks: [{at: \"15:00\", length: 15m}]}")
                + "    pattern: {anchor: 2026-01-05, cycle: [[early]]}",
            "line 4: calendars.c.shifts: break break is outside of shift early; let it begin"
                + " within the shift"),
        arguments(
            CALENDAR.replace("\"14:00\"}", "\"14:00\", breaks: [{at: \"09:00\", length: 15}]}")
                + "    pattern: {anchor: 2026-01-05, cycle: [[early]]}",
            "line 5: calendars.c.shifts.early.breaks[0].length: '15' is no length of time; write"
                + " 1us to 1d, as 4200ms, 4.2s, 15m, 8h or 2d"),
        arguments(
            CALENDAR + "    pattern: {cycle: [[early]]}",
            "line 7: calendars.c.pattern.anchor: is missing; write a day on which the cycle"
                + " begins, as 2026-01-05"),
        arguments(
            CALENDAR + "    pattern: {anchor: 2026-01-05, cycle: []}",
            "line 7: calendars.c.pattern.cycle: has no day; list the days of the cycle, 1 to 366,"
                + " each a list of shifts"),
        arguments(
            CALENDAR + "    pattern: {anchor: 2026-01-05, cycle: [early]}",
            "line 7: calendars.c.pattern.cycle[0]: is not a list; list the shifts of the day as"
                + " [early, late], or []"),
        arguments(
            CALENDAR + "    exceptions:\n      - {day: 2026-02-30, closed: why}",
            "line 8: calendars.c.exceptions[0].day: '2026-02-30' is no day; write a day such as"
                + " 2026-03-29"),
        arguments(
            CALENDAR + "    exceptions:\n      - {day: 2026-12-25}",
            "line 8: calendars.c.exceptions[0]: has neither closed nor shifts; write closed: why,"
                + " or shifts and a reason"),
        arguments(
            CALENDAR + "    exceptions:\n      - {day: 2026-12-25, shifts: [early]}",
            "line 8: calendars.c.exceptions[0].reason: is missing; write why, in up to 120"
                + " characters"),
        arguments(
            CALENDAR
                + "    exceptions:\n      - {day: 2026-12-25, closed: a}\n"
                + "      - {day: 2026-12-25, closed: b}",
            "line 7: calendars.c.exceptions: two exceptions are about 2026-12-25; write one of"
                + " them"),
        arguments(
            CALENDAR
                + "    patterns:\n      - {anchor: 2026-01-05, cycle: [[early]], to: 2026-06-01}\n"
                + "      - {anchor: 2026-01-05, cycle: [[late]], from: 2026-06-01}",
            "line 7: calendars.c.patterns: two patterns hold on 2026-06-01; let each end before the"
                + " next one begins"),
        arguments(
            "version: 1\ncalendars:\n  always: {zone: UTC}",
            "line 3: calendars.always: is the name of the calendar that plans all time; name it"
                + " otherwise"),
        arguments(
            "version: 1\ncalendars:\n  a/b: {zone: UTC}",
            "line 3: calendars.a/b: 'a/b' is no name; name it by 1 to 64 letters, digits, blanks,"
                + " _, . or -"),
        arguments(
            "version: 1\ncalendars: {c: {zone: UTC}}\n"
                + "calendar-assignments: [{equipment: a/b, calendar: d}]",
            "line 3: calendar-assignments[0].calendar: 'd' is not in calendars; use one of always,"
                + " c, or write it in this document"),
        arguments(
            "version: 1\nplanned-stops:\n  - {equipment: a/b, from: 2026-03-02T08:00:00Z, to:"
                + " 2026-03-02T08:00:00+01:00}",
            "line 3: planned-stops[0].to: is not after the begin, by at most 366 days; write a"
                + " later time, or use a calendar"),
        arguments(
            "version: 1\nplanned-stops:\n  - {equipment: a/b, from: 2026-03-02 08:00, to:"
                + " 2026-03-03T08:00:00Z}",
            "line 3: planned-stops[0].from: '2026-03-02 08:00' is no time with offset; write a time"
                + " with its offset such as 2026-03-02T08:00:00+01:00"),
        // Products and cycles.
        arguments(
            "version: 1\nproducts: [{id: P, unit: pieces}]",
            "line 2: products[0].unit: *; write a UCUM code such as mm, or 1 for things that are"
                + " counted"),
        arguments(
            "version: 1\nproducts: [{id: P, planned-scrap: 1.5}]",
            "line 2: products[0].planned-scrap: 1.5 is out of range; write a number from 0 to 1"),
        arguments(
            "version: 1\nproducts: [{id: P, planned-scrap: 1e-3}]",
            "line 2: products[0].planned-scrap: '1e-3' is no number; write a number from 0 to 1"),
        arguments(
            "version: 1\nideal-cycles: [{equipment: a/b, cycle: 4}]",
            "line 2: ideal-cycles[0].cycle: '4' is no length of time; write 1us to 366d, as 4200ms,"
                + " 4.2s, 15m, 8h or 2d"),
        arguments(
            "version: 1\nideal-cycles: [{equipment: a/b, cycle: 0s}]",
            "line 2: ideal-cycles[0].cycle: 0s is out of range; write 1us to 366d, as 4200ms, 4.2s,"
                + " 15m, 8h or 2d"),
        arguments(
            "version: 1\nideal-cycles:\n  - {equipment: a/b, cycle: 4s, valid-from: 2026-01-01}\n"
                + "  - {equipment: a/b, cycle: 5s, valid-from: 2026-01-01}",
            "line 4: ideal-cycles[1]: a/b is there twice, first in line 3; remove one, or give them"
                + " different valid-from"),
        // Lines.
        arguments(
            LINE.replace("a/b/c/d", "a/b/c") + "      - {machines: [m]}",
            "line 3: lines[0].path: 'a/b/c' has 3 names, which is not a line; write a path of four"
                + " names such as acme/graz/body/line-1"),
        arguments(
            LINE + "      - {machines: [m, n]}\n      - {machines: [n]}",
            "line 6: lines[0].stations[1].machines[0]: n is already in the line; name each machine"
                + " once"),
        arguments(
            LINE + "      - {machines: [m], minimum: 2}",
            "line 5: lines[0].stations[0].minimum: 2 is out of range; write a whole number from 1"
                + " to 1"),
        arguments(
            LINE + "      - {machines: [m]}\n    key-machine: n",
            "line 6: lines[0].key-machine: n is in none of the stations; name a machine of the"
                + " line"),
        arguments(
            LINE + "      - {machines: []}",
            "line 5: lines[0].stations[0].machines: has no entry; list its machines, as [press-01]"),
        // Reasons.
        arguments(
            TREE + "{code: jam, category: broken}",
            "line 5: reason-trees.t.reasons[0].category: 'broken' is not known; use one of setup,"
                + " minor-stop, starved, blocked, delay, breakdown, unexplained, planned-stop"),
        arguments(
            TREE + "{code: jam, category: production}",
            "line 5: reason-trees.t.reasons[0].category: 'production' is not known; use one of"
                + " setup, minor-stop, starved, blocked, delay, breakdown, unexplained,"
                + " planned-stop"),
        arguments(
            TREE + "{code: jam}",
            "line 5: reason-trees.t.reasons[0].category: is missing, also at the reasons above; use"
                + " one of setup, minor-stop, starved, blocked, delay, breakdown, unexplained,"
                + " planned-stop"),
        arguments(
            TREE + "{code: jam, parent: none, category: setup}",
            "line 5: reason-trees.t.reasons[0].parent: none is not there; name a reason of the"
                + " tree"),
        arguments(
            TREE + "{code: a, parent: a, category: setup}",
            "line 5: reason-trees.t.reasons[0].parent: a is below this reason; name a reason of the"
                + " tree"),
        arguments(
            TREE + "{code: a, category: setup}\n      - {code: a, category: delay}",
            "line 6: reason-trees.t.reasons[1].code: there is another reason a; use another code"),
        arguments(
            TREE
                + "{code: a, category: setup}\n      - {code: b, parent: a}\n"
                + "    signals: {'31': b,\n      '32': a}",
            "line 8: reason-trees.t.signals.32: a is no reason without others below it; name such"
                + " one"),
        // States.
        arguments(
            "version: 1\nstate-models:\n  m:\n    words: {'1': GOING}",
            "line 4: state-models.m.words.1: 'GOING' is not known; use one of BLOCKED, DOWN, IDLE,"
                + " MINOR_STOP, NO_DATA, OFF, PLANNED_STOP, RUNNING, SETUP, STARVED, or category,"
                + " kind and failure"),
        arguments(
            "version: 1\nstate-models:\n  m:\n    words:\n      Run: RUNNING\n      RUN: DOWN",
            "line 6: state-models.m.words.RUN: is there twice, but for its case; remove one of"
                + " them"),
        arguments(
            "version: 1\nstate-models:\n  m:\n    words: {x: {category: setup, failure: true}}",
            "line 4: state-models.m.words.x.failure: is only of a breakdown; write category:"
                + " breakdown"),
        // Rules.
        arguments(
            RULES + "state-model: press",
            "line 4: machine-rules[0].state-model: 'press' is not in state-models; use one of"
                + " standard, packml, words, mtconnect-execution, or write it in this document"),
        arguments(
            RULES + "counters: {start: first}",
            "line 4: machine-rules[0].counters.start: 'first' is not known; use one of baseline,"
                + " zero"),
        arguments(
            RULES + "counters: {good: {roll-over: 1}}",
            "line 4: machine-rules[0].counters.good.roll-over: 1 is out of range; write the first"
                + " number that it never shows, 2 to 10^12, or none"),
        arguments(
            RULES + "counters: {scrap: {start: zero}}",
            "line 4: machine-rules[0].counters.scrap: is not known; use one of double-pulse, good,"
                + " jump, per-pulse, reject, rework, roll-over, start, total"),
        arguments(
            RULES + "counters: {jump: on}",
            "line 4: machine-rules[0].counters.jump: 'on' is not known; write off, or times and"
                + " plus"),
        arguments(
            RULES + "stops: {minimum: 10m, micro-stop-ceiling: 5m}",
            "line 4: machine-rules[0].stops.micro-stop-ceiling: is shorter than the minimum, so"
                + " that no stop could be a minor one; write a longer one"),
        arguments(
            RULES + "start-up: {after: [production]}",
            "line 4: machine-rules[0].start-up.after[0]: 'production' is not known; use one of"
                + " setup, minor-stop, starved, blocked, delay, breakdown, unexplained,"
                + " planned-stop, unscheduled, no-data"),
        arguments(
            RULES + "energy: {window: 7m}",
            "line 4: machine-rules[0].energy.window: a day is no whole number of such windows;"
                + " write 1m to 1d, as 4200ms, 4.2s, 15m, 8h or 2d"),
        arguments(
            RULES + "inspected: all",
            "line 4: machine-rules[0].inspected: 'all' is no truth value; write true or false"),
        arguments(
            RULES + "items-per-hour: 0.0000001",
            "line 4: machine-rules[0].items-per-hour: 0.0000001 is out of range; write a number"
                + " from 0.000001 to 1000000000, with at most six decimals"),
        // The rest.
        arguments(
            "version: 1\ntolerances:\n  - {product: P, characteristic: bore, nominal: 12, lower: 1,"
                + " upper: -1, unit: mm}",
            "line 3: tolerances[0].lower: is more than the upper one; write deviations as -0.02 and"
                + " 0.02"),
        arguments(
            "version: 1\nmanual-stations: [{path: a/b/c/d}]",
            "line 2: manual-stations[0].path: 'a/b/c/d' has 4 names, which is not a station; write"
                + " a path of five names as acme/graz/body/line-1/assembly-01"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aFaultSaysLineFieldWhatIsWrongAndWhatWouldBeRight(String yaml, String sentence) {
    MasterDocument document = MasterReader.read(Yaml.read(yaml), Entries.NONE);

    List<String> sentences =
        Stream.concat(
                document.faults().stream(),
                document.rows().stream().flatMap(row -> row.faults().stream()))
            .map(Fault::text)
            .toList();

    int any = sentence.indexOf('*');
    if (any < 0) {
      assertThat(sentences).containsExactly(sentence);
    } else {
      assertThat(sentences)
          .singleElement()
          .asString()
          .startsWith(sentence.substring(0, any))
          .endsWith(sentence.substring(any + 1));
    }
  }

  @Test
  void allFaultsOfAllItemsAreFoundAtOnceAndTheOtherItemsAreTaken() {
    MasterDocument document =
        MasterReader.read(
            Yaml.read(
                """
                version: 1
                products:
                  - {id: A, unit: "1"}
                  - {unit: mm, planned-scrap: 2, size: 3}
                  - {id: B}
                ideal-cycles:
                  - {equipment: X, cycle: y}
                """),
            Entries.NONE);

    assertThat(document.faults()).isEmpty();
    assertThat(document.rows())
        .extracting(MasterRow::line, row -> row.item().isPresent(), row -> row.faults().size())
        .containsExactly(
            tuple(3, true, 0), tuple(4, false, 3), tuple(5, true, 0), tuple(7, false, 2));
  }

  @Test
  void whatRefersToARefusedItemIsRefusedAlso() {
    MasterDocument document =
        MasterReader.read(
            Yaml.read(
                """
                version: 1
                calendar-assignments: [{equipment: a/b, calendar: c}]
                calendars: {c: {zone: nowhere}}
                """),
            Entries.NONE);

    assertThat(document.rows()).allSatisfy(row -> assertThat(row.item()).isEmpty());
  }

  @Test
  void whatRefersToSomethingThatIsThereAlreadyIsTaken() {
    Entries there = Entries.of(Documents.items("version: 1\ncalendars: {c: {zone: UTC}}"));
    MasterDocument document =
        MasterReader.read(
            Yaml.read("version: 1\ncalendar-assignments: [{equipment: a/b, calendar: c}]"), there);

    assertThat(document.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.item()).isPresent());
  }

  @Test
  void ofManyFaultsOfAnItemTwentyAreTold() {
    StringBuilder yaml = new StringBuilder("version: 1\nproducts:\n  - id: P\n");
    for (int i = 0; i < 50; i++) {
      yaml.append("    field-").append(i).append(": x\n");
    }

    MasterDocument document = MasterReader.read(Yaml.read(yaml.toString()), Entries.NONE);

    assertThat(document.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.faults()).hasSize(20));
  }
}
