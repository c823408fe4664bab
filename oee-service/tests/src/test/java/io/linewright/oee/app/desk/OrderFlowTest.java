package io.linewright.oee.app.desk;

import static io.linewright.oee.app.PlantEvents.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.OeeUnderTest.Answer;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.order.OrderKeeping;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.word.Author;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.Verb;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.orderbook.OrderHistory;
import io.linewright.oee.orderbook.OrderWord;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Orders, and which of them ran when. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class OrderFlowTest {

  private static final String AREA = "acme/graz/orders/";
  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3600;

  private final long midnight = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 6) * DAY;

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
            kafka, postgres.createDatabase(), tokens, "linewright.service.instance=orders");
    oee.master(
        """
        version: 1
        sites: [{path: acme/graz, zone: UTC}]
        calendars:
          halves:
            zone: UTC
            day-starts: "05:30"
            shifts:
              early: {start: "05:30", end: "13:30"}
              night: {start: "21:30", end: "05:30"}
            pattern: {anchor: 2026-01-05, cycle: [[early, night]]}
        calendar-assignments: [{equipment: acme/graz/orders/shifts, calendar: halves}]
        products: [{id: P-100, name: Bracket, unit: "1"}]
        ideal-cycles: [{equipment: acme/graz/orders/shifts, product: P-100, cycle: 10s}]
        """);
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void anOrderIsMadeAndChangedByWhoKnowsIt() {
    String path = "/api/v1/production-orders/PO-10";
    String body = "{\"product\":\"P-100\",\"quantity\":100,\"lot\":\"L-1\"}";
    Answer made = oee.request("admin", "PUT", path, body);
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    assertThat(made.tag()).isEqualTo("\"1\"");
    assertThat(made.body().path("state").asString()).isEqualTo("Released");

    String more = "{\"product\":\"P-100\",\"quantity\":120,\"state\":\"Running\"}";
    assertThat(oee.request("admin", "PUT", path, more).status()).isEqualTo(428);
    assertThat(oee.request("admin", "PUT", path, more, "If-Match", "\"7\"").status())
        .isEqualTo(412);
    assertThat(oee.request("operator", "PUT", path, more, "If-Match", "\"1\"").status())
        .isEqualTo(403);
    Answer changed = oee.request("admin", "PUT", path, more, "If-Match", "\"1\"");
    assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
    assertThat(changed.tag()).isEqualTo("\"2\"");
    assertThat(changed.body().path("lot").isNull()).isTrue();
    assertThat(oee.request("admin", "PUT", path, more, "If-Match", "\"2\"").tag())
        .isEqualTo("\"2\"");

    Answer back =
        oee.request("admin", "PUT", path, more.replace("Running", "Released"), "If-Match", "\"2\"");
    assertThat(back.status()).isEqualTo(409);
    assertThat(back.problem()).isEqualTo("order-in-state");
    assertThat(back.body().path("detail").asString()).contains("PO-10").contains("Running");

    JsonNode versions = oee.get(path + "/versions").path("versions");
    assertThat(versions).hasSize(2);
    assertThat(versions.get(1).path("quantity").asDouble()).isEqualTo(100);
    assertThat(oee.number("SELECT last FROM outbox_sequence WHERE key = 'PO-10'")).isEqualTo(2);
    assertThat(oee.request("viewer", "GET", "/api/v1/production-orders/PO-none", null).status())
        .isEqualTo(404);
    assertThat(
            oee.request("admin", "PUT", "/api/v1/production-orders/PO-11", "{\"quantity\":1}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void ordersAreListedByStatePlaceAndDay() {
    String there = AREA + "list";
    for (int i = 0; i < 3; i++) {
      Answer made =
          oee.request(
              "admin",
              "PUT",
              "/api/v1/production-orders/LI-" + i,
              ("{\"product\":\"P\",\"quantity\":1,\"equipment\":\"%s\",\"due\":\"%s\","
                      + "\"state\":\"%s\"}")
                  .formatted(
                      i == 0 ? there : there + "/mill", time(i * HOUR), i == 2 ? "Ready" : "Held"));
      assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    }
    assertThat(listed("equipment=" + there)).containsExactly("LI-0", "LI-1", "LI-2");
    assertThat(listed("equipment=" + there + "/saw")).containsExactly("LI-0");
    assertThat(listed("state=Ready&equipment=" + there)).containsExactly("LI-2");
    assertThat(listed("equipment=" + there + "&due=" + time(2 * HOUR)))
        .containsExactly("LI-0", "LI-1");
    JsonNode page = oee.get("/api/v1/production-orders?limit=1&equipment=" + there);
    assertThat(page.path("next").asString()).isEqualTo("LI-0");
    assertThat(listed("cursor=LI-0&equipment=" + there)).containsExactly("LI-1", "LI-2");
  }

  /** What an order is follows from when its documents were written, not from when they came. */
  @Test
  void wordsOfDocumentsMayComeInAnyOrderAndAreMany() {
    List<OrderWord> words = new ArrayList<>();
    for (int i = 0; i < OrderHistory.MAX_WORDS + 30; i++) {
      words.add(word("D-" + i, midnight + i, i == 0 ? Verb.PROCESS : Verb.CHANGE, 10 + i));
    }
    List<OrderWord> shuffled = new ArrayList<>(words.subList(0, OrderHistory.MAX_WORDS));
    Collections.shuffle(shuffled, new Random(7));
    shuffled.addAll(words.subList(OrderHistory.MAX_WORDS, words.size()));

    OrderHistory expected = OrderHistory.none("MANY");
    for (OrderWord word : shuffled) {
      expected = expected.with(word);
      keep("MANY", word);
    }
    OrderHistory kept =
        oee.bean(OrderKeeping.class).histories(List.of("MANY")).getOrDefault("MANY", null);
    assertThat(kept).isEqualTo(expected);
    assertThat(oee.get("/api/v1/production-orders/MANY").path("quantity").asDouble())
        .isEqualTo(10 + words.size() - 1);

    // Whoever changes it by hand knows all of that: theirs is the last word.
    Orders.Kept before = oee.bean(Orders.class).find("MANY").orElseThrow();
    Answer put =
        oee.request(
            "admin",
            "PUT",
            "/api/v1/production-orders/MANY",
            "{\"product\":\"P\",\"quantity\":5}",
            "If-Match",
            "\"" + before.version() + "\"");
    assertThat(put.status()).as("%s", put.body()).isEqualTo(200);
    keep("MANY", word("D-late", midnight + 5 * DAY, Verb.CHANGE, 77));
    assertThat(oee.get("/api/v1/production-orders/MANY").path("quantity").asDouble()).isEqualTo(5);

    // A clock that is fast does not make a document stronger than who has read it.
    long ahead = Times.micros(Instant.now()) + HOUR * SECOND;
    keep("MANY", word("D-ahead", ahead, Verb.CHANGE, 88));
    Orders.Kept read = oee.bean(Orders.class).find("MANY").orElseThrow();
    assertThat(read.order().quantity()).isEqualTo(Quantity.of(88));
    assertThat(
            oee.request(
                    "admin",
                    "PUT",
                    "/api/v1/production-orders/MANY",
                    "{\"product\":\"P\",\"quantity\":6}",
                    "If-Match",
                    "\"" + read.version() + "\"")
                .body()
                .path("quantity")
                .asDouble())
        .isEqualTo(6);
  }

  @Test
  void whatRanIsToldByTheMachineAndByPeople() {
    String mill = AREA + "runs/mill";
    plant.state(mill, at(0), "RUNNING");
    order(mill, at(1000), "PO-1");
    order(mill, at(2000), "PO-2");
    order(mill, at(5000), "");
    oee.await(mill, 4);

    assertThat(runs("equipment=%s&from=%s&to=%s".formatted(mill, time(0), time(6000))))
        .containsExactly("PO-1 1000 2000 machine", "PO-2 2000 5000 machine");
    Answer said = run(mill, "PO-3", 1500, 3000L, "run-1");
    assertThat(said.status()).as("%s", said.body()).isEqualTo(201);
    assertThat(run(mill, "PO-3", 1500, 3000L, "run-1").status()).isEqualTo(200);
    assertThat(run(mill, "PO-4", 1500, 3000L, "run-1").problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(runs("equipment=%s&from=%s&to=%s".formatted(mill, time(0), time(6000))))
        .containsExactly("PO-1 1000 1500 machine", "PO-3 1500 3000 word", "PO-2 3000 5000 machine");
    assertThat(runs("order=PO-3&equipment=" + mill)).containsExactly("PO-3 1500 3000 word");

    assertThat(run(mill, null, 2500, 3000L, "run-2").status()).isEqualTo(201);
    assertThat(runs("order=PO-2&equipment=" + mill)).containsExactly("PO-2 2500 5000 machine");
    JsonNode range = oee.get("/api/v1/time-ranges?during=order:PO-2&equipment=" + mill);
    assertThat(range.path("title").asString()).isEqualTo("order PO-2");
    assertThat(range.at("/ranges/0/machine").asString()).isEqualTo(mill);
    assertThat(range.at("/bounds/from").asString()).isEqualTo(time(2500));
    assertThat(range.at("/bounds/to").asString()).isEqualTo(time(5000));
    assertThat(
            oee.request("viewer", "GET", "/api/v1/time-ranges?during=order:PO-none", null)
                .problem())
        .isEqualTo("unknown-range");

    assertThat(
            oee.request("viewer", "POST", "/api/v1/order-runs", "{}", "Idempotency-Key", "v")
                .status())
        .isEqualTo(403);
    assertThat(run(AREA + "runs/none", "PO-1", 0, 1L, "run-3").problem())
        .isEqualTo("unknown-equipment");
    Answer elsewhere =
        oee.requestOf(
            "eva",
            "acme/graz/other",
            "POST",
            "/api/v1/order-runs",
            runBody(mill, "PO-9", 0, 1L),
            "Idempotency-Key",
            "run-4");
    assertThat(elsewhere.problem()).isEqualTo("unknown-machine");
  }

  @Test
  void whatIsInForceFollowsFromTagsWordsAndOrders() {
    assertThat(
            oee.request(
                    "admin",
                    "PUT",
                    "/api/v1/production-orders/IF-1",
                    "{\"product\":\"P-100\",\"quantity\":9,\"lot\":\"LOT-7\"}")
                .status())
        .isEqualTo(201);
    String mill = AREA + "force/mill";
    plant.state(mill, at(0), "RUNNING");
    order(mill, at(1000), "IF-1");
    context(mill, "serial", TagRole.SERIAL, at(2000), "S-1");
    context(mill, "serial", TagRole.SERIAL, at(2500), "S-2");
    order(mill, at(4000), "other");
    oee.await(mill, 5);

    JsonNode held = oee.get("/api/v1/in-force?machine=%s&time=%s".formatted(mill, time(3000)));
    assertThat(held.at("/order/value").asString()).isEqualTo("IF-1");
    assertThat(held.at("/order/since").asString()).isEqualTo(time(1000));
    assertThat(held.at("/product/value").asString()).isEqualTo("P-100");
    assertThat(held.at("/lot/value").asString()).isEqualTo("LOT-7");
    assertThat(held.at("/serial/value").asString()).isEqualTo("S-2");
    assertThat(held.at("/serial/since").asString()).isEqualTo(time(2500));
    JsonNode before = oee.get("/api/v1/in-force?machine=%s&time=%s".formatted(mill, time(500)));
    assertThat(before.path("order").isNull()).isTrue();
    // Days later it is still known since when.
    JsonNode later =
        oee.get("/api/v1/in-force?machine=%s&time=%s".formatted(mill, time(4 * 24 * HOUR)));
    assertThat(later.at("/order/since").asString()).isEqualTo(time(4000));

    JsonNode lot = oee.get("/api/v1/time-ranges?during=lot:LOT-7&equipment=" + mill);
    assertThat(lot.at("/ranges/0/from").asString()).isEqualTo(time(1000));
    assertThat(lot.at("/ranges/0/to").asString()).isEqualTo(time(4000));
  }

  @Test
  void anOtherOrderMarksTheTimeInWhichItWasInForce() {
    String mill = AREA + "marks/mill";
    plant.state(mill, at(0), "RUNNING");
    oee.await(mill, 1);
    Machine machine = oee.machine(mill);
    oee.computed(machine, at(9000));
    String path = "/api/v1/production-orders/MA-1";
    assertThat(oee.request("admin", "PUT", path, "{\"product\":\"P\",\"quantity\":1}").status())
        .isEqualTo(201);
    oee.jdbc().sql("INSERT INTO dictionary VALUES ('order', 901, 'MA-1')").update();
    oee.jdbc().sql("INSERT INTO dictionary VALUES ('order', 902, 'MA-2')").update();
    cell(machine, 901, 1000, 2000);
    cell(machine, 902, 2000, 3000);
    assertThat(oee.marks(machine)).isEmpty();

    assertThat(
            oee.request(
                    "admin",
                    "PUT",
                    path,
                    "{\"product\":\"P\",\"quantity\":1,\"lot\":\"L-9\"}",
                    "If-Match",
                    "\"1\"")
                .status())
        .isEqualTo(200);
    assertThat(oee.marks(machine))
        .extracting(mark -> mark.cause() + mark.span())
        .containsExactly("order-changed" + new Span(at(1000), at(2000)));

    Answer run = run(mill, "MA-2", 5000, null, "mark-1");
    assertThat(run.status()).isEqualTo(201);
    assertThat(run.body().path("to").isNull()).isTrue();
    assertThat(oee.marks(machine).getLast().span()).isEqualTo(new Span(at(5000), at(9000)));
  }

  /** A shift that opens at half past has its hours there (OpenMes 24). */
  @Test
  void hoursBeginWithTheShift() {
    String mill = AREA + "shifts/mill";
    long open = 5 * HOUR + 1800;
    plant.state(mill, at(open), "RUNNING");
    context(mill, "product", TagRole.PRODUCT, at(open), "P-100");
    plant.good(mill, at(open), 0);
    plant.good(mill, at(open + 1800), 100);
    plant.good(mill, at(open + HOUR), 250);
    plant.good(mill, at(open + 2 * HOUR), 600);
    plant.complete(mill, at(open + 2 * HOUR));
    oee.await(mill, 6);

    JsonNode hours =
        oee.get(
                "/api/v1/target-actual?equipment=%s&from=%s&to=%s&ratio=0.5"
                    .formatted(mill, time(open), time(open + 2 * HOUR)))
            .at("/machines/0/hours");
    assertThat(hours).hasSize(2);
    assertThat(hours.get(0).path("from").asString()).isEqualTo(time(open));
    assertThat(hours.get(0).path("to").asString()).isEqualTo(time(open + HOUR));
    assertThat(hours.get(0).path("target").asDouble()).isEqualTo(180, within(1e-9));
    assertThat(hours.get(0).path("good").asDouble()).isEqualTo(250);
    assertThat(hours.get(1).path("good").asDouble()).isEqualTo(350);

    JsonNode counts =
        oee.get(
                "/api/v1/counts?machine=%s&per=hour&from=%s&to=%s"
                    .formatted(mill, time(open), time(open + 2 * HOUR)))
            .path("counts");
    assertThat(counts).hasSize(2);
    assertThat(counts.get(1).path("from").asString()).isEqualTo(time(open + HOUR));
    assertThat(counts.get(1).path("good").asDouble()).isEqualTo(350);
    assertThat(counts.get(1).path("product").asString()).isEqualTo("P-100");
  }

  /** A night belongs to the day on which it opened (OpenMes 23). */
  @Test
  void aNightShiftBelongsToItsOpeningDay() {
    String saw = AREA + "shifts/saw";
    long open = 21 * HOUR + 1800;
    plant.state(saw, at(open), "RUNNING");
    plant.state(saw, at(27 * HOUR), "DOWN");
    plant.state(saw, at(28 * HOUR), "RUNNING");
    plant.good(saw, at(open), 0);
    plant.good(saw, at(29 * HOUR), 40);
    plant.complete(saw, at(30 * HOUR));
    oee.await(saw, 5);
    LocalDate day = Times.day(midnight);

    JsonNode range =
        oee.get("/api/v1/time-ranges?during=shift:%s/night&equipment=%s".formatted(day, saw));
    assertThat(range.at("/bounds/from").asString()).isEqualTo(time(open));
    assertThat(range.at("/bounds/to").asString()).isEqualTo(time(open + 8 * HOUR));
    JsonNode stops =
        oee.get("/api/v1/stops?during=shift:%s/night&equipment=%s".formatted(day, saw))
            .path("stops");
    assertThat(stops).hasSize(1);
    assertThat(stops.get(0).path("from").asString()).isEqualTo(time(27 * HOUR));
    JsonNode counts =
        oee.get("/api/v1/counts?machine=%s&during=day:%s".formatted(saw, day)).path("counts");
    List<String> shifts = new ArrayList<>();
    counts.forEach(
        count ->
            shifts.add(count.path("shift").asString("none") + " " + count.path("good").asDouble()));
    assertThat(shifts).contains(day + "/night 40.0");
  }

  @Test
  void whatWasMadeOfAnOrderIsTold() {
    assertThat(
            oee.request(
                    "admin",
                    "PUT",
                    "/api/v1/production-orders/MD-1",
                    "{\"product\":\"P-100\",\"quantity\":100}")
                .status())
        .isEqualTo(201);
    assertThat(oee.request("viewer", "GET", "/api/v1/production-orders/MD-1/made", null).problem())
        .isEqualTo("unknown-range");
    String mill = AREA + "made/mill";
    plant.state(mill, at(0), "RUNNING");
    plant.good(mill, at(0), 0);
    plant.good(mill, at(1000), 20);
    order(mill, at(1000), "MD-1");
    plant.good(mill, at(1500), 50);
    order(mill, at(2000), "MD-2");
    plant.good(mill, at(2500), 90);
    order(mill, at(3000), "MD-1");
    plant.good(mill, at(3500), 100);
    order(mill, at(4000), "");
    oee.await(mill, 10);

    JsonNode made = oee.get("/api/v1/production-orders/MD-1/made");
    assertThat(made.path("machines")).hasSize(1);
    assertThat(made.at("/machines/0/good").asDouble()).isEqualTo(40);
    assertThat(made.at("/machines/0/open").asDouble()).isEqualTo(60);
    assertThat(made.at("/machines/0/from").asString()).isEqualTo(time(1000));
    assertThat(made.at("/machines/0/to").asString()).isEqualTo(time(4000));
  }

  private OrderWord word(String document, long said, Verb verb, long quantity) {
    return new OrderWord(
        said,
        document,
        1,
        "/OperationsSchedule",
        verb,
        new OrderWish(
            "P",
            null,
            Quantity.of(quantity),
            UcumUnit.ONE,
            "L-" + quantity,
            null,
            null,
            null,
            3,
            OrderState.RELEASED));
  }

  private void keep(String id, OrderWord word) {
    OrderKeeping keeping = oee.bean(OrderKeeping.class);
    oee.bean(TransactionTemplate.class)
        .executeWithoutResult(
            status -> {
              keeping.lock();
              OrderHistory before =
                  keeping.histories(List.of(id)).getOrDefault(id, OrderHistory.none(id));
              keeping.keep(
                  List.of(before.with(word)), word.documentId(), Author.of("mes", midnight, null));
            });
  }

  private void cell(Machine machine, int order, long from, long to) {
    oee.jdbc()
        .sql(
            """
            INSERT INTO cell SELECT %1$d, tstzrange(to_timestamp(%2$d), to_timestamp(%3$d)),
              '2026-01-01', NULL, %4$d, NULL, NULL, 1, '\\x00000000000000000000000000000000', now(),
              (%3$d - %2$d) * 1000000::bigint, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0,
              ARRAY[%2$d * 1000000::bigint, %3$d * 1000000::bigint], ARRAY[0::smallint],
              ARRAY[0::smallint], ARRAY[0], ARRAY[0], ARRAY[0::smallint]
            """
                .formatted(machine.id(), at(from) / SECOND, at(to) / SECOND, order))
        .update();
  }

  private List<String> listed(String query) {
    List<String> ids = new ArrayList<>();
    oee.get("/api/v1/production-orders?" + query)
        .path("orders")
        .forEach(order -> ids.add(order.path("id").asString()));
    return ids;
  }

  /** As order, begin and end in seconds since midnight, origin. */
  private List<String> runs(String query) {
    List<String> runs = new ArrayList<>();
    oee.get("/api/v1/order-runs?" + query)
        .path("runs")
        .forEach(
            run ->
                runs.add(
                    "%s %d %d %s"
                        .formatted(
                            run.path("order").asString(),
                            seconds(run.path("from").asString()),
                            seconds(run.path("to").asString()),
                            run.path("origin").asString())));
    return runs;
  }

  private Answer run(
      String machine, @Nullable String order, long from, @Nullable Long to, String key) {
    return oee.request(
        "operator",
        "POST",
        "/api/v1/order-runs",
        runBody(machine, order, from, to),
        "Idempotency-Key",
        key);
  }

  private String runBody(String machine, @Nullable String order, long from, @Nullable Long to) {
    return "{\"machine\":\"%s\",\"order\":%s,\"from\":\"%s\",\"to\":%s}"
        .formatted(
            machine,
            order == null ? "null" : "\"" + order + "\"",
            time(from),
            to == null ? "null" : "\"" + time(to) + "\"");
  }

  private void order(String machine, long micros, String order) {
    context(machine, "order", TagRole.ORDER, micros, order);
  }

  private void context(String machine, String tag, TagRole role, long micros, String value) {
    plant.send(plant.told(machine, tag, role, sample(micros, SampleValue.of(value)), false));
  }

  private long at(long seconds) {
    return midnight + seconds * SECOND;
  }

  private long seconds(String time) {
    return (Rfc3339.parse("time", time) - midnight) / SECOND;
  }

  private String time(long seconds) {
    return Rfc3339.format(at(seconds));
  }
}
