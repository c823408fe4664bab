package io.linewright.kit.topic;

import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates what is missing of the topic catalogue. A topic that exists is never altered: where it
 * differs from the catalogue, that is reported, because a change of partitions breaks the order of
 * keys and a shorter retention loses records.
 */
public final class TopicProvisioner {

  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
  private static final long MIN_SEGMENT_BYTES = 8L << 20;
  private static final long MAX_SEGMENT_BYTES = 128L << 20;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /**
   * What was found and done.
   *
   * @param created names of the topics that were missing and have been created
   * @param differing one sentence per setting of an existing topic that is not as in the catalogue
   */
  public record Outcome(List<String> created, List<String> differing) {
    public Outcome {
      created = List.copyOf(created);
      differing = List.copyOf(differing);
    }
  }

  private TopicProvisioner() {}

  /**
   * Creates the missing ones of these topics, with the broker's default replication.
   *
   * @throws ExecutionException if the broker refuses, with Kafka's exception as its cause
   * @throws TimeoutException if the broker does not answer within 30 s
   */
  public static Outcome ensureAll(Admin admin, Topic... topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    List<String> existing = List.copyOf(get(admin.listTopics().names()));
    List<Topic> missing =
        Arrays.stream(topics).filter(topic -> !existing.contains(topic.topicName())).toList();
    List<String> created = new ArrayList<>();
    var creation = admin.createTopics(missing.stream().map(TopicProvisioner::toCreate).toList());
    for (Topic topic : missing) {
      if (createdNow(creation.values().get(topic.topicName()))) {
        created.add(topic.topicName());
      }
    }
    awaitKnown(admin, Arrays.stream(topics).map(Topic::topicName).toList());
    List<String> differing =
        differences(
            admin,
            Arrays.stream(topics).filter(topic -> !created.contains(topic.topicName())).toList());
    differing.forEach(LOG::warn);
    return new Outcome(created, differing);
  }

  /** The settings with which a topic is created; for tests and documentation. */
  public static Map<String, String> settings(Topic topic) {
    long bytes = topic.maxBytes() / topic.partitions();
    String retention = Long.toString(topic.retention().toMillis());
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        TopicConfig.SEGMENT_BYTES_CONFIG,
        Long.toString(Math.clamp(bytes / 8, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES)));
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.MAX_RECORD_BYTES));
    switch (topic.cleanup()) {
      case DELETE -> {
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, retention);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(bytes));
      }
      case COMPACT -> {
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, retention);
        settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
      }
    }
    return settings;
  }

  private static NewTopic toCreate(Topic topic) {
    return new NewTopic(topic.topicName(), Optional.of(topic.partitions()), Optional.empty())
        .configs(settings(topic));
  }

  /** False if another process was quicker. */
  private static boolean createdNow(@Nullable KafkaFuture<Void> creation)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (creation == null) {
      return false;
    }
    try {
      get(creation);
      return true;
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw refused;
    }
  }

  /**
   * The controller knows a topic before each broker does: until then, whoever asks a broker for it
   * is told that there is none.
   */
  private static void awaitKnown(Admin admin, List<String> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    long end = System.nanoTime() + TIME_LIMIT.toNanos();
    while (true) {
      try {
        get(admin.describeTopics(topics).allTopicNames());
        return;
      } catch (ExecutionException unknown) {
        if (!(unknown.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() - end > 0) {
          throw unknown;
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      }
    }
  }

  private static List<String> differences(Admin admin, List<Topic> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (topics.isEmpty()) {
      return List.of();
    }
    Map<String, TopicDescription> descriptions =
        get(admin.describeTopics(topics.stream().map(Topic::topicName).toList()).allTopicNames());
    Map<String, Config> configs =
        get(admin.describeConfigs(topics.stream().map(TopicProvisioner::resource).toList()).all())
            .entrySet()
            .stream()
            .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    List<String> found = new ArrayList<>();
    for (Topic topic : topics) {
      String name = topic.topicName();
      TopicDescription description = descriptions.get(name);
      if (description != null && description.partitions().size() != topic.partitions()) {
        found.add(
            difference(name, "partitions", description.partitions().size(), topic.partitions()));
      }
      Config config = configs.get(name);
      settings(topic)
          .forEach(
              (key, wanted) -> {
                var entry = config == null ? null : config.get(key);
                if (entry != null && !wanted.equals(entry.value())) {
                  found.add(difference(name, key, entry.value(), wanted));
                }
              });
    }
    return found;
  }

  private static String difference(String topic, String key, Object is, Object wanted) {
    return "Topic %s has %s = %s, the catalogue says %s; it is left as it is"
        .formatted(topic, key, is, wanted);
  }

  private static ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
