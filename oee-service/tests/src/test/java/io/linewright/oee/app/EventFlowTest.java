package io.linewright.oee.app;

import static io.linewright.oee.app.PlantEvents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.observe.StageBooks;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.oee.app.log.LogReader;
import io.linewright.oee.app.log.LogWindow;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.MachineEvent;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.CountRead;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** From Kafka into the logs: each event of each machine, once. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class EventFlowTest {

  private static final String AREA = "acme/graz/flow/";
  private static final long DAY = 86_400_000_000L;

  /** Noon, two days ago: nothing lies ahead, and a day is not over by chance. */
  private final long noon = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 2) * DAY + DAY / 2;

  private TestTokens tokens;
  private OeeUnderTest oee;
  private PlantEvents plant;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=events");
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void everyKindOfEventComesBackAsItWasTold() {
    String press = AREA + "kinds/press-01";
    plant.state(press, noon, "RUNNING");
    plant.send(
        plant.told(
            press,
            "packml",
            TagRole.MACHINE_STATE,
            new Sample(SampleValue.of(6), StatusCode.of(0x40900000), noon + 1, 3),
            true));
    plant.good(press, noon + 2, 41);
    plant.send(
        plant.told(
            press,
            "reject",
            TagRole.REJECT_COUNT,
            new Sample(null, StatusCode.BAD_NO_COMMUNICATION, noon + 3, 0),
            false));
    plant.send(
        plant.told(press, "po", TagRole.ORDER, sample(noon + 4, SampleValue.of("Größe 1")), false));
    plant.send(
        plant.told(press, "lot", TagRole.LOT, sample(noon + 5, SampleValue.of("L-7")), false));

    assertThat(oee.await(press, 6))
        .containsExactly(
            new StateSaid(key(noon, TrackKind.STATE, "state", 0), "RUNNING", 0),
            new StateSaid(key(noon + 1, TrackKind.STATE, "packml", 3), "6", 0x40900000),
            new CountRead(key(noon + 2, TrackKind.GOOD, "good", 0), 41.0, 0),
            new CountRead(key(noon + 3, TrackKind.REJECT, "reject", 0), null, 0x80310000),
            new ContextSaid(key(noon + 4, TrackKind.ORDER, "po", 0), "Größe 1", 0),
            new ContextSaid(key(noon + 5, TrackKind.LOT, "lot", 0), "L-7", 0));
  }

  @Test
  void repeatsShufflesAndContradictionsGiveOneSet() {
    String line = AREA + "shuffled/";
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<EventKey, MachineEvent> kept = new TreeMap<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long contradictions = 0;
    for (int i = 0; i < 600; i++) {
      // Few instants on both sides of the begin of a day, so that keys meet.
      long micros = noon + DAY / 2 + (random.nextInt(400) - 200) * 1_000_000L;
      long reading = random.nextInt(3);
      ProducerRecord<byte[], byte[]> record =
          plant.told(
              line + "mill",
              "good",
              TagRole.GOOD_COUNT,
              sample(micros, SampleValue.of(reading)),
              random.nextBoolean());
      MachineEvent event =
          new CountRead(key(micros, TrackKind.GOOD, "good", 0), (double) reading, 0);
      MachineEvent before = kept.get(event.key());
      records.add(record);
      kept.merge(event.key(), event, MachineEvent::kept);
      contradictions += before == null || before.equals(event) ? 0 : 1;
    }
    StageBooks.Line before = oee.books("oee.events");

    // Each twice, in two orders; whichever comes first, the same is kept.
    for (int round = 0; round < 2; round++) {
      Collections.shuffle(records, random);
      records.forEach(plant::queue);
      plant.flush();
    }
    awaitIn(before.in() + 1_200);

    assertThat(oee.events(line + "mill"))
        .as("seed %d", seed)
        .containsExactlyElementsOf(kept.values());
    StageBooks.Line after = oee.books("oee.events");
    assertThat(after.in() - before.in())
        .isEqualTo(
            after.out()
                - before.out()
                + after.setAside()
                - before.setAside()
                + after.duplicatesDropped()
                - before.duplicatesDropped());
    assertThat(after.out() - before.out()).isEqualTo(kept.size());
    assertThat(contradictions).as("the test brings some").isPositive();
    // The losers of the first round, whatever their order, and again those of the second.
    assertThat(after.setAside() - before.setAside()).isGreaterThanOrEqualTo(contradictions);
  }

  @Test
  void theGreaterOfTwoIsKeptWhicheverComesFirstAndTheOtherIsToldOnce() {
    String mill = AREA + "conflict/mill";
    plant.good(mill, noon, 5);
    oee.await(mill, 1);
    plant.good(mill, noon, 9);
    awaitSetAside("is 9.0, not 5.0; it was stored before", 1);
    plant.good(mill, noon, 7);
    awaitSetAside("is 9.0, not 7.0", 1);

    assertThat(oee.events(mill))
        .containsExactly(new CountRead(key(noon, TrackKind.GOOD, "good", 0), 9.0, 0));
  }

  @Test
  void modulesSpeakForTheirMachineWithoutBeingTakenForIt() {
    String mill = AREA + "modules/mill";
    plant.good(mill, noon, 1);
    plant.good(mill + "/spindle", noon, 2);
    plant.good(mill + "/spindle/tool", noon, 3);

    assertThat(oee.await(mill, 3))
        .extracting(event -> event.key().track().tag() + "=" + event.content())
        .containsExactly("good=1.0", "spindle#good=2.0", "spindle/tool#good=3.0");
    assertThat(oee.machines().at(mill + "/spindle", noon)).isEmpty();
  }

  @Test
  void whatCannotBeTrueOrReadIsSetAsideAndTheRestStored() {
    String mill = AREA + "odd/mill";
    plant.good(mill, 946_684_800_000_000L, 1);
    plant.good(mill, noon + 10 * DAY, 1);
    plant.send(
        plant.told(
            mill, "po", TagRole.ORDER, sample(noon, SampleValue.of("x".repeat(1_001))), false));
    plant.good(mill, noon, 1);

    oee.await(mill, 1);
    awaitSetAside("not plausible: 2000-01-01T00:00:00Z", 1);
    awaitSetAside("value has 1001 characters", 1);
    assertThat(oee.events(mill)).hasSize(1);
  }

  @Test
  void progressIsToldPerMachine() {
    String mill = AREA + "progress/mill";
    plant.announceTag(mill, "state", "machine-state", noon);
    plant.announceTag(mill + "/spindle", "good", "good-count", noon);
    plant.state(mill, noon, "RUNNING");
    plant.good(mill + "/spindle", noon + 1, 1);
    plant.complete(mill, noon + 60_000_000);
    oee.await(mill, 2);
    int machine = oee.machine(mill).id();
    Awaitility.await()
        .until(
            () ->
                oee.jdbc()
                        .sql("SELECT count(complete_until) FROM device WHERE path = ?")
                        .param(mill)
                        .query(Long.class)
                        .single()
                    == 1);

    assertThat(oee.devices().completeUntil(machine))
        .as("the spindle has not said how far it is")
        .isEmpty();
    plant.complete(mill + "/spindle", noon + 30_000_000);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(oee.devices().completeUntil(machine)).hasValue(noon + 30_000_000));

    JsonNode told = oee.get("/api/v1/oee/progress?equipment=" + AREA + "progress").path("machines");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).path("machine").asString()).isEqualTo(mill);
    assertThat(told.get(0).path("events").asLong()).isEqualTo(2);
    assertThat(told.get(0).path("lastEvent").asString()).isEqualTo(Rfc3339.format(noon + 1));
    assertThat(told.get(0).path("completeUntil").asString())
        .isEqualTo(Rfc3339.format(noon + 30_000_000));
    assertThat(told.get(0).path("computedUntil").isNull()).isTrue();
    plant.good(AREA + "progress/zzz", noon, 1);
    oee.await(AREA + "progress/zzz", 1);
    JsonNode first = oee.get("/api/v1/oee/progress?limit=1&equipment=" + AREA + "progress");
    assertThat(first.path("machines")).hasSize(1);
    assertThat(first.path("next").asString()).isEqualTo(mill);
    JsonNode rest =
        oee.get("/api/v1/oee/progress?limit=1&equipment=" + AREA + "progress&cursor=" + mill);
    assertThat(rest.path("machines").get(0).path("machine").asString()).endsWith("zzz");
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void aWindowHasWhatWasToldBeforeItAndAfterIt() {
    String mill = AREA + "window/mill";
    Map<Long, String> states = new HashMap<>();
    states.put(noon - 5 * DAY, "READY");
    states.put(noon, "RUNNING");
    states.put(noon + 10, "DOWN");
    states.forEach((micros, state) -> plant.state(mill, micros, state));
    plant.good(mill, noon - 3 * DAY, 1);
    plant.good(mill, noon - 2 * DAY, 2);
    plant.good(mill, noon - 2 * DAY + 1, 3);
    plant.send(
        plant.told(
            mill,
            "good",
            TagRole.GOOD_COUNT,
            new Sample(null, StatusCode.BAD_NO_COMMUNICATION, noon - DAY, 0),
            false));
    plant.good(mill, noon + 20, 9);
    oee.await(mill, 8);

    LogWindow window =
        oee.bean(LogReader.class)
            .around(oee.machine(mill).id(), new Span(noon - 60_000_000, noon + 5));

    assertThat(window.events())
        .extracting(MachineEvent::content)
        .containsExactly("READY", 2.0, 3.0, null, "RUNNING", "DOWN", 9.0);
    assertThat(window.firsts())
        .containsEntry(new TrackName(TrackKind.STATE, "state"), noon - 5 * DAY)
        .containsEntry(new TrackName(TrackKind.GOOD, "good"), noon - 3 * DAY);
  }

  private void awaitIn(long in) {
    Awaitility.await().until(() -> oee.books("oee.events").in() >= in);
  }

  private void awaitSetAside(String cause, long times) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        oee.jdbc()
                            .sql("SELECT count(*) FROM set_aside WHERE strpos(cause, ?) > 0")
                            .param(cause)
                            .query(Long.class)
                            .single())
                    .isEqualTo(times));
  }

  private static EventKey key(long micros, TrackKind kind, String tag, int ordinal) {
    return new EventKey(micros, new TrackName(kind, tag), ordinal);
  }
}
