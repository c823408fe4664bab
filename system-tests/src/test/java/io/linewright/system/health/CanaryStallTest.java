package io.linewright.system.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.app.EdgeGatewayApplication;
import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestMqtt;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway, a broker, a bridge, Kafka and the historian: the canary goes through all of them. */
@Tag("long")
@ExtendWith(TestServers.class)
class CanaryStallTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GATEWAY = "acme/canary/gw-1";
  private static final String FILE =
      """
      version: 1
      gateway: {group: "acme:canary", node: gw-1}
      connections:
        - {id: nobody, driver: modbus-tcp, host: 127.0.0.1, port: 1, poll-interval: 1s}
      devices:
        - path: acme/canary/packaging/line-1/saw-1
          connection: nobody
          unit-id: 1
          tags:
            - {name: x, register: "coil:1", encoding: bool, type: boolean}
      """;

  @TempDir private Path directory;

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void anAlarmIsRaisedWithinThirtySecondsOfACutUplinkAndEndedWhenItIsMended(
      TestKafka kafka, TestPostgres postgres) throws Exception {
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    try (TestTokens tokens = TestTokens.start();
        TestMqtt mqtt = TestMqtt.start();
        CutLine uplink = new CutLine(mqtt.port());
        RunningService ingest =
            RunningService.start(
                IngestServiceApplication.builder(),
                kafka,
                postgres.createDatabase(),
                tokens,
                "linewright.service.instance=canary");
        ConfigurableApplicationContext bridge = bridge(kafka, mqtt);
        ConfigurableApplicationContext gateway = gateway(uplink)) {
      Rest rest = () -> json.readTree(ingest.get(PATH, tokens.token("viewer")).body());
      long first = canaryAfter(rest, 0);
      JsonNode known =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(rest::gateway, answer -> answer.path("online").asBoolean(false));
      assertThat(known.path("canary").path("tripSeconds").asDouble()).isBetween(0.0, 20.0);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> "waiting".equals(rest.gateway().path("worstState").asString("")));
      canaryAfter(rest, first);

      Instant cut = Instant.now();
      uplink.cut();
      ConsumerRecord<String, String> alarm = events(kafka, 1).getFirst();
      Duration raisedAfter = Duration.between(cut, Instant.ofEpochMilli(alarm.timestamp()));
      System.out.printf("alarm on Kafka %.1f s after the cut%n", raisedAfter.toMillis() / 1e3);
      assertThat(raisedAfter).isLessThanOrEqualTo(Duration.ofSeconds(30));
      assertThat(json.readTree(alarm.value()).path("active").asBoolean()).isTrue();
      assertThat(json.readTree(alarm.value()).path("code").asString()).isEqualTo("gateway-offline");
      JsonNode stalled = rest.gateway();
      assertThat(stalled.path("canary").path("stalled").asBoolean()).isTrue();
      assertThat(stalled.path("online").asBoolean(true)).isFalse();
      assertThat(stalled.path("lastSeenAgeSeconds").asDouble()).isGreaterThan(15);

      uplink.mend();
      List<ConsumerRecord<String, String>> both = events(kafka, 2);
      assertThat(json.readTree(both.getLast().value()).path("active").asBoolean(true)).isFalse();
      assertThat(rest.gateway().path("canary").path("stalled").asBoolean(true)).isFalse();
    }
  }

  private static final String PATH = "/api/v1/gateways?gateway=" + GATEWAY;

  /** What REST says. */
  @FunctionalInterface
  private interface Rest {
    JsonNode gateways();

    default JsonNode gateway() {
      return gateways().path("gateways").path(0);
    }
  }

  private static long canaryAfter(Rest rest, long number) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> rest.gateway().path("canary").path("number").asLong(0), next -> next > number);
  }

  private static ConfigurableApplicationContext bridge(TestKafka kafka, TestMqtt mqtt) {
    return start(
        "--linewright.edge.role=bridge",
        "--linewright.bridge.groups=acme:canary",
        "--linewright.mqtt.url=" + mqtt.url(),
        "--linewright.kafka.bootstrap-servers=" + kafka.bootstrapServers());
  }

  private ConfigurableApplicationContext gateway(CutLine uplink) throws Exception {
    Path file = Files.writeString(directory.resolve("edge.yaml"), FILE);
    return start(
        "--linewright.edge.role=edge",
        "--linewright.edge.file=" + file,
        "--linewright.edge.data-dir=" + directory.resolve("data"),
        "--linewright.mqtt.url=tcp://127.0.0.1:" + uplink.port());
  }

  private static ConfigurableApplicationContext start(String... properties) {
    SpringApplicationBuilder builder = EdgeGatewayApplication.builder();
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("--server.port=0");
    return builder.run(all.toArray(String[]::new));
  }

  /** The alarms of the gateway, at least so many. */
  private static List<ConsumerRecord<String, String>> events(TestKafka kafka, int count) {
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                  if (GATEWAY.equals(record.key())) {
                    found.add(record);
                  }
                }
                return found.size() >= count;
              });
    }
    assertThat(found).hasSize(count);
    return found;
  }
}
