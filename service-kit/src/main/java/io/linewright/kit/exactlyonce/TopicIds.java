package io.linewright.kit.exactlyonce;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks Kafka which topic stands behind a name. */
public final class TopicIds {

  private static final int TIME_LIMIT_SECONDS = 10;

  private final Admin admin;

  /**
   * @param admin asked each time; closed by whoever made it
   */
  public TopicIds(Admin admin) {
    this.admin = admin;
  }

  /**
   * The topic's id now; empty if there is no such topic. Ids never come back: if the id is still
   * the old one after records were fetched, the records are the old topic's.
   *
   * @throws KafkaException if Kafka does not answer
   */
  public Optional<UUID> find(String topic) {
    try {
      Uuid id =
          admin
              .describeTopics(List.of(topic))
              .topicNameValues()
              .values()
              .iterator()
              .next()
              .get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)
              .topicId();
      return Optional.of(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException("Cannot describe topic " + topic, failed.getCause());
    } catch (TimeoutException noAnswer) {
      throw new KafkaException("No answer to the description of topic " + topic, noAnswer);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
