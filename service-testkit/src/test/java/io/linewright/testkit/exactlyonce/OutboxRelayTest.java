package io.linewright.testkit.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.outbox.Outbox;
import io.linewright.kit.outbox.OutboxFactory;
import io.linewright.kit.outbox.OutboxRelay;
import io.linewright.kit.topic.TopicProvisioner;
import io.linewright.model.event.EventTypes;
import io.linewright.model.event.RecordQuarantined;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import java.nio.charset.StandardCharsets;
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
      OutboxRelay relay = factory.relay(bench.dataSource, bench.clients, JSON, FaultPoints.none());
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
    factory.relay(bench.dataSource, bench.clients, JSON, faults).start();
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
