package io.linewright.kit.topic;

import io.linewright.kit.kafka.KafkaClients;
import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates a service's missing topics at its start, in the background: a service starts also while
 * Kafka is away. Where it has not the right to, somebody else has to, and the log says so.
 */
public final class TopicCreation implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final ServiceTopics wanted;
  private volatile @Nullable Thread thread;

  public TopicCreation(KafkaClients clients, ServiceTopics wanted) {
    this.clients = clients;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("create-topics").start(this::run);
  }

  @Override
  public void stop() {
    Thread working = thread;
    thread = null;
    if (working != null) {
      working.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (!attempt()) {
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** True if there is nothing more to try. */
  private boolean attempt() throws InterruptedException {
    try (Admin admin = clients.admin("topics")) {
      var outcome = TopicProvisioner.ensureAll(admin, wanted.topics().toArray(Topic[]::new));
      if (!outcome.created().isEmpty()) {
        LOG.info("Created topics {}", outcome.created());
      }
      return true;
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof AuthorizationException) {
        LOG.warn(
            "No right to create or describe topics ({}); they must exist: {}",
            refused.getMessage(),
            wanted.topics());
        return true;
      }
      LOG.info("Topics cannot be created yet: {}", refused.getMessage());
      return false;
    } catch (TimeoutException | KafkaException noAnswer) {
      LOG.info("Topics cannot be created yet: {}", noAnswer.getMessage());
      return false;
    }
  }
}
