package io.linewright.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AgeClockTest {

  private static final long DAY = 86_400_000_000L;
  private static final long NOON = 20_000 * DAY;

  @Test
  void timePassesAsOnTheClock() {
    AgeClock clock = AgeClock.start(NOON, 5).look(NOON + DAY, 5 + DAY);

    assertThat(clock.oldestKept(14 * DAY)).isEqualTo(NOON + DAY - 14 * DAY);
  }

  @Test
  void jumpAheadMakesNothingOld() {
    AgeClock clock = AgeClock.start(NOON, 0).look(NOON + 365 * DAY, 1000);

    assertThat(clock.oldestKept(14 * DAY)).isCloseTo(NOON - 14 * DAY, within(2000));
    AgeClock later = clock.look(NOON + 366 * DAY, DAY + 1000);
    assertThat(later.oldestKept(14 * DAY)).isCloseTo(NOON + DAY - 14 * DAY, within(2000));
    AgeClock corrected = later.look(NOON + DAY + 2000, DAY + 2000);
    assertThat(corrected.jumpedMicros()).isCloseTo(0L, within(2000));
  }

  @Test
  void jumpBackMakesNothingOldEither() {
    AgeClock clock = AgeClock.start(NOON, 0).look(NOON - 30 * DAY, 1000);

    assertThat(clock.oldestKept(DAY)).isEqualTo(NOON - 31 * DAY);
  }

  @Test
  void smallAdjustmentsAreNoJumps() {
    AgeClock clock = AgeClock.start(NOON, 0);
    for (int i = 1; i <= 100; i++) {
      clock = clock.look(NOON + i * 9_000_000L, i * 1000L);
    }
    assertThat(clock.jumpedMicros()).isZero();
  }

  @Test
  void everyRoleThatRaisesEventsIsKeptLonger() {
    assertThat(Arrays.stream(TagRole.values()).filter(TagRole::raisesEvents))
        .isNotEmpty()
        .allMatch(role -> PriorityClass.of(role) == PriorityClass.EVENTS);
    assertThat(PriorityClass.of(TagRole.TEMPERATURE)).isEqualTo(PriorityClass.SAMPLES);
    assertThat(PriorityClass.SAMPLES).isLessThan(PriorityClass.EVENTS);
  }

  private static org.assertj.core.data.Offset<Long> within(long micros) {
    return org.assertj.core.data.Offset.offset(micros);
  }
}
