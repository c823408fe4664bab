package io.linewright.model.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnergyThinningTest {

  private final EnergyThinning thinning = new EnergyThinning();
  private final List<Sample> told = new ArrayList<>();

  private static Sample at(double seconds) {
    long micros = Math.round(seconds * 1e6);
    return new Sample(SampleValue.of(seconds), StatusCode.GOOD, micros, 0);
  }

  private static Sample badAt(double seconds) {
    return new Sample(null, StatusCode.BAD_NO_COMMUNICATION, Math.round(seconds * 1e6), 0);
  }

  private void takes(Sample... samples) {
    for (Sample sample : samples) {
      thinning.take(sample, told::add);
    }
  }

  @Test
  void theFirstOfEachMinuteIsTold() {
    takes(at(10), at(59.9), at(60), at(61), at(119), at(200));

    assertThat(told).containsExactly(at(10), at(60), at(200));
  }

  @Test
  void theValueThatHoldsIsToldWhenAskedFor() {
    takes(at(10), at(20), at(30));
    thinning.release(25_000_000, told::add);
    assertThat(told).as("the one of 30 s did not hold yet").containsExactly(at(10));

    thinning.release(30_000_000, told::add);
    thinning.release(40_000_000, told::add);
    assertThat(told).as("each once").containsExactly(at(10), at(30));
    assertThat(thinning.holds()).isFalse();

    takes(at(40), at(60));
    assertThat(told).containsExactly(at(10), at(30), at(60));
  }

  @Test
  void theLastBeforeAndTheFirstAfterATurnOfTheStatusAreTold() {
    takes(at(1), at(2), badAt(3), badAt(4), at(5), at(6));

    assertThat(told).containsExactly(at(1), at(2), badAt(3), badAt(4), at(5));
    assertThat(thinning.holds()).isTrue();
  }

  @Test
  void lateValuesDoNotPushAsideTheNewest() {
    takes(at(70), at(80), at(75));
    assertThat(thinning.holds()).isTrue();
    takes(at(5));

    assertThat(told).as("of another minute: both").containsExactly(at(70), at(80), at(5));
  }

  @Test
  void aCopyGoesItsOwnWay() {
    takes(at(1), at(2));
    EnergyThinning copy = thinning.copy();
    copy.release(Long.MAX_VALUE, told::add);

    assertThat(copy.holds()).isFalse();
    assertThat(thinning.holds()).isTrue();
  }

  @Test
  void whateverComesNothingIsToldTwiceAndTheNewestIsToldOrHeld() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      EnergyThinning any = new EnergyThinning();
      List<Sample> out = new ArrayList<>();
      long micros = 0;
      Sample last = at(0);
      for (int i = 0; i < 200; i++) {
        micros += 1 + random.nextInt(40_000_000);
        boolean bad = random.nextInt(8) == 0;
        last = bad ? badAt(micros / 1e6) : at(micros / 1e6);
        any.take(last, out::add);
        if (random.nextInt(10) == 0) {
          any.release(micros, out::add);
        }
      }
      any.release(Long.MAX_VALUE, out::add);
      assertThat(new HashSet<>(out)).as("seed %d", seed).hasSameSizeAs(out);
      assertThat(out.getLast()).as("seed %d", seed).isEqualTo(last);
      assertThat(any.holds()).isFalse();
    }
  }
}
