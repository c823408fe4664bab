package io.linewright.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnClockWatchTest {

  private static final long SECOND = 1_000_000;
  private static final long START = 1_790_000_000L * SECOND;

  private final OwnClockWatch watch = new OwnClockWatch();

  @Test
  void firstLookAndPassingTimeAreNoStep() {
    assertThat(watch.look(START, -5)).isZero();
    assertThat(watch.look(START + SECOND, SECOND * 1000 - 5)).isZero();
    assertThat(watch.look(START + 3600 * SECOND, 3600 * SECOND * 1000 - 5)).isZero();
  }

  @Test
  void stepIsToldOnceWithItsSize() {
    watch.look(START, 0);
    assertThat(watch.look(START - 4 * SECOND, 1000)).isEqualTo(-4 * SECOND - 1);
    assertThat(watch.look(START - 3 * SECOND, SECOND * 1000)).as("again").isZero();
  }

  @Test
  void slowCorrectionIsFollowed() {
    watch.look(START, 0);
    long set = 0;
    for (int i = 1; i < 10_000; i++) {
      set += 500; // ppm
      assertThat(watch.look(START + i * SECOND + set, i * SECOND * 1000)).isZero();
    }
  }
}
