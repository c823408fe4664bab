package io.linewright.kit.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerLagTest {

  private static final TopicPartition LEFT = new TopicPartition("topic", 0);
  private static final TopicPartition RIGHT = new TopicPartition("topic", 1);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final ConsumerLag lag = new ConsumerLag();
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");

  @BeforeEach
  void assign() {
    consumer.assign(List.of(LEFT, RIGHT));
  }

  @Test
  void nothingIsSaidBeforeTheFirstLook() {
    assertThat(lag.offsets()).isEmpty();
    assertThat(lag.age(now)).isZero();
  }

  @Test
  void whatIsNotStoredIsCountedOverAllPartitions() {
    ends(100, 50);
    look(Map.of(LEFT, 90L, RIGHT, 50L));
    assertThat(lag.offsets()).hasValue(10);

    ends(120, 55);
    look(Map.of(LEFT, 120L, RIGHT, 55L));
    assertThat(lag.offsets()).hasValue(0);
  }

  @Test
  void theAgeGrowsUntilWhatWasThereIsStored() {
    ends(100, 50);
    look(Map.of(LEFT, 90L, RIGHT, 50L));
    Instant first = now.minus(LOOK);
    assertThat(lag.age(now)).isEqualTo(LOOK);

    ends(200, 50);
    look(Map.of(LEFT, 99L, RIGHT, 50L));
    assertThat(lag.age(now)).isEqualTo(Duration.between(first, now));

    look(Map.of(LEFT, 150L, RIGHT, 50L));
    assertThat(lag.age(now)).as("the first 100 are stored").isEqualTo(LOOK);

    look(Map.of(LEFT, 200L, RIGHT, 50L));
    assertThat(lag.age(now)).isZero();
  }

  @Test
  void whatIsStoredIsRememberedWhileTheDatabaseDoesNotTell() {
    ends(100, 50);
    look(Map.of(LEFT, 100L, RIGHT, 50L));
    ends(130, 50);
    look(Map.of());

    assertThat(lag.offsets()).hasValue(30);
    assertThat(lag.age(now)).isEqualTo(LOOK);
  }

  @Test
  void partitionsThatOthersReadNowAreTheirBusiness() {
    ends(100, 50);
    look(Map.of(LEFT, 90L, RIGHT, 40L));
    assertThat(lag.offsets()).hasValue(20);
    consumer.assign(List.of(RIGHT));
    look(Map.of(RIGHT, 50L));

    assertThat(lag.offsets()).hasValue(0);
    assertThat(lag.age(now)).isZero();
  }

  private void ends(long left, long right) {
    consumer.updateEndOffsets(Map.of(LEFT, left, RIGHT, right));
  }

  /** Looks, and lets the time pass until the next look. */
  private void look(Map<TopicPartition, Long> stored) {
    lag.look(consumer, stored, now);
    now = now.plus(LOOK);
  }
}
