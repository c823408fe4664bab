package io.linewright.ingest.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.imports.event.EventReaders;
import io.linewright.kit.kafka.KafkaClients;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.CountReported;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.MachineStateReported;
import io.linewright.model.machine.EnergyReported;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the past that are machine events, through REST onto the topic of machine events. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@SuppressWarnings("NullAway.Init") // set before all tests
class ImportEventFlowTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LINE = "acme/graz/milling/line-9";
  private static final String MARCH =
      "from=1995-03-01T00:00:00Z&to=1995-04-01T00:00:00Z&create=true";
  private static final String STATES = MARCH + "&type=string&role=machine-state";
  private static final String READERS = "oee-service.events";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private TestKafka kafka;
  private TestTokens tokens;
  private String database;
  private RunningService service;

  @BeforeAll
  void start(TestPostgres postgres) throws Exception {
    kafka = TestKafka.start();
    tokens = TestTokens.start();
    database = postgres.createDatabase();
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
    service = startService();
  }

  @AfterAll
  void stop() {
    service.close();
    kafka.close();
    tokens.close();
    http.close();
  }

  private RunningService startService() {
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database,
        tokens,
        "linewright.service.instance=import-events",
        "linewright.ingest.imports.patience=15s");
  }

  @Test
  void rowsBecomeTheEventsThatTheBridgeWouldTell() throws Exception {
    String mill = LINE + "/mill-01";
    String file =
        """
        tag,time,value,status,type,unit,role
        M#execution,1995-03-02T00:00:00Z,ACTIVE,,string,1,machine-state
        M#execution,1995-03-02T00:00:01Z,,Bad_NoData,string,1,machine-state
        M#state,1995-03-02T00:00:01Z,6,,integer,1,machine-state
        M#good,1995-03-02T00:00:02Z,17,,integer,1,good-count
        M#heat,1995-03-02T00:00:02Z,20,,double,Cel,temperature
        M#energy,1995-03-02T00:00:03Z,1,,double,MW.h,energy
        M#energy,1995-03-02T00:00:04Z,2,,double,MW.h,energy
        M#energy,1995-03-02T00:00:05Z,3,,double,MW.h,energy
        M#good,1995-03-02T00:00:06Z,wrong,,,,
        """
            .replace("M#", mill + "#");

    JsonNode told = sent("few", MARCH, file);

    assertThat(told.path("accepted").asInt()).as(told.toString()).isEqualTo(8);
    assertThat(told.path("events").asInt()).isEqualTo(6);
    assertThat(told.path("absentReaders"))
        .extracting(JsonNode::asString)
        .as("no oee-service runs here: nobody is waited for, and the import says so")
        .containsExactly(READERS);
    List<ConsumerRecord<String, String>> events = eventsOf(told);
    assertThat(events)
        .extracting(one -> header(one, "ce_id"))
        .containsExactly(
            mill + "#execution@794102400000000.0",
            mill + "#execution@794102401000000.0",
            mill + "#state@794102401000000.0",
            mill + "#good@794102402000000.0",
            mill + "#energy@794102403000000.0",
            mill + "#energy@794102405000000.0");
    assertThat(events)
        .extracting(this::data)
        .containsExactly(
            new MachineStateReported(mill, "execution", null, null, "ACTIVE", 0, 0, true),
            new MachineStateReported(mill, "execution", null, null, null, 0x809B0000L, 0, true),
            new MachineStateReported(mill, "state", 6, "EXECUTE", "6", 0, 0, true),
            new CountReported(mill, "good", "good-count", 17.0, 0, 0, true),
            new EnergyReported(mill, "energy", "energy", 1_000.0, 0, 0, true),
            new EnergyReported(mill, "energy", "energy", 3_000.0, 0, 0, true));
    assertThat(events).extracting(ConsumerRecord::key).containsOnly(LINE);
    assertThat(header(events.getFirst(), "ce_time")).isEqualTo("1995-03-02T00:00:00Z");

    JsonNode again = sent("few", MARCH, file);
    assertThat(again.path("events").asInt()).isEqualTo(6);
    assertThat(eventsOf(told)).as("a complete import sends nothing").hasSize(6);
  }

  @Test
  void eachRowIsOneEventAlsoWhenTheServiceEndsInBetween() throws Exception {
    // How far Kafka is ahead of the books then is chance: now and then it is not.
    for (int attempt = 1; attempt <= 2; attempt++) {
      endAndImportAgain("ended-" + attempt, LINE + "/mill-02-" + attempt);
    }
  }

  /** Ends the service within an import, and imports the file again. */
  private void endAndImportAgain(String key, String machine) throws Exception {
    int count = 70_000;
    byte[] file = Files.bytes(states(machine, count));
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean ending = new AtomicBoolean();
    AtomicInteger pieces = new AtomicInteger();
    CompletableFuture<HttpResponse<String>> upload =
        http.sendAsync(
            request(
                key,
                STATES,
                BodyPublishers.ofInputStream(
                    () ->
                        Files.interrupted(
                            file,
                            file.length / 2,
                            () -> {
                              if (!ending.get() && byKey(key).path("rows").asInt() > 0) {
                                ending.set(true);
                                Thread.ofVirtual()
                                    .start(
                                        () -> {
                                          service.close();
                                          ended.countDown();
                                        });
                              }
                              if (pieces.incrementAndGet() < 1_000) {
                                waitFor(ended);
                              }
                            }))),
            BodyHandlers.ofString());
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    upload.handle((answer, failure) -> "whatever").get(60, TimeUnit.SECONDS);

    service = startService();
    JsonNode cut = byKey(key);
    assertThat(cut.path("state").asString()).isEqualTo("interrupted");
    int had = eventsOf(cut).size();
    assertThat(had).isGreaterThanOrEqualTo(cut.path("events").asInt()).isLessThan(count);

    JsonNode told = sent(key, STATES, new String(file, StandardCharsets.UTF_8));

    assertThat(told.path("attempts").asInt()).isEqualTo(2);
    assertThat(told.path("accepted").asInt()).isEqualTo(count);
    assertThat(told.path("events").asInt()).isEqualTo(count);
    assertThat(eventsOf(told))
        .hasSize(count)
        .extracting(one -> header(one, "ce_id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void anImportDoesNotRunAwayFromWhoReadsItsEvents() throws Exception {
    int count = 60_000;
    String file = states(LINE + "/mill-03", count);
    try (KafkaConsumer<String, String> reader = consumer(READERS)) {
      reader.subscribe(List.of(Topic.MACHINE_EVENTS.topicName()));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                reader.poll(Duration.ofMillis(100));
                return !reader.assignment().isEmpty();
              });

      HttpResponse<String> refused = send("read", STATES, BodyPublishers.ofString(file));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("reader-stands", READERS + " has read none");
      assertThat(byKey("read").path("absentReaders")).isEmpty();

      Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
      reader
          .endOffsets(reader.assignment())
          .forEach((partition, end) -> all.put(partition, new OffsetAndMetadata(end)));
      reader.commitSync(all);
      try (EventReaders readers =
          new EventReaders(
              service.context().getBean(KafkaClients.class), List.of(READERS, "nobody"))) {
        long most = all.values().stream().mapToLong(OffsetAndMetadata::offset).max().orElseThrow();
        List<Long> next = new ArrayList<>();
        all.forEach((partition, end) -> next.add(0L));
        all.forEach((partition, end) -> next.set(partition.partition(), end.offset() + 3));
        assertThat(most).isGreaterThan(HistorianLead.MOST_EVENTS_AHEAD);
        assertThat(readers.look(next))
            .isEqualTo(new EventReaders.Seen(3, READERS, List.of("nobody")));
      }
      JsonNode told = sent("read", STATES, file);
      assertThat(told.path("events").asInt()).isEqualTo(count);
      assertThat(eventsOf(told)).hasSize(count);
    }
  }

  private static String states(String machine, int count) {
    StringBuilder file = new StringBuilder("tag,time,value\n");
    Instant begin = Instant.parse("1995-03-02T00:00:00Z");
    for (int i = 0; i < count; i++) {
      file.append(machine).append("#execution,").append(begin.plusSeconds(i));
      file.append(i % 2 == 0 ? ",READY\n" : ",ACTIVE\n");
    }
    return file.toString();
  }

  private JsonNode sent(String key, String query, String file) throws Exception {
    HttpResponse<String> answer = send(key, query, BodyPublishers.ofString(file));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> send(String key, String query, BodyPublisher file) throws Exception {
    return http.send(request(key, query, file), BodyHandlers.ofString());
  }

  private HttpRequest request(String key, String query, BodyPublisher file) {
    return HttpRequest.newBuilder(service.uri("/api/v1/imports?" + query))
        .header("Authorization", "Bearer " + tokens.token("admin"))
        .header("Idempotency-Key", key)
        .header("Content-Type", "text/csv")
        .POST(file)
        .build();
  }

  private JsonNode byKey(String key) {
    HttpResponse<String> answer = service.get("/api/v1/imports?limit=500", tokens.token("viewer"));
    for (JsonNode one : json.readTree(answer.body()).path("imports")) {
      if (one.path("idempotencyKey").asString().equals(key)) {
        return one;
      }
    }
    return json.nullNode();
  }

  /** The events of an import, in the order of the topic. */
  private List<ConsumerRecord<String, String>> eventsOf(JsonNode told) {
    String source = "/ingest/imports/" + told.path("id").asString();
    List<ConsumerRecord<String, String>> found = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer("test")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.MACHINE_EVENTS.topicName()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < end.getOrDefault(one, 0L))) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          if (header(record, "ce_source").equals(source)) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }

  private Object data(ConsumerRecord<String, String> record) {
    Class<?> type = EventTypes.recordOf(header(record, "ce_type")).orElseThrow();
    return json.readValue(record.value(), type);
  }

  private KafkaConsumer<String, String> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            group,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "max.poll.interval.ms",
            300_000,
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(5, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
