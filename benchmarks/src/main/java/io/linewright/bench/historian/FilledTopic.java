package io.linewright.bench.historian;

import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The telemetry topic, filled as the bridge fills it: lz4, several records in one transaction.
 *
 * @param partitionOf partition of each machine
 * @param samples samples in it, repeats included
 * @param bytes of all values, encoded
 * @param records how many
 */
record FilledTopic(List<Integer> partitionOf, long samples, long bytes, long records) {

  private static final int RECORDS_PER_TRANSACTION = 200;

  /**
   * A repeat comes at most so many seconds of the plant after the first. A commit holds about 20 of
   * a partition: nearly all repeats are of samples that are stored.
   */
  static final int LATEST_REPEAT = 600;

  /**
   * Fills it.
   *
   * @param kafka client properties
   * @param from first second of every machine
   * @param behind the second after the last one
   * @param repeats share of records that come a second time, in [0, 1]
   */
  static FilledTopic fill(
      Map<String, Object> kafka,
      KnownSamples known,
      int from,
      int behind,
      double repeats,
      Random random)
      throws IOException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("transactional.id", "bench-historian");
    Filling filling = new Filling(known);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int second = from; second < behind; second++) {
        for (int machine = 0; machine < known.machines(); machine++) {
          filling.send(producer, machine, second);
          if (random.nextDouble() < repeats) {
            filling.send(producer, machine, repeated(from, second, random));
          }
        }
      }
      producer.commitTransaction();
      return filling.result();
    } catch (ExecutionException refused) {
      throw new IOException("Kafka refused samples", refused.getCause());
    }
  }

  /** Which second is repeated in this one; all of those before it are equally likely. */
  static int repeated(int from, int second, Random random) {
    return second - random.nextInt(Math.min(LATEST_REPEAT, second - from) + 1);
  }

  private static final class Filling {

    private final KnownSamples known;
    private final List<Future<RecordMetadata>> first = new ArrayList<>();
    private long records;
    private long bytes;

    Filling(KnownSamples known) {
      this.known = known;
    }

    void send(KafkaProducer<byte[], byte[]> producer, int machine, int second) {
      byte[] value = TelemetryCodec.encode(known.batch(machine, second));
      byte[] key = known.path(machine).getBytes(StandardCharsets.UTF_8);
      var sent = producer.send(new ProducerRecord<>(Topic.TELEMETRY.topicName(), key, value));
      if (first.size() == machine) {
        first.add(sent);
      }
      bytes += value.length;
      records++;
      if (records % RECORDS_PER_TRANSACTION == 0) {
        producer.commitTransaction();
        producer.beginTransaction();
      }
    }

    FilledTopic result() throws ExecutionException, InterruptedException {
      List<Integer> partitions = new ArrayList<>();
      for (Future<RecordMetadata> one : first) {
        partitions.add(one.get().partition());
      }
      return new FilledTopic(partitions, records * KnownSamples.PER_RECORD, bytes, records);
    }
  }
}
