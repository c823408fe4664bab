package io.linewright.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BarsTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aFigureOnItsBarHoldsIt() {
    Bars bars = new Bars(true, "all").atLeast("ratio", 0.6, 0.6).atMost("p95, ms", 50, 50);

    assertThat(bars.report(out)).isTrue();
    assertThat(said())
        .contains("bar held: ratio is 0.6, the bar is at least 0.6")
        .contains("bar held: p95, ms is 50.0, the bar is at most 50.0");
  }

  @Test
  void oneMissedBarIsToldWithItsFigure() {
    Bars bars = new Bars(true, "all").atLeast("ratio", 0.599, 0.6).atMost("p95, ms", 49, 50);

    assertThat(bars.report(out)).isFalse();
    assertThat(said()).contains("BAR MISSED: ratio is 0.599, the bar is at least 0.6");
  }

  @Test
  void whatIsNoNumberHoldsNoBar() {
    assertThat(new Bars(true, "all").atMost("p95", Double.NaN, 50).report(out)).isFalse();
    assertThat(new Bars(true, "all").atLeast("ratio", Double.NaN, 0.6).report(out)).isFalse();
  }

  @Test
  void aSmallRunHasNoBarAndSaysSo() {
    assertThat(new Bars(false, "10,000,000 samples").atLeast("ratio", 0.1, 0.6).report(out))
        .isTrue();
    assertThat(said()).isEqualTo("no bar applies to this run; they are set for 10,000,000 samples");
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8).trim();
  }
}
