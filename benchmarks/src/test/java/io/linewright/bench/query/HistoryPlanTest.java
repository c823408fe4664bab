package io.linewright.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.load.LoadTags;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryPlanTest {

  private static final Instant UNTIL = Instant.parse("2026-01-31T00:00:00Z");

  @Test
  void twentyMillionRowsAreASampleEachTwoMinutesOrSo() {
    HistoryPlan plan = new HistoryPlan(new LoadTags(50, 20), UNTIL, 20_000_000);

    assertThat(plan.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(plan.fastFrom()).isEqualTo(Instant.parse("2026-01-30T12:00:00Z"));
    // 19,136,000 rows besides those of 20 fast tags in 43,200 s
    assertThat(plan.stepMicros()).isEqualTo(30L * 86_400_000_000L * 1_000 / 19_136_000);
  }

  @Test
  void keysNameEachTagOnce() {
    LoadTags tags = new LoadTags(50, 20);

    assertThat(tags.keys()).doesNotHaveDuplicates().hasSize(1_000);
    assertThat(tags.key(999)).isEqualTo("acme/graz/bench/line-04/machine-049#value-19");
  }
}
