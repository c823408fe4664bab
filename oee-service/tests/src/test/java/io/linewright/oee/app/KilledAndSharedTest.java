package io.linewright.oee.app;

import static io.linewright.oee.app.PlantEvents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.ConsumerState.Condition;
import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.kit.fault.FaultPoints;
import io.linewright.kit.observe.StageBooks;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.topic.Topic;
import io.linewright.oee.event.MachineEvent;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;

/** A process that dies anywhere, and two that share the topic, lose and double nothing. */
@ExtendWith(TestServers.class)
class KilledAndSharedTest {

  private static final int MACHINES = 12;
  private static final int EVENTS = 400;
  private static final int WAVE = 40;

  private final long begin = Instant.now().getEpochSecond() * 1_000_000 - 4 * 3_600_000_000L;

  /** As a kill does it: no code after it runs, the transaction is gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(strings = {"between-copy-and-commit:3", "between-commit-and-outbox:4"})
  void whoeverGoesOnAfterAKillFindsEverythingOnce(
      String point, TestKafka kafka, TestPostgres postgres) throws Exception {
    String line = "acme/graz/killed-" + point.replaceAll("[^a-z]", "") + "/line-1";
    String database = postgres.createDatabase();
    OeeUnderTest.topics(kafka);
    String[] passing = point.split(":", -1);
    FaultPoints faults =
        new FaultPoints(
            Map.of(passing[0], Long.valueOf(passing[1])),
            () -> {
              throw new Killed();
            });
    var builder =
        OeeServiceApplication.builder()
            .initializers(
                context ->
                    ((GenericApplicationContext) context)
                        .registerBean(
                            "drill",
                            FaultPoints.class,
                            () -> faults,
                            bean -> bean.setPrimary(true)));
    try (TestTokens tokens = TestTokens.start();
        PlantEvents plant = new PlantEvents(kafka.bootstrapServers())) {
      List<ProducerRecord<byte[], byte[]>> records = records(plant, line);
      try (OeeUnderTest first =
          OeeUnderTest.start(
              builder, kafka, database, tokens, "linewright.service.instance=killed")) {
        // Wave after wave, each at least one transaction, until it is dead; the rest comes anyway.
        for (int from = 0; from < EVENTS; from += WAVE) {
          int sent = from + WAVE;
          send(plant, records.subList(from, sent));
          Awaitility.await().until(() -> isDead(first) || stored(first, line) >= sent);
        }
        assertThat(isDead(first)).as("%s was reached", point).isTrue();
        assertThat(stored(first, line)).as("it died on the way").isLessThan(EVENTS);
      }
      try (OeeUnderTest second =
          OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=killed")) {
        requireAll(second, line);
        requireBalance(second, line);
      }
    }
  }

  @Test
  void twoShareTheTopicAndOneTakesOver(TestKafka kafka, TestPostgres postgres) throws Exception {
    String line = "acme/graz/shared/line-";
    String database = postgres.createDatabase();
    OeeUnderTest.topics(kafka);
    try (TestTokens tokens = TestTokens.start();
        PlantEvents plant = new PlantEvents(kafka.bootstrapServers())) {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        records.addAll(records(plant, line + i));
      }
      Collections.shuffle(records, new Random(7));
      int third = records.size() / 3;
      try (OeeUnderTest first =
          OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=one")) {
        send(plant, records.subList(0, third));
        try (OeeUnderTest second =
            OeeUnderTest.start(kafka, database, tokens, "linewright.service.instance=two")) {
          send(plant, records.subList(third, 2 * third));
          Awaitility.await().until(() -> share(first) && share(second));
          send(plant, records.subList(third / 2, 2 * third));
        }
        send(plant, records.subList(2 * third, records.size()));
        for (int i = 1; i <= 6; i++) {
          requireAll(first, line + i);
        }
        requireBalance(first, line);
      }
    }
  }

  private List<ProducerRecord<byte[], byte[]>> records(PlantEvents plant, String line) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      records.add(
          plant.told(
              line + "/mill-" + i % MACHINES,
              "good",
              TagRole.GOOD_COUNT,
              sample(begin + i * 30_000_000L, SampleValue.of(i)),
              false));
    }
    return records;
  }

  private static void send(PlantEvents plant, List<ProducerRecord<byte[], byte[]>> records) {
    records.forEach(plant::queue);
    plant.flush();
  }

  private static void requireAll(OeeUnderTest oee, String line) {
    for (int machine = 0; machine < MACHINES; machine++) {
      int its = machine;
      List<MachineEvent> events =
          oee.await(line + "/mill-" + machine, (EVENTS - machine + MACHINES - 1) / MACHINES);
      assertThat(events)
          .extracting(MachineEvent::content)
          .containsExactlyElementsOf(
              LongStream.range(0, EVENTS)
                  .filter(i -> i % MACHINES == its)
                  .mapToObj(i -> (Object) (double) i)
                  .toList());
    }
  }

  /** What is stored of these lines, and no more: the books say so, and so do the parts. */
  private static void requireBalance(OeeUnderTest oee, String line) {
    StageBooks.Line books = oee.books("oee.events");
    assertThat(books.in()).isEqualTo(books.out() + books.setAside() + books.duplicatesDropped());
    assertThat(stored(oee, line)).isEqualTo(line.endsWith("-") ? 6L * EVENTS : EVENTS);
  }

  private static boolean isDead(OeeUnderTest oee) {
    return events(oee).state().condition() == Condition.FAILED;
  }

  private static long stored(OeeUnderTest oee, String line) {
    return oee.jdbc()
        .sql(
            "SELECT coalesce(sum(events), 0) FROM event_part JOIN machine USING (machine_id)"
                + " JOIN line USING (line_id) WHERE starts_with(path, ?)")
        .param(line)
        .query(Long.class)
        .single();
  }

  private static boolean share(OeeUnderTest oee) {
    var ownership = events(oee).ownership();
    return ownership.partitions() > 0 && !ownership.whole();
  }

  private static ExactlyOnceConsumer<?> events(OeeUnderTest oee) {
    return oee.bean(ExactlyOnce.class).consumers().stream()
        .filter(consumer -> consumer.topic().equals(Topic.MACHINE_EVENTS.topicName()))
        .findFirst()
        .orElseThrow();
  }
}
