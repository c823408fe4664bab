package io.linewright.testkit.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.health.ConsumersHealth;
import io.linewright.kit.health.ThreadsHealth;
import io.linewright.kit.outbox.OutboxFactory;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(TestServers.class)
@SuppressWarnings("NullAway.Init") // set before each test
class ExactlyOnceConsumerTest {

  private TestKafka kafka;
  private String database;
  private KitBench bench;
  private ExactlyOnceConsumer<?> consumer;

  /** Whether the handler prepares ahead. */
  boolean ahead() {
    return false;
  }

  @BeforeEach
  void freshTopic(TestKafka sharedKafka, TestPostgres postgres) throws Exception {
    kafka = sharedKafka;
    recreate();
    database = postgres.createDatabase();
    bench = new KitBench(kafka, database, KitBench.uniqueService(), "1", ahead());
  }

  @AfterEach
  void stop() {
    if (consumer != null) {
      consumer.stop();
    }
    bench.close();
  }

  @Test
  void beginsAtTheStartOfTheLogAndGoesOnWhereItStopped() {
    bench.send("a", "b");
    consumer = bench.start();
    awaitTexts("a", "b");
    consumer.stop();
    assertThat(consumer.state().condition()).isEqualTo(Condition.STOPPED);

    bench.send("c");
    consumer = bench.start();
    awaitTexts("a", "b", "c");
  }

  @Test
  void whoStopsItSideBySideWithOthersIsToldWhenItHasEnded() throws Exception {
    bench.send("a");
    consumer = bench.start();
    awaitTexts("a");
    CompletableFuture<Condition> ended = new CompletableFuture<>();

    consumer.stop(() -> ended.complete(consumer.state().condition()));

    assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(Condition.STOPPED);
  }

  @Test
  void oneRecordWithBadDataIsSetAsideAndTheOthersOfItsBatchStored() {
    bench.send("a", "b", "this text is too long for its column", "bug", "c");
    consumer = bench.start();

    awaitTexts("a", "b", "c");
    assertThat(
            bench
                .jdbc
                .sql("SELECT text || ': ' || cause FROM refused ORDER BY text")
                .query((row, n) -> row.getString(1))
                .list())
        .satisfiesExactly(
            bug -> assertThat(bug).startsWith("bug: ").contains("this handler has a bug"),
            tooLong -> assertThat(tooLong).contains("[22001]"));
    assertThat(
            bench
                .jdbc
                .sql("SELECT \"in\" || ',' || \"out\" || ',' || set_aside FROM stage_counter")
                .query((row, n) -> row.getString(1))
                .single())
        .isEqualTo("5,3,2");
  }

  @Test
  void anotherTopicOfTheSameNameStopsItAlsoIfThatIsLonger() throws Exception {
    bench.send("a", "b");
    consumer = bench.start();
    awaitTexts("a", "b");
    consumer.stop();
    recreate();
    bench.send("1", "2", "3", "4");

    consumer = bench.start();
    KitBench.await(consumer, Condition.TOPIC_RECREATED);

    assertThat(bench.texts()).containsExactly("a", "b");
    assertThat(consumer.state().detail()).contains(KitBench.TOPIC.topicName(), "consumer_offset");
  }

  @Test
  void recordsLostToRetentionStopIt() throws Exception {
    bench.send("a", "b");
    consumer = bench.start();
    awaitTexts("a", "b");
    consumer.stop();
    bench.send("c", "d", "e");
    try (Admin admin = kafka.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(KitBench.TOPIC.topicName(), 0),
                  RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }

    consumer = bench.start();
    KitBench.await(consumer, Condition.RETENTION_LOST);

    assertThat(bench.texts()).containsExactly("a", "b");
    assertThat(consumer.state().detail()).contains("begins at offset 4", "offset 2 was next");
  }

  @Test
  void anOffsetMovedBySomebodyElseIsRefusedAndNothingAppliedTwice() {
    consumer = bench.start();
    bench.send("a");
    awaitTexts("a");
    bench.jdbc.sql("UPDATE consumer_offset SET next_offset = 2 WHERE partition = 0").update();
    bench.send("skipped by the other", "c");

    awaitTexts("a", "c");
    KitBench.await(consumer, Condition.RUNNING);
  }

