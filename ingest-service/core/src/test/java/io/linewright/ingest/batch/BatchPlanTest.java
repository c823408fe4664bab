package io.linewright.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPlanTest {

  private static final long DAY = 86_400_000_000L;

  @Test
  void anEmptyBatchPlansNothing() {
    BatchPlan plan = BatchPlan.of(List.of());

    assertThat(plan).isEqualTo(new BatchPlan(List.of(), 0, List.of()));
    assertThat(plan.days()).isEmpty();
  }

  @Test
  void anEqualSampleOfTheSameKeyIsARepeat() {
    BatchPlan plan = BatchPlan.of(List.of(row(1, 10, 0, 5.0, 0), row(1, 10, 0, 5.0, 1)));

    assertThat(plan.rows()).containsExactly(row(1, 10, 0, 5.0, 0));
    assertThat(plan.repeats()).isEqualTo(1);
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void anotherValueOfTheSameKeyIsAConflictAndTheFirstStays() {
    BatchPlan plan =
        BatchPlan.of(List.of(row(1, 10, 0, 5.0, 0), row(1, 10, 0, 6.0, 1), row(1, 10, 0, 5.0, 2)));

    assertThat(plan.rows()).containsExactly(row(1, 10, 0, 5.0, 0));
    assertThat(plan.conflicts()).containsExactly(row(1, 10, 0, 6.0, 1));
    assertThat(plan.repeats()).isEqualTo(1);
  }

  @Test
  void anotherStatusAloneIsAConflictToo() {
    SampleRow good = row(1, 10, 0, 5.0, 0);
    SampleRow bad = new SampleRow(1, new Sample(SampleValue.of(5.0), StatusCode.BAD, 10, 0), 0, 1);

    assertThat(BatchPlan.of(List.of(good, bad)).conflicts()).containsExactly(bad);
  }

  @Test
  void notANumberRepeatsItself() {
    assertThat(
            BatchPlan.of(List.of(row(1, 1, 0, Double.NaN, 0), row(1, 1, 0, Double.NaN, 1)))
                .repeats())
        .isEqualTo(1);
  }

  @Test
  void theOrdinalTellsSamplesOfOneMicrosecondApart() {
    BatchPlan plan = BatchPlan.of(List.of(row(1, 10, 1, 6.0, 0), row(1, 10, 0, 5.0, 0)));

    assertThat(plan.rows()).containsExactly(row(1, 10, 0, 5.0, 0), row(1, 10, 1, 6.0, 0));
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void rowsAreOrderedByPartitionThenTagThenTime() {
    BatchPlan plan =
        BatchPlan.of(List.of(row(1, DAY, 0, 1, 0), row(2, 5, 0, 2, 0), row(1, 7, 0, 3, 0)));

    assertThat(plan.rows())
        .containsExactly(row(1, 7, 0, 3, 0), row(2, 5, 0, 2, 0), row(1, DAY, 0, 1, 0));
  }

  @Test
  void daysAreThoseOfUtcAlsoBefore1970() {
    BatchPlan plan =
        BatchPlan.of(List.of(row(1, -1, 0, 1, 0), row(1, DAY - 1, 0, 1, 0), row(1, DAY, 0, 1, 0)));

    assertThat(plan.days())
        .containsExactly(
            LocalDate.of(1969, 12, 31), LocalDate.of(1970, 1, 1), LocalDate.of(1970, 1, 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyArrivedRowIsKeptRepeatedOrInConflict(long seed) {
    Random random = new Random(seed);
    List<SampleRow> arrived = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      arrived.add(
          row(
              random.nextInt(5),
              random.nextInt(200) * (DAY / 50),
              random.nextInt(2),
              random.nextInt(3),
              i));
    }
    Map<List<Long>, SampleRow> first = new HashMap<>();
    int repeats = 0;
    int conflicts = 0;
    for (SampleRow row : arrived) {
      SampleRow kept = first.putIfAbsent(key(row), row);
      if (kept != null && kept.sample().equals(row.sample())) {
        repeats++;
      } else if (kept != null) {
        conflicts++;
      }
    }

    BatchPlan plan = BatchPlan.of(arrived);

    assertThat(plan.rows()).containsExactlyInAnyOrderElementsOf(first.values());
    assertThat(plan.rows()).isSortedAccordingTo(SampleRow.WRITING_ORDER);
    assertThat(plan.repeats()).isEqualTo(repeats);
    assertThat(plan.conflicts()).hasSize(conflicts);
  }

  private static List<Long> key(SampleRow row) {
    return List.of((long) row.tagId(), row.sample().sourceMicros(), (long) row.sample().ordinal());
  }

  private static SampleRow row(int tag, long micros, int ordinal, double value, int origin) {
    return new SampleRow(
        tag, new Sample(SampleValue.of(value), StatusCode.GOOD, micros, ordinal), 0, origin);
  }
}
