package io.linewright.bench.historian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FilledTopicTest {

  /** Of a partition, in a commit. */
  private static final int SECONDS_OF_A_COMMIT = 20;

  /** Of the plant, in a run of the bar. */
  private static final int SECONDS = 1_000;

  @Test
  void nearlyAllRepeatsComeInALaterCommit() {
    Random random = new Random(1);
    int later = 0;
    int furthest = 0;
    for (int second = 1; second < SECONDS; second++) {
      for (int machine = 0; machine < 10; machine++) {
        int repeated = FilledTopic.repeated(1, second, random);
        assertThat(repeated).isBetween(1, second);
        furthest = Math.max(furthest, second - repeated);
        if ((second - repeated) > random.nextInt(SECONDS_OF_A_COMMIT)) {
          later++;
        }
      }
    }
    assertThat(furthest).isGreaterThan(FilledTopic.LATEST_REPEAT * 9 / 10);
    assertThat(later).isGreaterThan((SECONDS - 1) * 10 * 9 / 10);
  }
}
