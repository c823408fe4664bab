package io.linewright.edge.app.bridge.command;

import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads commands and their results, committed records only, from {@link #LOOK_BACK} ago. Of what
 * was there at its start the results come first, so that nothing is delivered that was answered.
 * Keeps no offsets in Kafka: what is to be done follows from the records.
 */
public final class CommandReader implements AutoCloseable {

  /** A command lives a day at most; another one for a bridge that was away. */
  static final Duration LOOK_BACK = Duration.ofDays(2);

  private static final Logger LOG = LoggerFactory.getLogger(CommandReader.class);
  private static final int MAX_WAITING = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 1000;
  private static final long STOP_MILLIS = 5000;

  private final Map<String, Object> connection;
  private final CommandRecords records;
  private final InstantSource clock;
  private final Runnable wake;
  private final BlockingQueue<CommandArrival> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().name("bridge-commands").unstarted(this::run);
  private volatile boolean stopping;

  /**
   * @param connection how every client reaches Kafka
   * @param wake called when something waits
   */
  public CommandReader(
      Map<String, Object> connection, JsonMapper json, InstantSource clock, Runnable wake) {
    this.connection = Map.copyOf(connection);
    this.records = new CommandRecords(json);
    this.clock = clock;
    this.wake = wake;
  }

  /** Begins to read, and goes on when Kafka comes back. */
  public void start() {
    thread.start();
  }

  /** What was read since the last call, at most so many. Any thread. */
  public List<CommandArrival> take(int most) {
    List<CommandArrival> taken = new ArrayList<>();
    waiting.drainTo(taken, most);
    return taken;
  }

  private void run() {
    try {
      while (!stopping) {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
          assign(consumer);
          while (!stopping) {
            hand(consumer);
          }
        } catch (KafkaException unavailable) {
          LOG.warn("Commands cannot be read, it is tried again: {}", unavailable.getMessage());
          TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> p = new HashMap<>(connection);
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    p.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    p.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void assign(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : List.of(Topic.COMMANDS, Topic.COMMAND_RESULTS)) {
      consumer
          .partitionsFor(topic.topicName())
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
    if (next.isEmpty()) {
      readWhatIsThere(consumer, partitions);
    } else {
      partitions.forEach(one -> consumer.seek(one, next.getOrDefault(one, 0L)));
    }
  }

  private void readWhatIsThere(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
      throws InterruptedException {
    long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(one -> times.put(one, since));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
    partitions.forEach(
        one -> {
          OffsetAndTimestamp begin = begins.get(one);
          consumer.seek(one, begin == null ? ends.getOrDefault(one, 0L) : begin.offset());
        });
    List<CommandArrival> results = new ArrayList<>();
    List<CommandArrival> commands = new ArrayList<>();
    while (partitions.stream()
        .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
        boolean result = read.topic().equals(Topic.COMMAND_RESULTS.topicName());
        (result ? results : commands).addAll(records.read(read, true));
      }
      if (stopping) {
        return;
      }
    }
    partitions.forEach(one -> next.put(one, consumer.position(one)));
    results.addAll(commands);
    for (CommandArrival arrival : results) {
      waiting.put(arrival);
    }
    wake.run();
  }

  private void hand(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
      for (CommandArrival arrival : records.read(read, false)) {
        waiting.put(arrival);
        any = true;
      }
      next.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1);
    }
    if (any) {
      wake.run();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    if (thread.isAlive() && !thread.join(Duration.ofMillis(STOP_MILLIS))) {
      thread.interrupt();
    }
  }
}
