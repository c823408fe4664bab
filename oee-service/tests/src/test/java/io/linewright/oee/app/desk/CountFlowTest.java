package io.linewright.oee.app.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.OeeUnderTest.Answer;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Machines count, people correct that, and report of stations that have no machine. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class CountFlowTest {

  private static final String AREA = "acme/graz/counts/";
  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;

  private final long noon = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 6) * DAY + DAY / 2;

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
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=counts");
    oee.master(
        """
        version: 1
        manual-stations:
          - {path: acme/graz/counts/hand/assembly, name: Assembly}
          - {path: acme/graz/counts/hand/packing, name: Packing}
        """);
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void whatWasCountedIsCorrected() {
    String mill = AREA + "correct/mill";
    plant.state(mill, noon, "RUNNING");
    plant.good(mill, noon, 0);
    plant.good(mill, noon + 600 * SECOND, 50);
    oee.await(mill, 3);
    Machine machine = oee.machine(mill);
    oee.computed(machine, noon + 1000 * SECOND);
    assertThat(counts(mill).path("good").asDouble()).isEqualTo(50);
    assertThat(counts(mill).path("corrected").asBoolean()).isFalse();

    Answer made = correct(mill, 300, "good", "-3", "c-1");
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    assertThat(counts(mill).path("good").asDouble()).isEqualTo(47);
    assertThat(counts(mill).path("corrected").asBoolean()).isTrue();
    assertThat(oee.marks(machine))
        .extracting(mark -> mark.cause() + mark.span())
        .containsExactly(
            "count-corrected" + new Span(noon + 300 * SECOND, noon + 300 * SECOND + 1));
    assertThat(
            oee.number(
                "SELECT last FROM outbox_sequence WHERE source = '/oee/counts' AND key ="
                    + " '"
                    + AREA
                    + "correct'"))
        .isEqualTo(1);

    Answer again = correct(mill, 300, "good", "-3", "c-1");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(correct(mill, 300, "good", "-4", "c-1").problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(counts(mill).path("good").asDouble()).isEqualTo(47);
    JsonNode list = oee.get("/api/v1/counts/corrections?" + range(mill)).path("corrections");
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("reason").asString()).isEqualTo("test c-1");

    assertThat(correct(mill, 300, "good", "0", "c-2").status()).isEqualTo(400);
    assertThat(correct(mill, 300, "bad", "1", "c-3").status()).isEqualTo(400);
    assertThat(correct(mill, 300, "good", "1e10", "c-4").status()).isEqualTo(400);
    Answer elsewhere =
        oee.requestOf(
            "eva",
            "acme/graz/other",
            "POST",
            "/api/v1/counts/corrections",
            correction(mill, 300, "good", "1", "c-5"),
            "Idempotency-Key",
            "c-5");
    assertThat(elsewhere.problem()).isEqualTo("unknown-machine");
    assertThat(
            oee.request(
                    "viewer",
                    "POST",
                    "/api/v1/counts/corrections",
                    correction(mill, 300, "good", "1", "c-6"),
                    "Idempotency-Key",
                    "c-6")
                .status())
        .isEqualTo(403);
  }

  @Test
  void whatIsNotPlainAboutACounterIsTold() {
    String mill = AREA + "irregular/mill";
    plant.state(mill, noon, "RUNNING");
    plant.good(mill, noon, 10);
    plant.good(mill, noon + 100 * SECOND, 60);
    plant.good(mill, noon + 200 * SECOND, 5);
    oee.await(mill, 4);

    JsonNode facts = oee.get("/api/v1/counts/irregular?" + range(mill)).path("facts");
    assertThat(facts).hasSize(2);
    assertThat(facts.get(0).path("kind").asString()).isEqualTo("baseline-set");
    assertThat(facts.get(1).path("kind").asString()).isEqualTo("reset");
    assertThat(facts.get(1).path("from").asDouble()).isEqualTo(60);
    assertThat(facts.get(1).path("counted").asDouble()).isEqualTo(5);
    assertThat(counts(mill).path("good").asDouble()).isEqualTo(55);
    assertThat(
            oee.request("viewer", "GET", "/api/v1/counts?" + range(AREA + "irregular"), null)
                .status())
        .isEqualTo(400);
  }

  @Test
  void peopleReportOfAStationInAnyOrder() {
    String station = AREA + "hand/assembly";
    Answer first = report(station, 600, "\"state\":\"RUNNING\",\"counts\":{\"good\":30}", "h-1");
    assertThat(first.status()).as("%s", first.body()).isEqualTo(201);
    assertThat(report(station, 1800, "\"state\":\"DOWN\",\"counts\":{\"good\":20}", "h-2").status())
        .isEqualTo(201);
    // Late, and before the others.
    assertThat(
            report(
                    station,
                    0,
                    "\"state\":\"RUNNING\",\"order\":\"PO-7\",\"counts\":{\"good\":7}",
                    "h-3")
                .status())
        .isEqualTo(201);
    assertThat(report(station, 2400, "\"state\":\"RUNNING\"", "h-4").status()).isEqualTo(201);

    JsonNode counts = oee.get("/api/v1/counts?" + range(station));
    assertThat(counts.at("/counts/0/good").asDouble()).isEqualTo(57);
    assertThat(counts.path("lacks").toString()).doesNotContain("\"good\"");
    assertThat(
            oee.get("/api/v1/in-force?machine=%s&time=%s".formatted(station, time(60)))
                .at("/order/value")
                .asString())
        .isEqualTo("PO-7");
    JsonNode stop =
        oee.get("/api/v1/stops?" + range(station).replace("machine", "equipment")).at("/stops/0");
    assertThat(stop.path("from").asString()).isEqualTo(time(1800));
    assertThat(stop.path("to").asString()).isEqualTo(time(2400));

    long events = oee.events(station).size();
    Answer again = report(station, 600, "\"state\":\"RUNNING\",\"counts\":{\"good\":30}", "h-1");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
    assertThat(oee.events(station)).hasSize((int) events);
    assertThat(oee.get("/api/v1/counts?" + range(station)).at("/counts/0/good").asDouble())
        .isEqualTo(57);

    Answer other = report(station, 600, "\"state\":\"DOWN\",\"counts\":{\"good\":1}", "h-5");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problem()).isEqualTo("conflict");
    assertThat(oee.get("/api/v1/counts?" + range(station)).at("/counts/0/good").asDouble())
        .isEqualTo(57);
    assertThat(oee.number("SELECT count(*) FROM manual_report WHERE idempotency_key = 'h-5'"))
        .isZero();
  }

  @Test
  void onlyManualStationsAreReported() {
    assertThat(report(AREA + "hand/robot", 0, "\"state\":\"RUNNING\"", "n-1").problem())
        .isEqualTo("unknown-machine");
    assertThat(report(AREA + "hand/packing", 0, "\"lot\":null", "n-2").status()).isEqualTo(400);
    assertThat(report(AREA + "hand/packing", 0, "\"counts\":{\"good\":-1}", "n-3").status())
        .isEqualTo(400);
    assertThat(report(AREA + "hand/packing", 9L * 86_400, "\"state\":\"RUNNING\"", "n-4").status())
        .isEqualTo(400);
    assertThat(oee.number("SELECT count(*) FROM manual_report WHERE idempotency_key LIKE 'n-%'"))
        .isZero();
  }

  /** A station may also have a tag: the log is one, and what is in memory of it is noticed old. */
  @Test
  void reportsAndEventsOfOneStationAreOneLog() {
    String station = AREA + "hand/packing";
    plant.good(station, noon, 1);
    oee.await(station, 1);
    Machine machine = oee.machine(station);
    oee.computed(machine, noon + 1000 * SECOND);

    String revision = "SELECT revision FROM machine WHERE machine_id = " + machine.id();
    long before = oee.number(revision);
    assertThat(report(station, 100, "\"state\":\"RUNNING\"", "l-1").status()).isEqualTo(201);
    assertThat(oee.number(revision)).isEqualTo(before + 1);
    assertThat(oee.marks(machine)).extracting(mark -> mark.cause()).contains("manual-report");
    plant.good(station, noon + 200 * SECOND, 2);
    oee.await(station, 3);
    assertThat(report(station, 300, "\"state\":\"DOWN\"", "l-2").status()).isEqualTo(201);
    plant.good(station, noon + 400 * SECOND, 3);

    assertThat(oee.await(station, 5)).hasSize(5);
    assertThat(oee.number("SELECT count(*) FROM event_part WHERE machine_id = " + machine.id()))
        .isEqualTo(5);
  }

  private JsonNode counts(String machine) {
    JsonNode counts = oee.get("/api/v1/counts?" + range(machine)).path("counts");
    assertThat(counts).hasSize(1);
    return counts.get(0);
  }

  private String range(String machine) {
    return "machine=%s&from=%s&to=%s".formatted(machine, time(-100), time(3000));
  }

  private Answer correct(String machine, long at, String kind, String quantity, String key) {
    return oee.request(
        "operator",
        "POST",
        "/api/v1/counts/corrections",
        correction(machine, at, kind, quantity, key),
        "Idempotency-Key",
        key);
  }

  private String correction(String machine, long at, String kind, String quantity, String key) {
    return "{\"machine\":\"%s\",\"time\":\"%s\",\"kind\":\"%s\",\"quantity\":%s,\"reason\":\"test %s\"}"
        .formatted(machine, time(at), kind, quantity, key);
  }

  private Answer report(String station, long at, String what, String key) {
    return oee.request(
        "operator",
        "POST",
        "/api/v1/manual-reports",
        "{\"station\":\"%s\",\"time\":\"%s\",%s}".formatted(station, time(at), what),
        "Idempotency-Key",
        key);
  }

  private String time(long seconds) {
    return Rfc3339.format(noon + seconds * SECOND);
  }
}
