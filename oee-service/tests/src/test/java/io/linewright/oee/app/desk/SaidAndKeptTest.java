package io.linewright.oee.app.desk;

import static io.linewright.oee.app.PlantEvents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.OeeUnderTest.Answer;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.Rfc3339;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What was computed and kept follows what people and planning systems say of it later. */
@ExtendWith(TestServers.class)
class SaidAndKeptTest {

  private static final String MILL = "acme/graz/kept/line/mill";
  private static final long DAY = 86_400_000_000L;
  private static final long SECOND = 1_000_000;

  private static final String SUMS =
      """
      SELECT coalesce(sum(setup_us), 0) || ' ' || coalesce(sum(breakdown_us), 0) || ' '
        || (coalesce(sum(good), 0) / 1000000)::bigint || ' ' || coalesce(string_agg(DISTINCT d.name, ','), '')
      FROM cell LEFT JOIN dictionary d ON d.kind = 'lot' AND d.no = lot_no
      WHERE machine_id = ?
      """;

  private final long noon = (Instant.now().getEpochSecond() * 1_000_000 / DAY - 6) * DAY + DAY / 2;

  @Test
  void cellsAreComputedAgain(TestKafka kafka, TestPostgres postgres) throws Exception {
    OeeUnderTest.topics(kafka);
    try (TestTokens tokens = TestTokens.start();
        PlantEvents plant = new PlantEvents(kafka.bootstrapServers());
        OeeUnderTest oee =
            OeeUnderTest.start(
                kafka,
                postgres.createDatabase(),
                tokens,
                "linewright.service.instance=kept",
                "linewright.oee.workers=1",
                "linewright.oee.quiet=0s",
                "linewright.oee.quiet-at-most=0s")) {
      oee.master(
          """
          version: 1
          reason-trees: {press: {reasons: [{code: tool, name: Tool change, category: setup}]}}
          machine-rules: [{equipment: acme/graz/kept, reason-tree: press}]
          """);
      plant.send(
          plant.told(MILL, "order", TagRole.ORDER, sample(noon, SampleValue.of("KEPT-1")), false));
      plant.state(MILL, noon, "RUNNING");
      plant.good(MILL, noon, 0);
      plant.good(MILL, noon + 90 * SECOND, 30);
      plant.state(MILL, noon + 100 * SECOND, "DOWN");
      plant.state(MILL, noon + 700 * SECOND, "RUNNING");
      plant.complete(MILL, noon + 800 * SECOND);
      plant.state(MILL, noon + DAY, "RUNNING");
      plant.complete(MILL, noon + 3 * DAY);
      oee.await(MILL, 7);
      awaitCells(oee, "0 600000000 30 ");

      JsonNode stop =
          oee.get("/api/v1/stops?equipment=%s&from=%s&to=%s".formatted(MILL, time(0), time(1000)))
              .at("/stops/0");
      String path = "/api/v1/stops/" + stop.path("id").asString();
      Answer said =
          oee.request(
              "operator",
              "POST",
              path + "/classifications",
              "{\"reason\":\"tool\"}",
              "If-Match",
              oee.request("viewer", "GET", path, null).tag(),
              "Idempotency-Key",
              "kept-1");
      assertThat(said.status()).as("%s", said.body()).isEqualTo(201);
      awaitCells(oee, "600000000 0 30 ");

      Answer corrected =
          oee.request(
              "operator",
              "POST",
              "/api/v1/counts/corrections",
              "{\"machine\":\"%s\",\"time\":\"%s\",\"kind\":\"good\",\"quantity\":4,\"reason\":\"lost\"}"
                  .formatted(MILL, time(50)),
              "Idempotency-Key",
              "kept-2");
      assertThat(corrected.status()).as("%s", corrected.body()).isEqualTo(201);
      awaitCells(oee, "600000000 0 34 ");

      Answer ordered =
          oee.request(
              "admin",
              "PUT",
              "/api/v1/production-orders/KEPT-1",
              "{\"product\":\"P\",\"quantity\":100}");
      assertThat(ordered.status()).isEqualTo(201);
      Answer changed =
          oee.request(
              "admin",
              "PUT",
              "/api/v1/production-orders/KEPT-1",
              "{\"product\":\"P\",\"quantity\":100,\"lot\":\"L-55\"}",
              "If-Match",
              ordered.tag());
      assertThat(changed.status()).isEqualTo(200);
      awaitCells(oee, "600000000 0 34 L-55");
    }
  }

  private static void awaitCells(OeeUnderTest oee, String sums) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        oee.jdbc()
                            .sql(SUMS)
                            .param(oee.machine(MILL).id())
                            .query(String.class)
                            .single())
                    .isEqualTo(sums));
  }

  private String time(long seconds) {
    return Rfc3339.format(noon + seconds * SECOND);
  }
}