  @Test
  void whileTheDatabaseRefusesItWaitsAndLosesNothing() {
    consumer = bench.start();
    bench.send("a");
    awaitTexts("a");
    bench.jdbc.sql("ALTER TABLE text_row RENAME TO hidden").update();
    bench.send("b");
    KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
    assertThat(consumer.state().detail()).contains("42P01");

    bench.jdbc.sql("ALTER TABLE hidden RENAME TO text_row").update();
    awaitTexts("a", "b");
    KitBench.await(consumer, Condition.RUNNING);
  }

  @Test
  void whileTheDatabaseHangsItPausesAndStoresEverythingOnceAfterwards() throws Exception {
    useAnother(database + "?socketTimeout=3");
    consumer = bench.start();
    bench.send("a");
    awaitTexts("a");
    try (Connection other = bench.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE text_row IN ACCESS EXCLUSIVE MODE");
      bench.send("b", "c");
      KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
      assertThat(consumer.state().detail()).contains("[08006]");
      Awaitility.await("the state to be the same while it tries again")
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(20))
          .until(() -> consumer.state().condition() == Condition.DATABASE_UNAVAILABLE);
      bench.send("d");
      awaitLag(3);
      assertThat(health()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(bench.gauge("linewright.consumer.state", "state", "DATABASE_UNAVAILABLE"))
          .isEqualTo(1);
      assertThat(bench.gauge("linewright.consumer.lag.age")).isPositive();
      other.rollback();
    }

    awaitTexts("a", "b", "c", "d");
    KitBench.await(consumer, Condition.RUNNING);
    awaitLag(0);
    assertThat(health()).isEqualTo(Status.UP);
    assertThat(bench.gauge("linewright.consumer.state", "state", "DATABASE_UNAVAILABLE")).isZero();
    assertThat(bench.gauge("linewright.consumer.lag.age")).isZero();
    assertThat(refused()).isZero();
  }

  @Test
  void whileTheDatabaseIsFullItPausesAndStoresEverythingOnceAfterwards() throws Exception {
    try (TestPostgres own = TestPostgres.start()) {
      useAnother(own.createDatabase());
      consumer = bench.start();
      try (FullDisk disk = FullDisk.under(bench.jdbc, "text_row")) {
        disk.fill();
        bench.send("a", "b");
        KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
        assertThat(consumer.state().detail()).contains("[53100]");
        bench.send("c");
        awaitLag(3);
        assertThat(health()).isEqualTo(Status.OUT_OF_SERVICE);

        disk.clear();
        awaitTexts("a", "b", "c");
        KitBench.await(consumer, Condition.RUNNING);
        assertThat(refused()).isZero();
        consumer.stop();
      }
      bench.close();
    }
  }

  @Test
  void aRecordThatAloneIsTooMuchIsSetAsideAfterSomeTriesAndHoldsNobodyUp() {
    tooMuch("wide");
    bench.send("a", "wide", "b");
    consumer = bench.start();
    KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
    bench.skipped = Duration.ofMinutes(1);

    awaitTexts("a", "b");
    assertThat(
            bench
                .jdbc
                .sql("SELECT text || ': ' || cause FROM refused")
                .query((row, n) -> row.getString(1))
                .list())
        .singleElement()
        .satisfies(wide -> assertThat(wide).startsWith("wide: ").contains("[53200]"));
  }

  @Test
  void aRecordThatIsTooMuchForAWhileOnlyIsStored() {
    tooMuch("wide");
    bench.send("a", "wide", "b");
    consumer = bench.start();
    KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
    bench.jdbc.sql("DROP TRIGGER too_much ON text_row").update();

    awaitTexts("a", "b", "wide");
    assertThat(refused()).isZero();
  }

