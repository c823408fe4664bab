package io.linewright.ingest.app.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.IngestServiceApplication;
import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.RunningService;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is set aside of a topic that was deleted and made again: its offsets begin at 0 again. */
@ExtendWith(TestServers.class)
class QuarantineOfNewTopicTest {

  /** No consumer reads it, so its place in the table is the test's. */
  private static final String TOPIC = "made-again";

  @Test
  void theSameOffsetOfAnotherTopicOfTheSameNameIsKeptAndTold(TestKafka kafka, TestPostgres postgres)
      throws Exception {
    try (TestTokens tokens = TestTokens.start();
        RunningService service =
            RunningService.start(
                IngestServiceApplication.builder(), kafka, postgres.createDatabase(), tokens)) {
      JdbcClient jdbc = service.context().getBean(JdbcClient.class);
      jdbc.sql("INSERT INTO consumer_offset VALUES (?, 0, ?, 8)")
          .params(TOPIC, UUID.randomUUID())
          .update();

      assertThat(keep(service, "old", false)).as("events").isOne();
      assertThat(keep(service, "old", false)).as("events of a repeat").isZero();
      assertThat(keep(service, "old", true)).as("added as unreadable").isZero();

      jdbc.sql("UPDATE consumer_offset SET topic_id = ? WHERE topic = ?")
          .params(UUID.randomUUID(), TOPIC)
          .update();
      assertThat(keep(service, "new", false)).as("events of the new topic").isOne();
      keep(service, "new", true);

      assertThat(
              jdbc.sql("SELECT cause FROM quarantine WHERE origin = ? ORDER BY id")
                  .param(TOPIC)
                  .query(String.class)
                  .list())
          .containsExactly("old", "old", "new", "new");
    }
  }

  /**
   * Sets a record at offset 7 aside.
   *
   * @param unreadable of the topic of quarantine itself, without an event
   * @return how many events tell of it
   */
  private static long keep(RunningService service, String cause, boolean unreadable) {
    Quarantine quarantine = service.context().getBean(Quarantine.class);
    JdbcClient jdbc = service.context().getBean(JdbcClient.class);
    byte[] value = cause.getBytes(StandardCharsets.UTF_8);
    var record = new ConsumerRecord<byte[], byte[]>(TOPIC, 0, 7, new byte[0], value);
    List<SetAside> refused = List.of(SetAside.whole(record, cause));
    Long events =
        service
            .context()
            .getBean(TransactionTemplate.class)
            .execute(
                status -> {
                  if (unreadable) {
                    new QuarantineHandler(quarantine, new JsonMapper()).setAside(refused);
                  } else {
                    quarantine.keep("test", refused, false);
                  }
                  return jdbc.sql(
                          "SELECT count(*) FROM outbox WHERE topic = ? AND xmin ="
                              + " pg_current_xact_id()::xid")
                      .param(Topic.QUARANTINE.topicName())
                      .query(Long.class)
                      .single();
                });
    return events == null ? 0 : events;
  }
}
