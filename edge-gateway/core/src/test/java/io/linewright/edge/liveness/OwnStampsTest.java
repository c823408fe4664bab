package io.linewright.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnStampsTest {

  private static final long SEED = 4711;

  @Test
  void stampIsTheClockToEightMicroseconds() {
    OwnStamps stamps = new OwnStamps();
    assertThat(stamps.next(1_000_000)).isEqualTo(1_000_000);
    assertThat(stamps.next(1_000_007)).isEqualTo(1_000_000);
    assertThat(stamps.next(1_000_008)).isEqualTo(1_000_008);
    assertThat(stamps.next(-1)).isEqualTo(-8 + 1);
  }

  @Test
  void clockThatIsSetBackGivesNoStampTwice() {
    Random random = new Random(SEED);
    OwnStamps stamps = new OwnStamps();
    Set<Long> given = new HashSet<>();
    for (int pass = 0; pass < OwnStamps.STEP; pass++) {
      for (long clock = 1000 + random.nextInt(8); clock < 9000; clock += 8 + random.nextInt(5)) {
        assertThat(given.add(stamps.next(clock))).as("seed %d clock %d", SEED, clock).isTrue();
      }
    }
  }
}
