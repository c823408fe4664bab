package io.linewright.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveBenchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aFullRunThatIsSlowerThanTheBarFails() {
    assertThat(held(500, 7, 500_000, SECOND, 10)).isTrue();
    assertThat(held(500, 7, 500_000, SECOND, 10.1)).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("the median slowdown in percent is 10.1, the bar is at most 10.0");
  }

  @Test
  void aSmallerRunHasNoBar() {
    assertThat(held(499, 7, 500_000, SECOND, 90)).isTrue();
    assertThat(held(500, 6, 500_000, SECOND, 90)).isTrue();
    assertThat(held(500, 7, 499_999, SECOND, 90)).isTrue();
    assertThat(held(500, 7, 500_000, SECOND.multipliedBy(2), 90)).isTrue();
  }

  private boolean held(int clients, int blocks, int samples, Duration interval, double slowdown) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return LiveBench.bars(clients, blocks, samples, interval, slowdown).report(out);
  }
}
