package io.linewright.edge.modbus.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

  private static final long INTERVAL = 100;

  private final PollSchedule schedule = new PollSchedule(Duration.ofNanos(INTERVAL), 1000);

  @Test
  void lateCyclesDoNotMoveTheOnesAfterThem() {
    assertThat(schedule.until(900)).isEqualTo(100);
    assertThat(schedule.begin(1000)).isZero();
    assertThat(schedule.begin(1170)).isZero();
    assertThat(schedule.until(1170)).isEqualTo(30);
    assertThat(schedule.begin(1200)).isZero();
  }

  @Test
  void cycleThatDidNotBeginBeforeTheNextIsMissed() {
    assertThat(schedule.begin(1099)).isZero();
    assertThat(schedule.begin(1450)).isEqualTo(3);
    assertThat(schedule.until(1450)).isEqualTo(50);
  }

  @Test
  void nothingBeginsEarly() {
    assertThatIllegalStateException().isThrownBy(() -> schedule.begin(999));
    assertThatIllegalArgumentException().isThrownBy(() -> new PollSchedule(Duration.ZERO, 0));
  }

  @Test
  void begunAndMissedCyclesAreAllCycles() {
    Random random = new Random(7);
    long now = 1000;
    long begun = 0;
    long missed = 0;
    for (int i = 0; i < 100_000; i++) {
      now += schedule.until(now) + (random.nextInt(20) == 0 ? random.nextInt(700) : 0);
      missed += schedule.begin(now);
      begun++;
    }
    assertThat(begun + missed).isEqualTo((now - 1000) / INTERVAL + 1);
  }
}
