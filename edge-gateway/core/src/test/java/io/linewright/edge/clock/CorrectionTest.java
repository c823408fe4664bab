package io.linewright.edge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrectionTest {

  private static final Duration REACH = Duration.ofSeconds(10);

  private static ClockEstimate estimate(long at, double offset) {
    return new ClockEstimate(at, offset, 0, 6);
  }

  @Test
  void newEstimateIsMetWithinOneReach() {
    Correction correction =
        Correction.begin(estimate(0, 1000), 1_000_000, REACH).towards(estimate(0, 3000), 2_000_000);

    assertThat(correction.offsetAt(2_000_000)).isEqualTo(1000);
    assertThat(correction.offsetAt(7_000_000)).isEqualTo(2000);
    assertThat(correction.offsetAt(12_000_000)).isEqualTo(3000);
    assertThat(correction.offsetAt(99_000_000)).isEqualTo(3000);
  }

  @Test
  void slewIsLimited() {
    Correction correction =
        Correction.begin(estimate(0, 0), 0, REACH).towards(estimate(0, 100_000), 1);

    assertThat(correction.offsetAt(10_000_001)).isEqualTo(5000);
  }

  @Test
  void whatWasSaidStays() {
    SplittableRandom random = new SplittableRandom(1);
    Correction correction = Correction.begin(estimate(0, 500), 0, REACH);
    long newest = 0;
    for (int i = 0; i < 50; i++) {
      long stamp = random.nextLong(newest + 1);
      long before = correction.correct(stamp);
      correction = correction.towards(estimate(newest, random.nextDouble(-1e5, 1e5)), newest);
      assertThat(correction.correct(stamp)).isEqualTo(before);
      newest += random.nextLong(30_000_000);
    }
  }

  @Test
  void laterStampsGetLaterTimes() {
    SplittableRandom random = new SplittableRandom(2);
    Correction correction = Correction.begin(estimate(0, 0), 0, REACH);
    long newest = 0;
    for (int i = 0; i < 200; i++) {
      newest += random.nextLong(20_000_000);
      correction = correction.towards(estimate(newest, random.nextDouble(-1e6, 1e6)), newest);
    }
    assertThat(correction.knots()).hasSize(Correction.MAX_KNOTS);
    for (int i = 0; i < 10_000; i++) {
      long stamp = random.nextLong(newest);
      assertThat(correction.correct(stamp + 2)).isGreaterThan(correction.correct(stamp));
    }
  }

  @Test
  void withoutKnotThereIsNoCorrection() {
    assertThatThrownBy(() -> new Correction(List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
