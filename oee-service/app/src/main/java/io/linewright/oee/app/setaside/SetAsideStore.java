package io.linewright.oee.app.setaside;

import io.linewright.kit.exactlyonce.SetAside;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code set_aside}. */
final class SetAsideStore {

  private static final String ADD =
      """
      INSERT INTO set_aside (source, stage, topic, partition, record_offset, part, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO NOTHING
      """;

  private final JdbcClient jdbc;

  SetAsideStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a cause; false if it is known. */
  boolean add(String source, String stage, SetAside one) {
    return jdbc.sql(ADD)
            .params(
                List.of(
                    source,
                    stage,
                    one.record().topic(),
                    one.record().partition(),
                    one.record().offset(),
                    one.part(),
                    one.cause()))
            .update()
        == 1;
  }

  /** Deletes what is beyond the bound. */
  void bound(int records) {
    jdbc.sql("DELETE FROM set_aside WHERE id <= (SELECT max(id) FROM set_aside) - ?")
        .param(records)
        .update();
  }

  /** Kafka's id of the topic as it was when its partition was read first. */
  Optional<UUID> topicId(TopicPartition partition) {
    return jdbc.sql("SELECT topic_id FROM consumer_offset WHERE topic = ? AND partition = ?")
        .params(partition.topic(), partition.partition())
        .query(UUID.class)
        .optional();
  }
}
