package io.linewright.oee.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.WorkCalendar;
import io.linewright.oee.engine.MachineEngine;
import io.linewright.oee.engine.input.MachineHistory;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.EventLog;
import io.linewright.oee.event.EventPacking;
import io.linewright.oee.event.Heard;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.OeeFold;
import io.linewright.oee.event.OeeState;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.IdealCycles;
import io.linewright.oee.state.StateTimes.Answer;
import io.linewright.oee.state.StateTimes.Total;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Eight machine days of NIST's test bed, as MTConnect told them: seconds in each value of four data
 * items, and changes, through the fold, in file order and shuffled.
 */
class MachineDayTest {

  private static final List<String> ITEMS = List.of("execution", "mode", "estop", "avail");
  private static final String MACHINE = "nist/sms/shop/cell/machine";
  private static final String UNAVAILABLE = "UNAVAILABLE";
  private static final int BAD_NO_DATA = 0x809B0000;

  /** How UNAVAILABLE is told: as the word, or as a value that is none. */
  private enum Told {
    AS_WORD,
    AS_STATUS
  }

  @BeforeEach
  void theLogsAreThere() {
    assumeTrue(
        Files.isRegularFile(directory().resolve("machine_day_answers.json")),
        () -> "no logs in " + directory() + "; LINEWRIGHT_DATA names their parent");
  }

  @TestFactory
  Stream<DynamicTest> secondsAndTransitionsAreThoseOfTheAnswers() {
    JsonNode answers = new JsonMapper().readTree(directory().resolve("machine_day_answers.json"));
    assertThat(answers.size()).isEqualTo(8);
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : answers.propertyNames()) {
      for (Told told : Told.values()) {
        tests.add(dynamicTest(file + " " + told, () -> compare(file, answers.get(file), told)));
      }
    }
    return tests.stream();
  }

  private static void compare(String file, JsonNode answer, Told told) throws IOException {
    List<MachineEvent> events = read(file, told);
    long end = micros(answer.get("last_timestamp").asString().replace(' ', 'T') + "Z");
    List<StateSaid> kept = throughTheFold(events, false);
    assertThat(throughTheFold(events, true)).isEqualTo(kept);
    int items = 0;
    for (String item : ITEMS) {
      JsonNode seconds = answer.get(item + "_seconds");
      if (seconds == null) {
        continue;
      }
      items++;
      List<StateSaid> said =
          kept.stream().filter(event -> event.key().track().tag().equals(item)).toList();
      // Of five machines the last word is that of the last instant, which the answers count as
      // well.
      Span span = new Span(said.getFirst().key().micros(), end + 1);
      Knowledge knowledge = new Knowledge(OptionalLong.empty(), end, end, Duration.ofHours(1));
      Answer times =
          StateTimes.of(
              span,
              null,
              said,
              Vocabularies.standard(),
              DataGaps.of(span, List.of(), null, said, knowledge),
              Track.constant(span, true));
      assertThat(MachineEngine.stateTimes(span, item, whole -> input(whole, kept, knowledge)))
          .isEqualTo(times);
      Map<String, Double> actual = new TreeMap<>();
      for (Total total : times.states()) {
        actual.put(total.state(), total.micros() / 1e6);
      }
      actual.put(UNAVAILABLE, times.noDataMicros() / 1e6);
      for (String value : seconds.propertyNames()) {
        assertThat(actual.getOrDefault(value, 0.0))
            .as("%s of %s", value, item)
            .isCloseTo(seconds.get(value).asDouble(), within(0.001));
        actual.remove(value);
      }
      assertThat(actual.values()).as("other values of %s: %s", item, actual).allMatch(s -> s == 0);
      assertThat(times.pendingMicros()).isZero();
      assertThat(times.transitions()).as(item).isEqualTo(answer.get(item + "_transitions").asInt());
    }
    assertThat(items).isGreaterThanOrEqualTo(3);
  }

  /** Of a machine of which nothing is known but what it told. */
  private static MachineInput input(Span whole, List<StateSaid> events, Knowledge knowledge) {
    return new MachineInput(
        EquipmentPath.parse(MACHINE),
        MachineHistory.of(whole, Map.of(), EventLog.of(events)),
        List.of(),
        Plans.over(WorkCalendar.always(Plans.zone("UTC")), whole),
        Track.constant(MachineInput.ALL_TIME, MachineRules.DEFAULT),
        IdealCycles.NONE,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        knowledge);
  }

  /** The events as the logs have them, packed and read again, each twice. */
  private static List<StateSaid> throughTheFold(List<MachineEvent> events, boolean shuffled) {
    List<Heard> heard = new ArrayList<>();
    for (MachineEvent event : events) {
      heard.add(new Heard(MACHINE, event, true));
      heard.add(new Heard(MACHINE, event, false));
    }
    if (shuffled) {
      Collections.shuffle(heard, new Random(1));
    }
    OeeState state = OeeFold.steps(OeeState.of("nist/sms/shop/cell"), heard).state();
    List<StateSaid> kept = new ArrayList<>();
    for (EventLog log : new TreeMap<>(state.logs().get(MACHINE)).values()) {
      for (MachineEvent event : EventPacking.unpack(EventPacking.pack(log))) {
        kept.add((StateSaid) event);
      }
    }
    return kept;
  }

  private static List<MachineEvent> read(String file, Told told) throws IOException {
    Map<String, Integer> ordinals = new HashMap<>();
    List<MachineEvent> events = new ArrayList<>();
    Path log = directory().resolve("machine_day_logs").resolve(file + ".gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.ISO_8859_1))) {
      lines
          .lines()
          .map(line -> line.split("\\|", -1))
          .forEach(
              parts -> {
                if (parts.length > 2 && ITEMS.contains(parts[1])) {
                  long micros = micros(parts[0]);
                  EventKey key =
                      new EventKey(
                          micros,
                          new TrackName(TrackKind.STATE, parts[1]),
                          ordinals.merge(parts[1] + micros, 1, Integer::sum) - 1);
                  boolean none = told == Told.AS_STATUS && parts[2].equals(UNAVAILABLE);
                  events.add(new StateSaid(key, none ? null : parts[2], none ? BAD_NO_DATA : 0));
                }
              });
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    return events;
  }

  private static long micros(String utc) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(utc));
  }

  private static Path directory() {
    String root = System.getenv().getOrDefault("LINEWRIGHT_ROOT", ".");
    String data = System.getenv().getOrDefault("LINEWRIGHT_DATA", "../shared/data");
    return Path.of(root).resolve(data).resolve("nist_sms_testbed").toAbsolutePath().normalize();
  }
}
