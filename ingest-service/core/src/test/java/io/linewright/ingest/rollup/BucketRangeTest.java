package io.linewright.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BucketRangeTest {

  @Test
  void overlappingAndTouchingRangesOfATagBecomeOne() {
    assertThat(
            BucketRange.merged(
                List.of(
                    new BucketRange(2, 0, 1),
                    new BucketRange(1, 5, 7),
                    new BucketRange(1, 0, 3),
                    new BucketRange(1, 1, 2),
                    new BucketRange(1, 3, 4),
                    new BucketRange(2, 0, 1))))
        .containsExactly(
            new BucketRange(1, 0, 4), new BucketRange(1, 5, 7), new BucketRange(2, 0, 1));
  }

  @Test
  void daysAreCutAlsoBefore1970() {
    assertThat(new BucketRange(1, -1441, 1).byDay())
        .containsExactly(
            new BucketRange(1, -1441, -1440),
            new BucketRange(1, -1440, 0),
            new BucketRange(1, 0, 1));
  }

  @Test
  void aRangeHasABucket() {
    assertThatThrownBy(() -> new BucketRange(1, 3, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
