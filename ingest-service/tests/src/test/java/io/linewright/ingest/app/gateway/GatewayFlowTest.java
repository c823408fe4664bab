package io.linewright.ingest.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.canary.Canaries;
import io.linewright.ingest.gateway.Watching;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From what gateways publish to REST and to the alarm, over real Kafka and PostgreSQL. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class GatewayFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CANARY_PATIENCE = Duration.ofSeconds(25);

  private final JsonMapper json = JsonMapper.builder().build();
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private TestTokens tokens;
  private RunningService service;
  private KafkaProducer<byte[], byte[]> bridge;
  private TestKafka kafka;

  @BeforeAll
  void start(TestKafka sharedKafka, TestPostgres postgres) throws Exception {
    kafka = sharedKafka;
    tokens = TestTokens.start();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    bridge =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    service =
        RunningService.start(
            IngestServiceApplication.builder(),
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.ingest.canary-patience=1h"); // the test looks itself
  }

  @AfterAll
  void stop() {
    service.close();
    bridge.close();
    tokens.close();
  }

  @Test
  void aGatewayIsListedWithItsLastWord() {
    String gateway = gateway();
    // Not since the begin: the service starts meanwhile, and other tests run.
    Instant sent = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(40);
    canary(gateway, "health/canary", 7, sent);
    say(gateway, "health/version", SampleValue.of("1.2"));
    say(gateway, "health/state", SampleValue.of("silent"));
    say(gateway, "health/devices", SampleValue.of(2));
    say(gateway, "online", SampleValue.of(false));
    say(gateway, "log/backlog-records", SampleValue.of(12));
    say(gateway, "log/backlog-age-ms", SampleValue.of(2_500));
    say(gateway, "device/body/line-1/press-01/state", SampleValue.of("running"));
    say(gateway, "device/body/line-1/press-02/state", SampleValue.of("silent"));
    say(gateway, "device/body/line-1/press-02/bad-tags", SampleValue.of(3));
    arrived(gateway, 7);

    JsonNode listed =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> get("/api/v1/gateways?gateway=" + gateway).path("gateways").path(0),
                answer -> answer.path("badTags").asLong(0) == 3); // sent last

    assertThat(listed.path("path").asString()).isEqualTo(gateway);
    assertThat(listed.path("online").asBoolean(true)).isFalse();
    assertThat(listed.path("version").asString()).isEqualTo("1.2");
    assertThat(listed.path("worstState").asString()).isEqualTo("silent");
    assertThat(listed.path("backlog").path("records").asLong()).isEqualTo(12);
    assertThat(listed.path("backlog").path("ageSeconds").asDouble()).isEqualTo(2.5);
    assertThat(listed.path("devices").asLong()).isEqualTo(2);
    assertThat(listed.path("devicesRunning").asLong()).isEqualTo(1);
    assertThat(listed.path("badTags").asLong()).isEqualTo(3);
    assertThat(listed.path("lastSeenAgeSeconds").asDouble()).isBetween(0.0, 60.0);
    assertThat(listed.path("canary").path("number").asLong()).isEqualTo(7);
    assertThat(listed.path("canary").path("tripSeconds").asDouble()).isBetween(40.0, 100.0);
    assertThat(listed.path("canary").path("stalled").asBoolean(true)).isFalse();
    assertThat(get("/api/v1/gateways?gateway=acme/other").path("gateways")).isEmpty();
  }

  @Test
  void aGatewayIsShownInDetailByTheIdOfItsEquipment() {
    String gateway = gateway();
    String site = gateway.substring(0, gateway.lastIndexOf('/'));
    canary(gateway, "health/canary", 1, begin);
    say(gateway, "health/uptime-s", SampleValue.of(60));
    say(gateway, "connection/press/state", SampleValue.of("waiting"));
    say(gateway, "connection/press/last-error", SampleValue.of("refused"));
    say(gateway, "device/body/line-1/press-01/connection", SampleValue.of("press"));
    say(gateway, "device/body/line-1/press-01/data-age-s", SampleValue.of(4));
    say(
        gateway,
        "device/body/line-1/press-01/bad-tag-list",
        SampleValue.of("[{\"tag\":\"load\",\"reason\":\"Bad_NodeIdUnknown (0x80340000)\"}]"));
    say(site + "/body/line-1/press-01", "clock/offset-ms", SampleValue.of(-12.5));
    arrived(gateway, 1);
    String id =
        await("/api/v1/gateways?gateway=" + gateway).path("gateways").get(0).path("id").asString();

    JsonNode detail =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> get("/api/v1/gateways/" + id),
                answer ->
                    !answer.path("devices").path(0).path("firstBadTags").isEmpty()
                        && answer.path("devices").path(0).path("clockOffsetMillis").isNumber());

    assertThat(detail.path("gateway").path("path").asString()).isEqualTo(gateway);
    assertThat(detail.path("process").path("uptimeSeconds").asLong()).isEqualTo(60);
    assertThat(detail.path("connections").get(0).path("lastError").asString()).isEqualTo("refused");
    JsonNode device = detail.path("devices").get(0);
    assertThat(device.path("path").asString()).isEqualTo(site + "/body/line-1/press-01");
    assertThat(device.path("dataAgeSeconds").asLong()).isEqualTo(4);
    assertThat(device.path("clockOffsetMillis").asDouble()).isEqualTo(-12.5);
    assertThat(device.path("firstBadTags").get(0).path("tag").asString()).isEqualTo("load");
    assertThat(service.get("/api/v1/gateways/" + UUID.randomUUID(), viewer()).statusCode())
        .isEqualTo(404);
    assertThat(service.get("/api/v1/gateways?gateway=No", viewer()).statusCode()).isEqualTo(400);
    assertThat(service.get("/api/v1/gateways", null).statusCode()).isEqualTo(401);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(service.get("/actuator/prometheus", viewer()).body().lines())
                    .anyMatch(
                        line ->
                            line.startsWith("linewright_canary_trip_seconds{")
                                && line.contains("\"" + gateway + "\""))
                    .anyMatch(
                        line ->
                            line.startsWith("linewright_device_data_age_seconds{")
                                && line.contains("\"body/line-1/press-01\"")));
  }

  @Test
  void aStallIsToldOnceAndItsEndOnceAlsoByTwoWatchesAndAfterARestart() {
    String gateway = gateway();
    canary(gateway, "health/canary", 1, begin);
    arrived(gateway, 1);
    Instant last =
        bean(Canaries.class).all().stream()
            .filter(canary -> canary.node().equals(gateway))
            .findFirst()
            .orElseThrow()
            .arrivedAt();
    StallWatch one = watch(last);
    StallWatch two = watch(last);

    look(last, 0, 24, one, two);
    assertThat(events(gateway)).isEmpty();
    look(last, 25, 40, one, two);
    look(last, 41, 90, watch(last.plusSeconds(41))); // a restart

    List<ConsumerRecord<String, String>> raised = events(gateway, 1);
    JsonNode alarm = json.readTree(raised.getFirst().value());
    assertThat(alarm.path("machine").asString()).isEqualTo(gateway);
    assertThat(alarm.path("active").asBoolean()).isTrue();
    assertThat(alarm.path("code").asString()).isEqualTo("gateway-offline");
    assertThat(header(raised.getFirst(), "ce_type")).isEqualTo("io.linewright.machine.alarm.v1");
    assertThat(Instant.parse(header(raised.getFirst(), "ce_time")))
        .isEqualTo(last.plus(CANARY_PATIENCE));
    JsonNode shown =
        get("/api/v1/gateways?gateway=" + gateway).path("gateways").get(0).path("canary");
    assertThat(shown.path("stalled").asBoolean()).isTrue();
    assertThat(shown.path("stage").asString()).isEqualTo("gateway-offline");

    canary(gateway, "health/canary", 2, begin.plusSeconds(60));
    arrived(gateway, 2);
    look(last, 91, 93, one, two, watch(last.plusSeconds(91)));

    List<ConsumerRecord<String, String>> both = events(gateway, 2);
    assertThat(json.readTree(both.getLast().value()).path("active").asBoolean(true)).isFalse();
    assertThat(both).extracting(record -> header(record, "ce_sequence")).containsExactly("1", "2");
    assertThat(both).extracting(record -> header(record, "ce_id")).doesNotHaveDuplicates();
    assertThat(
            get("/api/v1/gateways?gateway=" + gateway)
                .path("gateways")
                .get(0)
                .path("canary")
                .path("stalled")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void aCanaryFromTheBacklogOrARepeatIsNoArrival() {
    String gateway = gateway();
    canary(gateway, "health/canary", 5, begin);
    arrived(gateway, 5);
    Instant first = arrival(gateway);

    send(Topic.TELEMETRY_BACKFILL, gateway, "health/canary", 4, begin.minusSeconds(10));
    canary(gateway, "health/canary", 5, begin);
    canary(gateway, "health/canary", 5, begin);
    String mark = gateway();
    canary(mark, "health/canary", 9, begin);
    arrived(mark, 9);

    assertThat(arrival(gateway)).isEqualTo(first);
  }

  @Test
  void theStageIsFoundFromTheBridgesCanary() {
    String gateway = gateway();
    String site = gateway.substring(0, gateway.lastIndexOf('/'));
    canary(gateway, "health/canary", 1, begin);
    canary(site + "/linewright", "bridge/canary", 1, begin);
    say(gateway, "online", SampleValue.of(false));
    arrived(gateway, 1);
    arrived(site + "/linewright", 1);
    StallSigns signs = bean(StallSigns.class);
    var all = bean(Canaries.class).all();
    var stalled =
        all.stream().filter(canary -> canary.node().equals(gateway)).findFirst().orElseThrow();
    Awaitility.await().atMost(PATIENCE).until(() -> Boolean.FALSE.equals(signs.online(gateway)));

    Watching fresh = Watching.begin(begin).look(begin, all);
    assertThat(signs.of(stalled, all, fresh, CANARY_PATIENCE)).hasToString("gateway-offline");
    Watching quiet = fresh;
    for (int second = 1; second <= 25; second++) {
      quiet = quiet.look(begin.plusSeconds(second), all);
    }
    assertThat(signs.of(stalled, all, quiet, CANARY_PATIENCE)).hasToString("bridge");
  }

  private StallWatch watch(Instant begin) {
    return new StallWatch(
        bean(Canaries.class),
        (stalled, all, watching) -> "gateway-offline",
        bean(Outbox.class),
        new TransactionTemplate(bean(PlatformTransactionManager.class)),
        CANARY_PATIENCE,
        begin);
  }

  /** Looks every second; other gateways of this test class are looked at, too. */
  private static void look(Instant from, int first, int last, StallWatch... watches) {
    for (int second = first; second <= last; second++) {
      for (StallWatch watch : watches) {
        watch.look(from.plusSeconds(second));
      }
    }
  }

  private void canary(String node, String tag, long number, Instant sent) {
    send(Topic.TELEMETRY, node, tag, number, sent);
  }

  private void send(Topic topic, String node, String tag, long number, Instant sent) {
    send(topic, node, tag, TagRole.HEARTBEAT, SampleValue.of(number), sent);
  }

  private void say(String node, String tag, SampleValue value) {
    send(Topic.TELEMETRY, node, tag, TagRole.PROCESS_VALUE, value, begin);
  }

  private void send(
      Topic topic, String node, String tag, TagRole role, SampleValue value, Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    Sample sample = new Sample(value, StatusCode.GOOD, micros, 0);
    TelemetryBatch batch =
        new TelemetryBatch(
            EquipmentPath.parse(node),
            "acme:graz",
            "gw-1",
            micros,
            OptionalLong.empty(),
            List.of(new TagSeries(new TagName(tag), value.type(), role, List.of(sample))));
    byte[] key = node.getBytes(StandardCharsets.UTF_8);
    bridge.send(new ProducerRecord<>(topic.topicName(), key, TelemetryCodec.encode(batch)));
    bridge.flush();
  }

  /** A gateway of this test alone, on a site of its own. */
  private static String gateway() {
    return "acme/s" + UUID.randomUUID().toString().substring(0, 8) + "/gw-1";
  }

  private void arrived(String node, long number) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                bean(Canaries.class).all().stream()
                    .anyMatch(c -> c.node().equals(node) && c.number() == number));
  }

  private Instant arrival(String node) {
    return bean(Canaries.class).all().stream()
        .filter(canary -> canary.node().equals(node))
        .findFirst()
        .orElseThrow()
        .arrivedAt();
  }

  private List<ConsumerRecord<String, String>> events(String gateway, int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(events(gateway)).hasSizeGreaterThanOrEqualTo(count));
    List<ConsumerRecord<String, String>> found = events(gateway);
    assertThat(found).hasSize(count);
    return found;
  }

  private List<ConsumerRecord<String, String>> events(String gateway) {
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found.stream().filter(record -> gateway.equals(record.key())).toList();
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private <T> T bean(Class<T> type) {
    return service.context().getBean(type);
  }

  private String viewer() {
    return tokens.token("viewer");
  }

  private JsonNode get(String path) {
    return json.readTree(service.get(path, viewer()).body());
  }

  private JsonNode await(String path) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get(path), answer -> !answer.path("gateways").isEmpty());
  }
}
