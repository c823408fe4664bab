package io.linewright.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeWindowTest {

  private static final long NOW = 1_700_000_000_000_000L;
  private final TimeWindow window = new TimeWindow(Duration.ofDays(10), Duration.ofMillis(1));

  @Test
  void bothEndsBelongToTheWindow() {
    assertThat(window.admits(NOW + 1_000, NOW)).isTrue();
    assertThat(window.admits(NOW + 1_001, NOW)).isFalse();
    assertThat(window.admits(NOW - 10 * 86_400_000_000L, NOW)).isTrue();
    assertThat(window.admits(NOW - 10 * 86_400_000_000L - 1, NOW)).isFalse();
  }

  @Test
  void aClockResetToTheYear2000IsOutside() {
    assertThat(window.admits(946_684_800_000_000L, NOW)).isFalse();
  }

  @Test
  void extremeSourceTimesDoNotOverflow() {
    assertThat(window.admits(Long.MAX_VALUE, NOW)).isFalse();
    assertThat(window.admits(Long.MIN_VALUE, NOW)).isFalse();
  }

  @Test
  void anEmptyWindowIsRefused() {
    assertThatThrownBy(() -> new TimeWindow(Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimeWindow(Duration.ofDays(1), Duration.ofDays(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theAgeOfImportedValuesWasJudgedBefore() {
    assertThat(window.admitsImported(NOW + 1_000, NOW)).isTrue();
    assertThat(window.admitsImported(NOW + 1_001, NOW)).isFalse();
    assertThat(window.admitsImported(-NOW, NOW)).isTrue();
  }
}
