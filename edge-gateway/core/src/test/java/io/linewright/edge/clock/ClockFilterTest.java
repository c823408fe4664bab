package io.linewright.edge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.edge.fold.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate against clocks whose offset and drift are known because they are made here. */
class ClockFilterTest {

  private static final long START =
      Instant.parse("2026-11-20T08:00:00Z").getEpochSecond() * 1_000_000;
  private static final long SECOND = 1_000_000;
  private static final ClockFilter FILTER =
      new ClockFilter(Duration.ofSeconds(10), ClockFilter.STEP);

  private final List<ClockFact> facts = new ArrayList<>();
  private ClockState state = ClockState.NONE;

  private void feed(ClockReading reading) {
    Step<ClockState, ClockFact> step = FILTER.step(state, reading);
    state = step.state();
    facts.addAll(step.facts());
  }

  /** Feeds stamps every 100 ms whose delay is 2 ms and, mostly, more. */
  private void run(long from, int seconds, double offset, double ppm, SplittableRandom random) {
    for (long t = 0; t < seconds * SECOND; t += SECOND / 10) {
      long stampedAt = from + t;
      long stamp = Math.round(stampedAt + offset + ppm * 1e-6 * (stampedAt - START));
      long delay = 2000 + Math.round(-20_000 * Math.log(1 - random.nextDouble()));
      feed(ClockReading.oneWay(stamp, stampedAt + delay));
    }
  }

  @Test
  void formulasOfNtp() {
    // RFC 5905, clause 8: device 5 s ahead, 30 ms there, 10 ms back, 2 ms at the device.
    ClockReading reading = ClockReading.exchange(1_000_000, 6_030_000, 6_032_000, 1_042_000);

    assertThat(reading.delayMicros()).isEqualTo(40_000);
    assertThat(reading.offsetMicros()).isEqualTo(5_010_000);
    assertThat(reading.gatewayMicros()).isEqualTo(1_042_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 20", "-3600000000, -80", "5000000, 50", "86400000000, 0"})
  void offsetAndDriftAreFound(long offset, double ppm) {
    run(START, 600, offset, ppm, new SplittableRandom(7));

    ClockEstimate estimate = state.estimate().orElseThrow();
    assertThat(estimate.driftKnown()).isTrue();
    assertThat(estimate.driftPpm()).isCloseTo(ppm, within(5.0));
    double truth = offset + ppm * 1e-6 * (estimate.atMicros() - START);
    // The constant 2 ms of delay cannot be told from an offset; 2 ms more is the noise of minima.
    assertThat(estimate.offsetMicros()).isCloseTo(truth - 2000, within(2000.0));
    assertThat(facts).noneMatch(ClockFact.Stepped.class::isInstance);
  }

  @Test
  void questionsAndAnswersAreBetterThanOneWay() {
    SplittableRandom random = new SplittableRandom(3);
    for (long t = START; t < START + 300 * SECOND; t += SECOND) {
      long there = 1000 + random.nextLong(50_000);
      long back = 1000 + random.nextLong(50_000);
      long offset = 250_000;
      feed(ClockReading.exchange(t, t + there + offset, t + there + offset, t + there + back));
    }
    assertThat(state.estimate().orElseThrow().offsetMicros()).isCloseTo(250_000, within(5000.0));
  }

  @Test
  void delaysOfOneDirectionOnlyFalsifyByHalfOfTheLeastDelay() {
    for (long t = START; t < START + 60 * SECOND; t += SECOND) {
      feed(ClockReading.exchange(t, t + 40_000, t + 40_000, t + 40_000)); // 40 ms there, 0 back
    }
    assertThat(state.estimate().orElseThrow().offsetMicros()).isEqualTo(20_000);
  }

  @Test
  void spikesOfDelayChangeNothing() {
    SplittableRandom random = new SplittableRandom(11);
    run(START, 300, 70_000, 0, random);
    double before = state.estimate().orElseThrow().offsetMicros();
    for (long t = START + 300 * SECOND; t < START + 318 * SECOND; t += SECOND) {
      feed(ClockReading.oneWay(t + 70_000, t + 5 * SECOND)); // one and a half windows of 5 s delay
    }
    run(START + 325 * SECOND, 30, 70_000, 0, random);

    assertThat(facts).noneMatch(ClockFact.Stepped.class::isInstance);
    assertThat(state.estimate().orElseThrow().offsetMicros()).isCloseTo(before, within(1500.0));
  }

  @Test
  void clockSetForwardIsSeenAtOnce() {
    SplittableRandom random = new SplittableRandom(5);
    run(START, 100, 0, 0, random);
    feed(ClockReading.oneWay(START + 160 * SECOND, START + 100 * SECOND));

    assertThat(facts.getLast()).isInstanceOf(ClockFact.Stepped.class);
    assertThat(((ClockFact.Stepped) facts.getLast()).byMicros())
        .isCloseTo(60 * SECOND, within(10_000L));
    assertThat(state.estimate()).isEmpty();
    run(START + 101 * SECOND, 40, 60 * SECOND, 0, random);
    assertThat(state.estimate().orElseThrow().offsetMicros())
        .isCloseTo(60.0 * SECOND - 2000, within(2000.0));
  }

  @Test
  void clockSetBackIsBelievedAfterThreeWindows() {
    SplittableRandom random = new SplittableRandom(6);
    run(START, 100, 0, 0, random);
    run(START + 100 * SECOND, 60, -3600 * SECOND, 0, random);

    assertThat(facts.stream().filter(ClockFact.Stepped.class::isInstance)).hasSize(1);
    assertThat(state.estimate().orElseThrow().offsetMicros())
        .isCloseTo(-3600.0 * SECOND - 2000, within(2000.0));
    assertThat(state.era()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z"})
  void clockThatBeganAnewIsFollowed(Instant reset) {
    SplittableRandom random = new SplittableRandom(8);
    run(START, 100, 0, 0, random);
    double offset = reset.getEpochSecond() * 1e6 - (START + 100 * SECOND);
    run(START + 100 * SECOND, 60, offset, 0, random);

    assertThat(state.estimate().orElseThrow().offsetMicros()).isCloseTo(offset, within(5000.0));
  }

  @Test
  void oneStampAheadDoesNotSpoilTheEstimateForGood() {
    SplittableRandom random = new SplittableRandom(9);
    run(START, 100, 0, 0, random);
    feed(ClockReading.oneWay(START + 7200 * SECOND, START + 100 * SECOND));
    run(START + 101 * SECOND, 60, 0, 0, random);

    assertThat(state.estimate().orElseThrow().offsetMicros()).isCloseTo(-2000, within(2000.0));
  }

  @Test
  void stampsOfValuesThatDidNotChangeTeachNothing() {
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < 50; i++) { // the present values at the start: up to three hours old
      feed(ClockReading.oneWay(START - random.nextLong(3 * 3600 * SECOND), START + i));
    }
    assertThat(state.estimate()).isEmpty();
    run(START + 10 * SECOND, 60, 4000, 0, random);
    assertThat(state.estimate().orElseThrow().offsetMicros()).isCloseTo(2000, within(2000.0));
  }

  @Test
  void memoryIsBounded() {
    run(START, 1200, 0, 10, new SplittableRandom(2));
    assertThat(state.minima()).hasSize(ClockFilter.MAX_WINDOWS);
  }
}
