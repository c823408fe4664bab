package io.linewright.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.query.Questions.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryBenchTest {

  private static final Map<Kind, Double> JUST_FAST =
      Map.of(Kind.LAST_VALUES, 50.0, Kind.TREND, 300.0, Kind.RAW_HOUR, 100.0);
  private static final Map<Kind, Double> SLOW_TREND =
      Map.of(Kind.LAST_VALUES, 50.0, Kind.TREND, 300.1, Kind.RAW_HOUR, 100.0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aFullRunThatIsTooSlowFails() {
    assertThat(held(20_000_000, 60, 10_000, JUST_FAST)).isTrue();
    assertThat(held(20_000_000, 60, 10_000, SLOW_TREND)).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("the p95 of trend_30d in ms is 300.1, the bar is at most 300.0");
  }

  @Test
  void aSmallerRunHasNoBar() {
    assertThat(held(19_999_999, 60, 10_000, SLOW_TREND)).isTrue();
    assertThat(held(20_000_000, 59, 10_000, SLOW_TREND)).isTrue();
    assertThat(held(20_000_000, 60, 9_999, SLOW_TREND)).isTrue();
  }

  private boolean held(long rows, int seconds, int write, Map<Kind, Double> p95) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return QueryBench.bars(rows, seconds, write, kind -> p95.getOrDefault(kind, Double.NaN))
        .report(out);
  }
}