  /** What is stored of other partitions makes the pauses short: tries alone say nothing. */
  @Test
  void manyTriesWithinAMinuteSetNothingAside() {
    tooMuch("wide");
    bench.send("wide");
    consumer = bench.start();
    // A slice of its own; the column cuts the spaces off
    String busy = "busy" + " ".repeat(400_000);
    Awaitility.await()
        .atMost(Duration.ofSeconds(50))
        .until(
            () -> {
              bench.sendTo(1, busy);
              return bench.jdbc.sql("SELECT last_value FROM tries").query(Long.class).single() > 8;
            });
    bench.jdbc.sql("DROP TRIGGER too_much ON text_row").update();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(bench.texts()).contains("wide", "busy" + " ".repeat(16)));
    assertThat(refused()).isZero();
  }

  /**
   * As if a transaction with that text needed more locks than there is room for; the sequence
   * {@code tries} counts them.
   */
  private void tooMuch(String text) {
    bench.jdbc.sql("CREATE SEQUENCE tries").update();
    bench
        .jdbc
        .sql(
            """
            CREATE FUNCTION too_much() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
              PERFORM nextval('tries');
              RAISE EXCEPTION 'out of shared memory' USING ERRCODE = '53200';
            END $$
            """)
        .update();
    bench
        .jdbc
        .sql(
            "CREATE TRIGGER too_much BEFORE INSERT ON text_row FOR EACH ROW WHEN (NEW.text = '%s')"
                    .formatted(text)
                + " EXECUTE FUNCTION too_much()")
        .update();
  }

  @Test
  void onlyAnErrorOfTheProgramAsksForARestart() {
    consumer = bench.start();
    OutboxRelay relay =
        bench.relay(new OutboxFactory(), JsonMapper.builder().build(), FaultPoints.none());
    ThreadsHealth threads = new ThreadsHealth(bench.kit(), relay);
    bench.jdbc.sql("ALTER TABLE text_row RENAME TO hidden").update();
    bench.send("a");
    KitBench.await(consumer, Condition.DATABASE_UNAVAILABLE);
    assertThat(threads.health().getStatus()).isEqualTo(Status.UP);

    bench.jdbc.sql("ALTER TABLE hidden RENAME TO text_row").update();
    bench.send("deadly");
    KitBench.await(consumer, Condition.FAILED);
    assertThat(threads.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(threads.health().getDetails().toString()).contains("texts");
  }

  @Test
  void connectionsCutInTheMiddleOfWorkLoseAndRepeatNothing() throws Exception {
    consumer = bench.start();
    for (int round = 0; round < 10; round++) {
      String[] texts = new String[20];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = "%02d-%02d".formatted(round, i);
      }
      bench.send(texts);
      bench.cutConnections();
    }

    Awaitility.await()
        .ignoreExceptionsInstanceOf(DataAccessException.class)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(bench.texts()).hasSize(200).doesNotHaveDuplicates());
  }

  @Test
  void aSecondProcessOfTheSameNameFencesTheFirstOff() {
    ExactlyOnceConsumer<?> first = bench.start();
    KitBench.await(first, Condition.RUNNING);
    bench.send("a");
    awaitTexts("a");

    consumer = bench.start();
    KitBench.await(first, Condition.FENCED);
    bench.send("b");
    awaitTexts("a", "b");
    first.stop();
  }

  @Test
  void textsOfManyTransactionsKeepTheirOrder() {
    String[] texts = new String[3_000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "%04d".formatted(i);
    }
    bench.send(texts);
    consumer = bench.start();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(bench.texts()).containsExactly(texts));
    KitBench.await(consumer, Condition.RUNNING);
    assertThat(consumer.ownership().whole()).isTrue();
  }

  /** The same topic and another database, or other settings of the connection to it. */
  private void useAnother(String url) {
    bench.close();
    bench = new KitBench(kafka, url, KitBench.uniqueService(), "1", ahead());
  }

  private Status health() {
    return new ConsumersHealth(bench.kit()).health().getStatus();
  }

  private long refused() {
    return bench.jdbc.sql("SELECT count(*) FROM refused").query(Long.class).single();
  }

  /** It looks every five seconds, also while it pauses. */
  private void awaitLag(double offsets) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(bench.gauge("linewright.consumer.lag")).isEqualTo(offsets));
  }

  private void awaitTexts(String... texts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(bench.texts()).isEqualTo(List.of(texts)));
  }

  private void recreate() throws Exception {
    try (Admin admin = kafka.admin()) {
      String name = KitBench.TOPIC.topicName();
      if (admin.listTopics().names().get().contains(name)) {
        admin.deleteTopics(List.of(name)).all().get();
      }
      Awaitility.await()
          .ignoreExceptions()
          .atMost(Duration.ofSeconds(60))
          .until(() -> TopicProvisioner.ensureAll(admin, KitBench.TOPIC).created().contains(name));
    }
  }
}
