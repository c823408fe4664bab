package io.linewright.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.batch.SampleRow;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinuteMarksTest {

  private static final long MINUTE = 60_000_000;
  private static final int NOON = 12 * 60;

  @Test
  void aBatchOfOneMinuteNeedsOneMarkPerTag() {
    MinuteMarks marks =
        MinuteMarks.of(
            List.of(
                row(1, NOON * MINUTE),
                row(1, NOON * MINUTE + 1),
                row(1, (NOON + 1) * MINUTE - 1),
                row(2, NOON * MINUTE)),
            new LongSet());

    assertThat(marks.ranges())
        .containsExactly(new BucketRange(1, NOON, NOON + 1), new BucketRange(2, NOON, NOON + 1));
    assertThat(marks.minutes().size()).isEqualTo(2);
  }

  @Test
  void whatIsMarkedIsNotMarkedAgain() {
    List<SampleRow> rows = List.of(row(1, NOON * MINUTE), row(1, (NOON + 1) * MINUTE));
    LongSet marked = new LongSet();
    marked.add(MinuteMarks.key(1, NOON));

    assertThat(MinuteMarks.of(rows, marked).ranges())
        .containsExactly(new BucketRange(1, NOON + 1, NOON + 2));
    marked.add(MinuteMarks.key(1, NOON + 1));
    assertThat(MinuteMarks.of(rows, marked).ranges()).isEmpty();
  }

  @Test
  void minutesOfOneHourShareAMarkAndThoseOfTwoDaysDoNot() {
    int midnight = 24 * 60;
    MinuteMarks marks =
        MinuteMarks.of(
            List.of(
                row(1, NOON * MINUTE),
                row(1, (NOON + 59) * MINUTE),
                row(1, (NOON + 119) * MINUTE),
                row(1, (NOON + 200) * MINUTE),
                row(1, (midnight - 1) * MINUTE),
                row(1, midnight * MINUTE)),
            new LongSet());

    assertThat(marks.ranges())
        .containsExactly(
            new BucketRange(1, NOON, NOON + 120),
            new BucketRange(1, NOON + 200, NOON + 201),
            new BucketRange(1, midnight - 1, midnight),
            new BucketRange(1, midnight, midnight + 1));
  }

  @Test
  void everySampleIsCoveredAndNoRangeLeavesItsDay() {
    Seeded.check(
        200,
        random -> {
          List<SampleRow> rows = new ArrayList<>();
          int count = random.nextInt(1, 60);
          for (int i = 0; i < count; i++) {
            long around = random.nextBoolean() ? 0 : -3 * 24 * 60 * MINUTE;
            rows.add(
                row(random.nextInt(1, 4), around + random.nextLong(-300 * MINUTE, 300 * MINUTE)));
          }
          rows.sort(SampleRow.WRITING_ORDER);
          MinuteMarks marks = MinuteMarks.of(rows, new LongSet());
          for (SampleRow row : rows) {
            int minute = Level.MINUTE.numberOf(row.sample().sourceMicros());
            assertThat(marks.minutes().contains(MinuteMarks.key(row.tagId(), minute))).isTrue();
            assertThat(marks.ranges())
                .anyMatch(
                    range ->
                        range.tagId() == row.tagId()
                            && range.from() <= minute
                            && minute < range.to());
          }
          for (BucketRange range : marks.ranges()) {
            assertThat(range.byDay()).containsExactly(range);
          }
        });
  }

  private static SampleRow row(int tag, long micros) {
    return new SampleRow(
        tag, new Sample(SampleValue.of(1.0), StatusCode.GOOD, micros, 0), micros, 0);
  }
}
