package io.linewright.testkit.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.health.OutboxHealth;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.outbox.OutboxFactory;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.outbox.RelayState.Condition;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(TestServers.class)
class OutboxRelayTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void eventsComeOnceAndWithoutGapThoughTheRelayDiesBeforeItForgetsThem(
      TestKafka kafka, TestPostgres postgres) throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.QUARANTINE);
    }
    try (KitBench bench =
        new KitBench(kafka, postgres.createDatabase(), KitBench.uniqueService(), "1")) {
      String source = "/" + KitBench.uniqueService();
      OutboxFactory factory = new OutboxFactory();
      Outbox outbox = factory.outbox(bench.jdbc, JSON);
      for (int round = 0; round < 2; round++) {
        add(bench, outbox, source, round * 10, 10);
        Thread dying = relayThatDiesAfterKafkaHasCommitted(factory, bench);
        assertThat(dying.join(Duration.ofSeconds(60))).isTrue();
        assertThat(waiting(bench)).isEqualTo(10);
      }
      add(bench, outbox, source, 20, 5);
      OutboxRelay relay = bench.relay(factory, JSON, FaultPoints.none());
      relay.start();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting(bench) == 0);
      relay.stop();

      assertThat(sequences(kafka, source))
          .isEqualTo(LongStream.rangeClosed(1, 25).boxed().toList());
    }
  }

  @Test
  void aRolledBackTransactionTakesItsEventsBackAndLeavesNoGap(
      TestKafka kafka, TestPostgres postgres) {
    try (KitBench bench =
        new KitBench(kafka, postgres.createDatabase(), KitBench.uniqueService(), "1")) {
      Outbox outbox = new OutboxFactory().outbox(bench.jdbc, JSON);
      bench.transaction.executeWithoutResult(
          status -> {
            add(outbox, "/s", 0);
            status.setRollbackOnly();
          });
      add(bench, outbox, "/s", 1, 1);

      assertThat(
              bench
                  .jdbc
                  .sql("SELECT headers ->> 'ce_sequence' FROM outbox")
                  .query((row, n) -> row.getString(1))
                  .list())
          .containsExactly("1");
      assertThatThrownBy(() -> add(outbox, "/s", 2)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anEventThatKafkaRefusesIsToldUntilSomebodyMendsIt(TestKafka kafka, TestPostgres postgres)
      throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.QUARANTINE);
    }
    try (KitBench bench =
        new KitBench(kafka, postgres.createDatabase(), KitBench.uniqueService(), "1")) {
      OutboxFactory factory = new OutboxFactory();
      Outbox outbox = factory.outbox(bench.jdbc, JSON);
      bench
          .jdbc
          .sql(
              "INSERT INTO outbox (topic, key, headers, payload, created_at)"
                  + " VALUES ('no topic!', 'key', '{}', '', now() - interval '1 hour')")
          .update();
      add(bench, outbox, "/refused", 0, 2);
      OutboxRelay relay = bench.relay(factory, JSON, FaultPoints.none());
      OutboxHealth health = new OutboxHealth(relay, Clock.systemUTC());
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      relay.start();
      await(relay, Condition.REFUSED);

      assertThat(relay.state().detail())
          .contains("InvalidTopicException", "no topic!", Topic.QUARANTINE.topicName());
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails()).containsEntry("waiting", 3L);
      assertThat(bench.gauge("linewright.outbox.rows")).isEqualTo(3);
      assertThat(bench.gauge("linewright.outbox.oldest.age")).isBetween(3_600.0, 3_800.0);
      assertThat(bench.gauge("linewright.outbox.state", "state", "REFUSED")).isEqualTo(1);

      bench.jdbc.sql("DELETE FROM outbox WHERE topic = 'no topic!'").update();
      await(relay, Condition.RUNNING);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> waiting(bench) == 0 && bench.gauge("linewright.outbox.rows") == 0);
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      assertThat(bench.gauge("linewright.outbox.oldest.age")).isZero();
      relay.stop();
      assertThat(relay.state().condition()).isEqualTo(Condition.STOPPED);
    }
  }

  @Test
  void anEventThatCannotBeReadIsToldUntilSomebodyMendsIt(TestKafka kafka, TestPostgres postgres)
      throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.QUARANTINE);
    }
    try (KitBench bench =
        new KitBench(kafka, postgres.createDatabase(), KitBench.uniqueService(), "1")) {
      bench
          .jdbc
          .sql("INSERT INTO outbox (topic, key, headers, payload) VALUES (?, 'key', '[1]', '')")
          .params(Topic.QUARANTINE.topicName())
          .update();
      OutboxRelay relay = bench.relay(new OutboxFactory(), JSON, FaultPoints.none());
      relay.start();
      await(relay, Condition.REFUSED);
      assertThat(relay.state().detail()).isNotEmpty();

      bench.jdbc.sql("UPDATE outbox SET headers = '{\"ce_source\": \"/unread\"}'").update();
      await(relay, Condition.RUNNING);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> waiting(bench) == 0);
      relay.stop();
    }
  }

  @Test
  void whatStandsAgainstItIsNamedAndItGoesOnByItself(TestKafka kafka, TestPostgres postgres) {
    String database = postgres.createDatabase();
    String service = KitBench.uniqueService();
    try (KitBench bench = new KitBench(kafka, database, service, "1");
        KitBench other = new KitBench(kafka, database, service, "2")) {
      OutboxRelay relay = bench.relay(new OutboxFactory(), JSON, FaultPoints.none());
      OutboxHealth health = new OutboxHealth(relay, Clock.systemUTC());
      relay.start();
      await(relay, Condition.RUNNING);
      OutboxRelay standby = other.relay(new OutboxFactory(), JSON, FaultPoints.none());
      standby.start();
      await(standby, Condition.STANDBY);
      standby.stop();

      bench.jdbc.sql("ALTER TABLE outbox RENAME TO hidden").update();
      await(relay, Condition.DATABASE_UNAVAILABLE);
      assertThat(relay.state().detail()).contains("outbox");
      assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      bench.jdbc.sql("ALTER TABLE hidden RENAME TO outbox").update();
      await(relay, Condition.RUNNING);
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      relay.stop();
    }
  }

  @Test
  void aRelayThatHasEndedIsNotAlive(TestKafka kafka, TestPostgres postgres) throws Exception {
    try (Admin admin = kafka.admin()) {
      TopicProvisioner.ensureAll(admin, Topic.QUARANTINE);
    }
    try (KitBench bench =
        new KitBench(kafka, postgres.createDatabase(), KitBench.uniqueService(), "1")) {
      OutboxFactory factory = new OutboxFactory();
      add(bench, factory.outbox(bench.jdbc, JSON), "/ended", 0, 1);
      FaultPoints faults =
          new FaultPoints(
              Map.of("between-outbox-and-relay-mark", 1L),
              () -> {
                throw new ThreadDeathForTest();
              });
      OutboxRelay relay = bench.relay(factory, JSON, faults);
      relay.start();
      await(relay, Condition.FAILED);
      assertThat(new OutboxHealth(relay, Clock.systemUTC()).health().getStatus())
          .isEqualTo(Status.DOWN);
    }
  }

  private static void await(OutboxRelay relay, Condition condition) {
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(30))
        .until(() -> relay.state().condition() == condition);
  }

  /** The kill, as far as it can be played in one JVM: the relay's thread ends at the point. */
  private static Thread relayThatDiesAfterKafkaHasCommitted(OutboxFactory factory, KitBench bench) {
    Thread[] dying = new Thread[1];
    FaultPoints faults =
        new FaultPoints(
            Map.of("between-outbox-and-relay-mark", 1L),
            () -> {
              dying[0] = Thread.currentThread();
              throw new ThreadDeathForTest();
            });
    bench.relay(factory, JSON, faults).start();
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .until(() -> dying[0] != null);
    return dying[0];
  }

  private static final class ThreadDeathForTest extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void add(KitBench bench, Outbox outbox, String source, int from, int count) {
    for (int i = from; i < from + count; i++) {
      int number = i;
      bench.transaction.executeWithoutResult(status -> add(outbox, source, number));
    }
  }

  private static void add(Outbox outbox, String source, int number) {
    outbox.add(
        Topic.QUARANTINE,
        "stage",
        source,
        "id-" + number,
        EventTypes.RECORD_QUARANTINED,
        Instant.EPOCH,
        "subject",
        new RecordQuarantined("stage", "origin", null, null, "cause", "", 0));
  }

  private static long waiting(KitBench bench) {
    return bench.jdbc.sql("SELECT count(*) FROM outbox").query((row, n) -> row.getLong(1)).single();
  }

  private static List<Long> sequences(TestKafka kafka, String source) {
    List<Long> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partition = new TopicPartition(Topic.QUARANTINE.topicName(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (source.equals(header(record.headers().lastHeader("ce_source")))) {
            found.add(Long.parseLong(header(record.headers().lastHeader("ce_sequence"))));
          }
        }
      }
    }
    return found;
  }

  private static String header(org.apache.kafka.common.header.Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
