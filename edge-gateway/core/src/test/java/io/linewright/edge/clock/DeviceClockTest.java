package io.linewright.edge.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceClockTest {

  private static final long SECOND = 1_000_000;
  private static final long START = Instant.parse("2026-11-20T08:00:00Z").getEpochSecond() * SECOND;

  private static ClockSettings settings(ClockPolicy policy) {
    return new ClockSettings(
        policy, Duration.ofSeconds(10), Duration.ofDays(7), Duration.ofMinutes(5), true);
  }

  private static DeviceClock clock(ClockPolicy policy) {
    return new DeviceClock(settings(policy), Duration.ZERO);
  }

  @Test
  void trustKeepsTheStampAndStillLearns() {
    DeviceClock clock = clock(ClockPolicy.TRUST);
    TagTimes times = new TagTimes();
    for (long t = START; t < START + 60 * SECOND; t += SECOND) {
      assertThat(clock.stamp(times, t - 5 * SECOND, t, false)).isEqualTo(t - 5 * SECOND);
    }
    assertThat(clock.report().estimate().orElseThrow().offsetMicros())
        .isCloseTo(-5.0 * SECOND, within(1.0));
    assertThat(clock.eventMicros(START).orElseThrow()).isCloseTo(START - 5 * SECOND, within(1L));
  }

  @Test
  void deviceThatSpeaksHasNoEventTimeUntilItsOffsetIsKnown() {
    DeviceClock clock = clock(ClockPolicy.TRUST);
    assertThat(clock.eventMicros(START)).as("it never spoke").hasValue(START);
    TagTimes times = new TagTimes();
    clock.stamp(times, START - 60 * SECOND, START, false);
    assertThat(clock.eventMicros(START + SECOND)).isEmpty();
    assertThat(clock.eventMicros(START + 60 * SECOND)).as("not for ever").isPresent();
    for (long t = START; t < START + 30 * SECOND; t += SECOND) {
      clock.stamp(times, t - 60 * SECOND, t, false);
    }
    assertThat(clock.eventMicros(START + 30 * SECOND)).hasValue(START - 30 * SECOND);
    assertThat(clock(ClockPolicy.REPLACE).eventMicros(START)).hasValue(START);
  }

  @Test
  void correctUsesTheGatewaysTimeUntilTwoWindowsAgree() {
    DeviceClock clock = clock(ClockPolicy.CORRECT);
    TagTimes times = new TagTimes();
    long offset = 3600 * SECOND;
    for (long t = START; t < START + 60 * SECOND; t += SECOND / 10) {
      long delay = t % SECOND == 0 ? 0 : 40_000;
      long time = clock.stamp(times, t + offset, t + delay, false);
      long expected = t - START < 20 * SECOND ? t + delay : t;
      assertThat(time).as("after %d µs", t - START).isEqualTo(expected);
    }
  }

  @Test
  void replaceStampsAClockThatStandsStill() {
    DeviceClock clock = clock(ClockPolicy.REPLACE);
    TagTimes times = new TagTimes();
    assertThat(clock.stamp(times, 42, START, false)).isEqualTo(START);
    assertThat(clock.stamp(times, 42, START, false)).isEqualTo(START + 1);
    assertThat(clock.stamp(times, 42, START + 9, true)).isEqualTo(START + 1);
    assertThat(clock.stamp(times, 42, START + 9, false)).isEqualTo(START + 9);
    assertThat(clock.report().implausible()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClockPolicy.class,
      names = {"CORRECT", "REPLACE"})
  void timesOfATagNeverRunBackwardsNorMeet(ClockPolicy policy) {
    for (long seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      DeviceClock clock = clock(policy);
      TagTimes[] tags = {new TagTimes(), new TagTimes(), new TagTimes()};
      long[] last = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
      double offset = random.nextLong(-3600, 3600) * (double) SECOND;
      double ppm = random.nextDouble(-300, 300);
      long now = START;
      for (int i = 0; i < 4000; i++) {
        now += 1 + random.nextLong(100_000);
        offset += stepOf(random, now);
        int tag = random.nextInt(3);
        long raw = Math.round(now + offset + ppm * 1e-6 * (now - START));
        long arrived = now + random.nextLong(30_000);
        long time = clock.stamp(tags[tag], raw, arrived, false);
        assertThat(time).as("seed %d, value %d", seed, i).isGreaterThan(last[tag]);
        last[tag] = time;
        now = Math.max(now, arrived);
      }
    }
  }

  /** Now and then somebody sets the clock, or its battery is empty. */
  private static double stepOf(SplittableRandom random, long now) {
    return switch (random.nextInt(2000)) {
      case 0 -> random.nextLong(-7200, 7200) * (double) SECOND;
      case 1 -> -(double) now / 2;
      default -> 0;
    };
  }

  @Test
  void sameStampAgainGetsTheTimeThatItHad() {
    DeviceClock clock = clock(ClockPolicy.CORRECT);
    Map<Long, Long> given = new HashMap<>();
    TagTimes times = new TagTimes();
    for (long t = START; t < START + 300 * SECOND; t += SECOND / 4) {
      long raw = Math.round(t + 100e-6 * (t - START)) + 500_000;
      given.put(raw, clock.stamp(times, raw, t + t % 7919, false));
      assertThat(clock.stamp(times, raw, t + 9000, true)).isEqualTo(given.get(raw));
    }
  }

  @ParameterizedTest
  @CsvSource({"200, 30", "-200, 30", "450, 60"})
  void correctedTimesFollowADriftingClock(double ppm, long boundMillis) {
    DeviceClock clock = clock(ClockPolicy.CORRECT);
    TagTimes times = new TagTimes();
    SplittableRandom random = new SplittableRandom(4);
    for (long t = START; t < START + 1800 * SECOND; t += SECOND / 5) {
      long raw = Math.round(t + 7.0 * SECOND + ppm * 1e-6 * (t - START));
      long time = clock.stamp(times, raw, t + 1000 + random.nextLong(20_000), false);
      if (t > START + 120 * SECOND) {
        assertThat(time).isCloseTo(t, within(boundMillis * 1000));
      }
    }
  }

  @Test
  void whatTheGatewaySaysItselfKeepsItsPlaceBetweenTheDevicesValues() {
    DeviceClock clock = clock(ClockPolicy.REPLACE);
    TagTimes times = new TagTimes();
    assertThat(times.made(START)).as("before the device spoke").isEqualTo(START);
    assertThat(clock.stamp(times, 7, START, false)).isEqualTo(START + 1);
    assertThat(times.made(START + 1)).isEqualTo(START + 2);
    assertThat(clock.stamp(times, 7, START, true)).as("the same again").isEqualTo(START + 1);
    assertThat(clock.stamp(times, 8, START, false)).isEqualTo(START + 3);
  }

  @Test
  void timeBeforeARestartIsNotGivenAgain() {
    DeviceClock clock = clock(ClockPolicy.CORRECT);
    TagTimes times = new TagTimes();
    times.restore(7, START);
    assertThat(clock.stamp(times, 7, START - SECOND, true)).isEqualTo(START);
    assertThat(clock.stamp(times, 8, START - SECOND, false)).isEqualTo(START + 1);
  }

  @Test
  void deviceTimeIsTheGatewaysUntilTheOffsetIsKnown() {
    DeviceClock clock = clock(ClockPolicy.REPLACE);
    assertThat(clock.deviceMicros(START)).isEqualTo(START);
    TagTimes times = new TagTimes();
    for (long t = START; t < START + 30 * SECOND; t += SECOND) {
      clock.stamp(times, t - 60 * SECOND, t, false);
    }
    assertThat(clock.deviceMicros(START + 30 * SECOND)).isEqualTo(START - 30 * SECOND);
  }

  @Test
  void implausibleStampsAreCounted() {
    ClockSettings rules = settings(ClockPolicy.TRUST);
    long week = 7 * 86_400 * SECOND;
    assertThat(Plausibility.of(START, START, rules)).isEqualTo(Plausibility.PLAUSIBLE);
    assertThat(Plausibility.of(START - week, START, rules)).isEqualTo(Plausibility.PLAUSIBLE);
    assertThat(Plausibility.of(START - week - 1, START, rules)).isEqualTo(Plausibility.TOO_OLD);
    assertThat(Plausibility.of(START + 300 * SECOND, START, rules))
        .isEqualTo(Plausibility.PLAUSIBLE);
    assertThat(Plausibility.of(START + 300 * SECOND + 1, START, rules))
        .isEqualTo(Plausibility.AHEAD);
    assertThat(Plausibility.of(0, START, rules)).isEqualTo(Plausibility.RESET);
    assertThat(Plausibility.of(946_684_800L * SECOND + 77, START, rules))
        .isEqualTo(Plausibility.RESET);

    DeviceClock clock = clock(ClockPolicy.TRUST);
    clock.stamp(new TagTimes(), 12, START, false);
    clock.stamp(new TagTimes(), START, START, false);
    assertThat(clock.report().implausible()).isEqualTo(1);
  }
}
