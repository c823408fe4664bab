package io.linewright.ingest.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.imports.event.EventReaders;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.retention.Retained;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.problem.RefusedException;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports whose topic was deleted and made again: offsets begin at 0 again. */
@ExtendWith(TestServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@SuppressWarnings("NullAway.Init") // set before all tests
class ImportOfNewTopicTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MACHINE = "acme/graz/milling/line-9/mill-01";
  private static final String MARCH =
      "from=1995-03-01T00:00:00Z&to=1995-04-01T00:00:00Z&create=true&type=double&unit=1";
  private static final String MARCH_TEXT =
      "from=1995-03-01T00:00:00Z&to=1995-04-01T00:00:00Z&create=true&type=string";

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
    createTopics();
    service = startService();
  }

  @AfterAll
  void stop() {
    service.close();
    kafka.close();
    tokens.close();
    http.close();
  }

  @Test
  void whatIsCompleteIsNotKnownAsStoredAndWhatIsNotIsSentAsAWhole() throws Exception {
    byte[] file = Files.bytes("tag,time,value\n" + MACHINE + "#heat,1995-03-02T00:00:00Z,1\n");
    send("complete", BodyPublishers.ofByteArray(file));
    awaitStored("complete");
    int count = 45_000;
    byte[] large = Files.bytes(Files.rows(MACHINE, count));
    interrupted("broken", MARCH, large, large.length / 2);
    JsonNode cut = byKey("broken");
    assertThat(cut.path("rows").asInt()).isPositive();
    assertThat(byKey("complete").path("stored").asBoolean()).isTrue();

    service.close();
    makeTopicAnew();
    service = startService();
    assertThat(byKey("complete").path("stored").asBoolean(false)).isFalse();
    JsonNode again = send("broken", BodyPublishers.ofByteArray(large));

    assertThat(again.path("state").asString()).isEqualTo("complete");
    assertThat(again.path("rows").asInt()).isEqualTo(count);
    assertThat(again.path("id")).isEqualTo(cut.path("id"));
    awaitStored("broken");
    assertThat(number("SELECT count(*) FROM sample")).isEqualTo(again.path("accepted").asLong());
    assertThat(byKey("complete").path("stored").isNull()).as("nobody can tell").isTrue();
  }

  @Test
  void offsetsSayNothingOfAnotherTopic() {
    UUID before = UUID.randomUUID();
    UUID now = UUID.randomUUID();
    var stored = new HistorianLead.Stored(Map.of(now, Map.of(0, 10L)));

    assertThat(stored.has(now, List.of(10L))).isTrue();
    assertThat(stored.has(now, List.of(11L))).isFalse();
    assertThat(stored.has(before, List.of(5L))).isNull();
    assertThat(stored.has(null, List.of(5L))).isNull();
    assertThat(stored.has(null, List.of())).as("no row was accepted").isTrue();
    assertThat(stored.waiting(before, List.of(5L))).isEqualTo(5);
    assertThat(new HistorianLead.Stored(Map.of()).has(now, List.of(5L))).isFalse();
  }

  @Test
  void whatWasSetAsideOfTheOtherTopicIsNotCountedOnTop() throws Exception {
    byte[] file = Files.bytes("tag,time,value\n" + MACHINE + "#heat,1995-03-02T00:00:00Z,1\n");
    send("old", BodyPublishers.ofByteArray(file));
    awaitStored("old");
    cutOffAsOfAnotherTopic("old");
    assertThat(byKey("old").path("setAside").asInt()).isOne();

    JsonNode again = send("old", BodyPublishers.ofByteArray(file));

    assertThat(again.path("accepted").asInt()).isOne();
    assertThat(again.path("setAside").asInt()).isZero();
    assertThat(again.path("setAsideCause").isNull()).isTrue();
    assertThat(number("SELECT set_aside_records FROM import WHERE idempotency_key = 'old'"))
        .isZero();
  }

  @Test
  void anAttemptThatIsOvertakenMeanwhileDoesNotGoOnAsTheLaterOne() throws Exception {
    byte[] file = Files.bytes("tag,time,value\n" + MACHINE + "#heat,1995-03-02T00:00:00Z,1\n");
    UUID id =
        UUID.fromString(send("overtaken", BodyPublishers.ofByteArray(file)).path("id").asString());
    awaitStored("overtaken");
    cutOffAsOfAnotherTopic("overtaken");
    ImportStore store = service.context().getBean(ImportStore.class);
    Import begun = store.find(id).orElseThrow();

    assertThatThrownBy(
            () ->
                deskOvertaken(begun.number())
                    .receive(
                        begun,
                        new Requester("admin", true, null),
                        new ImportContent(new ByteArrayInputStream(file), false)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("by a later request");

    Import later = store.find(id).orElseThrow();
    assertThat(later.attempt()).isEqualTo(begun.attempt() + 2);
    assertThat(later.state()).isEqualTo(Import.State.RECEIVING);
    assertThat(later.progress()).isEqualTo(begun.progress());
  }

  /** As if the import had been interrupted when it went to another topic of that name. */
  private void cutOffAsOfAnotherTopic(String key) {
    service
        .context()
        .getBean(JdbcClient.class)
        .sql(
            """
            UPDATE import SET state = 'interrupted', topic_id = gen_random_uuid(), set_aside = 1,
                              set_aside_records = 1, set_aside_cause = 'it has another value'
            WHERE idempotency_key = ?
            """)
        .param(key)
        .update();
  }

  /** Between its first and its second transaction a later attempt begins. */
  private ImportDesk deskOvertaken(long number) {
    ApplicationContext context = service.context();
    ImportStore store = context.getBean(ImportStore.class);
    ImportSettings settings = context.getBean(ImportSettings.class);
    InstantSource clock = context.getBean(InstantSource.class);
    AtomicInteger transactions = new AtomicInteger();
    TransactionTemplate overtaken =
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)) {
          @Override
          public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            if (transactions.incrementAndGet() == 2) {
              store.take(number, "later", clock.instant());
            }
            return super.execute(action);
          }
        };
    return new ImportDesk(
        new ImportRun.Parts(
            store,
            context.getBean(BackfillLane.class),
            new HistorianLead(
                store, context.getBean(EventReaders.class), settings.patience(), clock),
            overtaken,
            settings,
            clock,
            () -> false),
        new RegistryTags.Parts(
            context.getBean(Registry.class),
            context.getBean(Retained.class),
            context.getBean(Outbox.class),
            overtaken,
            clock),
        new AtomicBoolean(),
        "earlier",
        new SimpleMeterRegistry());
  }

  /** Much in few rows: the historian is waited for long before the end. */
  @Test
  void longRowsAreEnteredByTheirBytes() throws Exception {
    StringBuilder file = new StringBuilder("tag,time,value\n");
    String text = "x".repeat(50_000);
    for (int second = 0; second < 900; second++) {
      file.append(MACHINE)
          .append("#label,")
          .append(Instant.parse("1995-03-02T00:00:00Z").plusSeconds(second))
          .append(',')
          .append(second)
          .append(text)
          .append('\n');
    }

    interrupted("long", MARCH_TEXT, Files.bytes(file.toString()), 44_000_000);

    assertThat(byKey("long").path("rows").asInt()).isBetween(1, 899);
  }

  private RunningService startService() {
    return RunningService.start(
        IngestServiceApplication.builder(),
        kafka,
        database,
        tokens,
        "linewright.service.instance=import-of-new-topic");
  }

  private void createTopics() throws Exception {
    try (var admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.values());
    }
  }

  /** As if an empty topic were all there is: without its samples, and read from its begin. */
  private void makeTopicAnew() throws Exception {
    String topic = Topic.TELEMETRY_BACKFILL.topicName();
    try (var admin = kafka.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      Awaitility.await()
          .ignoreExceptions()
          .atMost(PATIENCE)
          .until(() -> TopicProvisioner.ensureAll(admin, Topic.values()).created().contains(topic));
    }
    try (Connection connection = DriverManager.getConnection(database, TestPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM ingest.consumer_offset WHERE topic = '" + topic + "'");
      statement.execute("TRUNCATE ingest.sample, ingest.last_value");
    }
  }

  /**
   * Sends some of a file.
   *
   * @param before so many bytes
   */
  private void interrupted(String key, String query, byte[] file, int before)
      throws InterruptedException {
    try {
      http.send(
          request(
              key,
              query,
              BodyPublishers.ofInputStream(
                  () ->
                      Files.interrupted(
                          file,
                          before,
                          () -> {
                            throw new IOException("the cable was pulled");
                          }))),
          BodyHandlers.ofString());
    } catch (IOException asWanted) {
      // the upload broke off
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> byKey(key).path("state").asString().equals("interrupted"));
  }

  private void awaitStored(String key) {
    Awaitility.await().atMost(PATIENCE).until(() -> byKey(key).path("stored").asBoolean(false));
  }

  private JsonNode send(String key, BodyPublisher file) throws Exception {
    HttpResponse<String> answer = http.send(request(key, MARCH, file), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json.readTree(answer.body());
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

  private long number(String sql) {
    return service.context().getBean(JdbcClient.class).sql(sql).query(Long.class).single();
  }
}
