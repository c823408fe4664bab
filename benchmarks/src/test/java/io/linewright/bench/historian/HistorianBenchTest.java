package io.linewright.bench.historian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HistorianBenchTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aFullRunBelowItsBarFails() {
    assertThat(held(10_000_000, 5, 0, true, 0.599)).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("the median of the ratios is 0.599, the bar is at least 0.6");
    assertThat(held(10_000_000, 5, 0, true, 0.6)).isTrue();
  }

  @Test
  void withRepeatsTheBarIsLower() {
    assertThat(held(10_000_000, 5, 1, true, 0.5)).isTrue();
    assertThat(held(10_000_000, 5, 1, true, 0.499)).isFalse();
  }

  @Test
  void smallRunsManyRepeatsAndOtherDatabasesAreOnlyRecorded() {
    assertThat(held(9_999_999, 5, 0, true, 0.1)).isTrue();
    assertThat(held(10_000_000, 4, 0, true, 0.1)).isTrue();
    assertThat(held(10_000_000, 5, 100, true, 0.1)).isTrue();
    assertThat(held(10_000_000, 5, 0, false, 0.1)).isTrue();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("no bar applies to this run");
  }

  private boolean held(long samples, int runs, double repeats, boolean own, double ratio) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return HistorianBench.bars(samples, runs, repeats, own, ratio).report(out);
  }
}
