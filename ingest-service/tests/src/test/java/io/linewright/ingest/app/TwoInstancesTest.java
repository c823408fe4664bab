package io.linewright.ingest.app;

import static io.linewright.ingest.app.PlantTraffic.doubles;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.observe.StageBooks;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two processes of the service share the topics; whichever is asked, it tells the same truth. */
@ExtendWith(TestServers.class)
class TwoInstancesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/machining/twins";
  private static final int DEVICES = 24;

  private final long begin = Instant.now().getEpochSecond() * 1_000_000;

  @Test
  void bothTellTheLastValuesOfAllAndOneTakesOver(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    try (TestKafka kafka = TestKafka.start();
        var admin = kafka.admin();
        TestTokens tokens = TestTokens.start();
        PlantTraffic plant = new PlantTraffic(kafka.bootstrapServers())) {
      TopicProvisioner.ensureAll(admin, Topic.values());
      RunningService first = start(kafka, database, tokens, "twin-a");
      try (RunningService second = start(kafka, database, tokens, "twin-b")) {
        try (first) {
          Awaitility.await().atMost(PATIENCE).until(() -> share(first) && share(second));
          for (int round = 1; round <= 5; round++) {
            send(plant, round);
            awaitStored(first, round * DEVICES);
            assertThat(lastValues(first, tokens)).as("first").isEqualTo(all(round));
            assertThat(lastValues(second, tokens)).as("second").isEqualTo(all(round));
          }
          assertThat(instances(first)).contains("twin-a", "twin-b");
          assertThat(streamed(first, tokens)).hasSize(DEVICES);
          assertThat(streamed(second, tokens)).hasSize(DEVICES);
        }
        send(plant, 6);
        awaitStored(second, 6 * DEVICES);
        assertThat(lastValues(second, tokens)).isEqualTo(all(6));
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> second.context().getBean(ExactlyOnce.class).ownership().whole());
        assertThat(lastValues(second, tokens)).isEqualTo(all(6));
      }
    }
  }

  private static RunningService start(
      TestKafka kafka, String database, TestTokens tokens, String instance) {
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database,
        tokens,
        "linewright.service.instance=" + instance);
  }

  /** Whether the instance has partitions of the live topic, but not all. */
  private static boolean share(RunningService service) {
    ExactlyOnceConsumer<?> telemetry =
        service.context().getBean(ExactlyOnce.class).consumers().stream()
            .filter(consumer -> consumer.topic().equals(Topic.TELEMETRY.topicName()))
            .findFirst()
            .orElseThrow();
    return telemetry.ownership().version() > 0
        && !telemetry.ownership().whole()
        && telemetry.ownership().partitions() > 0;
  }

  private void send(PlantTraffic plant, int round) {
    for (int device = 0; device < DEVICES; device++) {
      plant.send(Topic.TELEMETRY, doubles(device(device), "t", begin + round * 1_000_000.0, round));
    }
  }

  private static String device(int number) {
    return LINE + "/machine-%02d".formatted(number);
  }

  private static void awaitStored(RunningService service, long rows) {
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql(
                            "SELECT count(*) FROM sample JOIN tag ON tag.id = tag_id"
                                + " WHERE starts_with(path, '"
                                + LINE
                                + "')")
                        .query((row, n) -> row.getLong(1))
                        .single()
                    == rows);
    // One look at the table serves for a quarter of a second.
    Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
  }

  private static Map<String, Double> lastValues(RunningService service, TestTokens tokens) {
    var answer = service.get("/api/v1/last-values?equipment=" + LINE, tokens.token("viewer"));
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode value : JSON.readTree(answer.body()).path("values")) {
      values.put(value.path("tag").asString(), value.path("value").asDouble());
    }
    return values;
  }

  private static Map<String, Double> all(double value) {
    Map<String, Double> all = new TreeMap<>();
    for (int device = 0; device < DEVICES; device++) {
      all.put(device(device) + "#t", value);
    }
    return all;
  }

  private static Set<String> instances(RunningService service) {
    Set<String> instances = new HashSet<>();
    for (StageBooks.Line line : service.context().getBean(StageBooks.class).read()) {
      if (line.stage().equals("ingest.telemetry") && line.out() > 0) {
        instances.add(line.instance());
      }
    }
    return instances;
  }

  /** Tags in the first message of a live stream. */
  private static List<String> streamed(RunningService service, TestTokens tokens)
      throws IOException, InterruptedException {
    try (LiveReader reader =
        new LiveReader(service, "?equipment=" + LINE, tokens.token("viewer"), null)) {
      return reader
          .next("values")
          .valueStream()
          .map(value -> value.path("tag").asString())
          .toList();
    }
  }
}
