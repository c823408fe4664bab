package io.linewright.oee.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.kit.exactlyonce.SetAside;
import io.linewright.kit.exactlyonce.Stored;
import io.linewright.kit.observe.StageCounts;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue;
import io.linewright.oee.app.OeeUnderTest;
import io.linewright.oee.app.PlantEvents;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.event.MachineEvent;
import io.linewright.testkit.infrastructure.TestKafka;
import io.linewright.testkit.infrastructure.TestPostgres;
import io.linewright.testkit.infrastructure.TestServers;
import io.linewright.testkit.security.TestTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.transaction.support.TransactionTemplate;

/** The handler without Kafka: transaction after transaction, as many as are wanted. */
@ExtendWith(TestServers.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
class LogWritingTest {

  private static final String LINE = "acme/graz/writing/line-1/";
  private static final int BOUND = 5_000;

  private final long begin =
      Instant.now().getEpochSecond() / 86_400 * 86_400_000_000L - 86_400_000_000L;

  private TestTokens tokens;
  private PlantEvents plant;
  private OeeUnderTest oee;
  private EventHandler handler;
  private long offset;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres) throws Exception {
    tokens = TestTokens.start();
    OeeUnderTest.topics(kafka);
    plant = new PlantEvents(kafka.bootstrapServers());
    oee =
        OeeUnderTest.start(
            kafka,
            postgres.createDatabase(),
            tokens,
            "linewright.service.instance=writing",
            "linewright.oee.log.events-per-day=" + BOUND,
            "linewright.oee.log.cached-events=3000");
    handler = oee.bean(EventHandler.class);
  }

  @AfterAll
  void stop() {
    oee.close();
    plant.close();
    tokens.close();
  }

  @Test
  void partsAreMergedInLevelsAndNothingIsLost() {
    String mill = LINE + "merged";
    int transactions = EventParts.MERGED * EventParts.MERGED + EventParts.MERGED + 3;
    for (int i = 0; i < transactions; i++) {
      // Every other one is late, and all come twice.
      int reading = i % 2 == 0 ? i : transactions + i;
      apply(List.of(count(mill, reading)));
    }
    assertThat(apply(List.of(count(mill, 0))).duplicates()).isEqualTo(1);

    assertThat(parts(mill)).containsExactly("0: 3", "1: 1", "2: 1");
    List<Object> expected =
        LongStream.range(0, transactions)
            .map(i -> i % 2 == 0 ? i : transactions + i)
            .sorted()
            .mapToObj(i -> (Object) (double) i)
            .toList();
    assertThat(oee.events(mill)).extracting(MachineEvent::content).isEqualTo(expected);
  }

  @Test
  void whatAnotherInstanceHasStoredIsSeen() {
    String mill = LINE + "other";
    apply(List.of(count(mill, 1)));
    Machine machine = oee.machine(mill);
    // Another instance: its part, and the machine's revision.
    oee.jdbc()
        .sql(
            "INSERT INTO event_part SELECT machine_id, day, stream, level, 1, kinds, events, first_time,"
                + " last_time, data FROM event_part WHERE machine_id = ?")
        .param(machine.id())
        .update();
    oee.jdbc()
        .sql("UPDATE machine SET revision = revision + 1 WHERE machine_id = ?")
        .param(machine.id())
        .update();

    // With part numbers of before this would be refused by the table's key.
    assertThat(apply(List.of(count(mill, 2))).out()).isEqualTo(1);
    assertThat(oee.events(mill)).hasSize(2);
  }

  @Test
  void aRolledBackTransactionLeavesNoTraceInMemory() {
    String mill = LINE + "rolled-back";
    apply(List.of(count(mill, 1)));
    List<ConsumerRecord<byte[], byte[]>> second = List.of(count(mill, 2));
    var prepared = handler.prepare(second);
    oee.bean(TransactionTemplate.class)
        .executeWithoutResult(
            status -> {
              handler.store(prepared, Instant.now());
              status.setRollbackOnly();
            });
    handler.dropCaches();

    assertThat(oee.events(mill)).hasSize(1);
    assertThat(apply(second).out()).isEqualTo(1);
    assertThat(oee.events(mill)).hasSize(2);
  }

  @Test
  void aDayTakesSoManyEventsAndSetsTheOthersAside() {
    String mill = LINE + "bound";
    apply(IntStream.range(0, BOUND).mapToObj(i -> count(mill, i)).toList());
    List<SetAside> refused = new ArrayList<>();
    StageCounts counts = apply(List.of(count(mill, BOUND)), refused);

    assertThat(counts.setAside()).isEqualTo(1);
    assertThat(refused.getFirst().cause())
        .contains("too many: " + mill + " has 5000 events")
        .contains("linewright.oee.log.events-per-day=5000");
    assertThat(oee.bean(LineCache.class).weight()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void aMachineTellsByAFewTagsAndOthersAreSetAside() {
    String mill = LINE + "tags";
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      records.add(
          record(
              plant.told(
                  mill,
                  "good-" + i,
                  TagRole.GOOD_COUNT,
                  PlantEvents.sample(begin, SampleValue.of(1)),
                  false)));
    }
    List<SetAside> refused = new ArrayList<>();

    assertThat(apply(records, refused).out()).isEqualTo(64);
    assertThat(refused)
        .singleElement()
        .satisfies(one -> assertThat(one.cause()).contains("tells by 64 tags already"));
  }

  private StageCounts apply(List<ConsumerRecord<byte[], byte[]>> records) {
    return apply(records, new ArrayList<>());
  }

  private StageCounts apply(List<ConsumerRecord<byte[], byte[]>> records, List<SetAside> refused) {
    var prepared = handler.prepare(records);
    Stored stored =
        oee.bean(TransactionTemplate.class)
            .execute(
                status -> {
                  Stored result = handler.store(prepared, Instant.now());
                  handler.setAside(result.setAside());
                  return result;
                });
    stored.afterCommit().run();
    refused.addAll(stored.setAside());
    assertThat(stored.counts().balances()).isTrue();
    return stored.counts();
  }

  /** Levels of the day's parts, and how many there are of each. */
  private List<String> parts(String mill) {
    return oee.jdbc()
        .sql(
            "SELECT level || ': ' || count(*) FROM event_part WHERE machine_id = ? GROUP BY level ORDER BY level")
        .param(machine(mill).id())
        .query((row, n) -> row.getString(1))
        .list();
  }

  private Machine machine(String mill) {
    return oee.bean(Machines.class).at(mill, begin).orElseThrow();
  }

  private ConsumerRecord<byte[], byte[]> count(String mill, long reading) {
    return record(
        plant.told(
            mill,
            "good",
            TagRole.GOOD_COUNT,
            PlantEvents.sample(begin + reading * 1_000_000, SampleValue.of(reading)),
            false));
  }

  private ConsumerRecord<byte[], byte[]> record(ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        offset++,
        0L,
        TimestampType.CREATE_TIME,
        sent.key().length,
        sent.value().length,
        sent.key(),
        sent.value(),
        new RecordHeaders(sent.headers().toArray()),
        Optional.empty());
  }
}
