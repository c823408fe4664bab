package io.linewright.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void deviceIsSilentWithinTwiceItsInterval() {
    assertThat(Silence.deadline(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(1800));
    assertThat(Silence.deadline(Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(450));

    Silence silence = new Silence(Duration.ofSeconds(1));
    silence.heard(0);
    long silentAt = -1;
    for (long now = 0; silentAt < 0; now += silence.tickNanos()) {
      silentAt = silence.nothingHeard(now) ? now : -1;
    }
    assertThat(silentAt).isEqualTo(18 * SECOND / 10);
  }

  @Test
  void aSignOfLifeStartsAnew() {
    Silence silence = new Silence(Duration.ofSeconds(1));
    silence.heard(0);
    silence.nothingHeard(SECOND / 5);
    silence.heard(SECOND);
    assertThat(silence.silentNanos()).isZero();
    assertThat(silence.nothingHeard(SECOND + silence.tickNanos())).isFalse();
  }

  @Test
  void aPauseOfTheProcessItselfIsNotTheDevicesSilence() {
    Silence silence = new Silence(Duration.ofSeconds(1));
    silence.heard(0);

    assertThat(silence.nothingHeard(10 * SECOND)).isFalse();
    assertThat(silence.silentNanos()).isEqualTo(silence.tickNanos() / 4);
  }

  @Test
  void aStarvedProcessDoesNotTakeItsOwnDelayForTheDevicesSilence() {
    Silence silence = new Silence(Duration.ofMillis(250));
    silence.heard(0);
    long now = 0;
    // 15 observations, each as late again as it was planned: 1.35 s instead of the 0.45 allowed.
    for (int i = 0; i < 15; i++) {
      now += 2 * silence.tickNanos();
      assertThat(silence.nothingHeard(now)).as("after %d ms", now / 1_000_000).isFalse();
    }
  }

  @Test
  void silenceIsFoundOnAStarvedMachineTooIfLater() {
    Silence silence = new Silence(Duration.ofMillis(250));
    silence.heard(0);
    int observations = 1;
    for (long now = SECOND; !silence.nothingHeard(now); now += SECOND) {
      observations++;
    }
    assertThat(observations).isEqualTo(40);
  }

  @Test
  void smallDelaysCountSoThatTheBoundHoldsOnAQuietMachine() {
    Silence silence = new Silence(Duration.ofMillis(250));
    silence.heard(0);
    long late = silence.tickNanos() / 10;
    long now = 0;
    do {
      now += silence.tickNanos() + late;
    } while (!silence.nothingHeard(now));
    assertThat(Duration.ofNanos(now)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void silenceBeforeTheFirstQuestionDoesNotCount() {
    assertThat(new Silence(Duration.ofSeconds(1)).nothingHeard(99 * SECOND)).isFalse();
  }

  @Test
  void pausesDoubleUpToTheirBoundWithJitter() {
    BackOff backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1));
    Random random = new Random(1);
    long[] most = {100, 200, 400, 800, 1000, 1000};
    for (int failures = 1; failures <= most.length; failures++) {
      for (int i = 0; i < 100; i++) {
        assertThat(backOff.after(failures, random).toMillis())
            .isBetween(most[failures - 1] / 2, most[failures - 1]);
      }
    }
    assertThat(backOff.after(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(backOff.longest());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }

  @Test
  void onlyAValueYoungerThanTheMarkEndsIt() {
    assertThat(Recovery.ends(1000, good(7, 1001))).isTrue();
    assertThat(Recovery.ends(1000, good(7, 1000))).isFalse();
  }

  @Test
  void whatStandsUnchangedIsConfirmedWithTheTimeOfTheQuestion() {
    Sample last = good(7, 500);
    assertThat(Recovery.ofPresent(last, 1000, good(7, 500), 2500, 1))
        .as("a change that is stamped may not show yet")
        .isEmpty();
    assertThat(Recovery.ofPresent(last, 1000, good(7, 500), 2500, 2))
        .containsExactly(good(7, 2500));
  }

  @Test
  void flagsOfTheWayDoNotMakeAnotherValue() {
    Sample overflowed = new Sample(SampleValue.of(7), new StatusCode(0x480), 500, 0);
    assertThat(Recovery.ofPresent(overflowed, 1000, good(7, 500), 2500, 2))
        .containsExactly(good(7, 2500));
    Sample uncertain = new Sample(SampleValue.of(7), StatusCode.UNCERTAIN, 500, 0);
    assertThat(Recovery.ofPresent(uncertain, 1000, good(7, 500), 2500, 2)).isEmpty();
  }

  @Test
  void serverThatStampsEachAnswerAnewIsConfirmedNotBeforeItsStamp() {
    assertThat(Recovery.ofPresent(good(7, 500), 1000, good(7, 2600), 2500, 2))
        .containsExactly(good(7, 2600));
  }

  @Test
  void changeThatWasNotToldYetIsWaitedFor() {
    for (int looks = 1; looks < Recovery.LOOKS; looks++) {
      assertThat(Recovery.ofPresent(good(7, 500), 1000, good(8, 900), 2500, looks)).isEmpty();
      assertThat(Recovery.ofPresent(null, 1000, good(8, 1900), 2500, looks)).isEmpty();
    }
  }

  @Test
  void changeThatIsNeverToldIsBelievedInTheEnd() {
    assertThat(Recovery.ofPresent(good(7, 500), 1000, good(8, 900), 2500, Recovery.LOOKS))
        .containsExactly(good(8, 900), good(8, 2500));
    assertThat(Recovery.ofPresent(null, 1000, good(8, 1900), 2500, Recovery.LOOKS))
        .containsExactly(good(8, 1900));
  }

  @Test
  void confirmationIsYoungerThanTheMarkAlsoWhenTheClockWasSetBack() {
    assertThat(Recovery.ofPresent(good(7, 500), 1000, good(7, 500), 800, 2))
        .containsExactly(good(7, 1001));
  }

  private static Sample good(long value, long micros) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
