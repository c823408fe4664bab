package io.linewright.ingest.app.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.bucket.FixedBuckets;
import io.linewright.ingest.rollup.Level;
import io.linewright.testkit.property.Seeded;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  private static final long MINUTE = Level.MINUTE.micros();
  private static final long DAY = Level.DAY.micros();

  @Test
  void aMonthOnAThousandPixelsIsMadeOfMinutes() {
    Columns columns = Columns.of(new TimeRange(30, 30 * DAY + 30), 1_000);

    assertThat(columns.level()).contains(Level.MINUTE);
    assertThat(columns.buckets()).isEqualTo(new FixedBuckets(0, 44 * MINUTE));
  }

  @Test
  void narrowColumnsBeginWithTheRange() {
    assertThat(Columns.of(new TimeRange(30, DAY + 30), 1_000))
        .isEqualTo(new Columns(new FixedBuckets(30, DAY / 1_000), Optional.empty()));
  }

  @Test
  void thereAreNeverMoreThanWantedAndTheyAreMadeOfWholeUnits() {
    Seeded.check(
        500,
        random -> {
          long from = random.nextLong(-400 * DAY, 400 * DAY);
          TimeRange range =
              new TimeRange(from, from + (1L << random.nextInt(20, 50)) + random.nextInt(1_000));
          int points = random.nextInt(2, 3_000);
          Columns columns = Columns.of(range, points);
          assertThat(columns.buckets().count(range.fromMicros(), range.toMicros(), points + 5))
              .isLessThanOrEqualTo(points);
          columns
              .level()
              .ifPresent(
                  level -> {
                    assertThat(columns.buckets().widthMicros() % level.micros()).isZero();
                    assertThat(columns.buckets().originMicros() % level.micros()).isZero();
                  });
        });
  }
}
