package io.linewright.ingest.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeepTest {

  @Test
  void wholeDaysAreKeptAtLeastSoLong() {
    Keep month = new Keep(Duration.ofDays(30));
    long kept = micros("2026-03-01T00:00:00Z");
    assertThat(month.from(micros("2026-03-31T00:00:00Z"))).isEqualTo(kept);
    assertThat(month.from(micros("2026-03-31T23:59:59Z"))).isEqualTo(kept);
    assertThat(month.from(micros("2026-03-30T23:59:59Z"))).isLessThan(kept);
    assertThat(new Keep(Duration.ofHours(25)).from(micros("2026-03-31T00:30:00Z")))
        .isEqualTo(micros("2026-03-29T00:00:00Z"));
    assertThat(new Keep(Duration.ofDays(2)).from(micros("1970-01-01T12:00:00Z")))
        .isEqualTo(micros("1969-12-30T00:00:00Z"));
  }

  @Test
  void zeroIsForEverAndLessThanADayIsRefused() {
    Keep forever = new Keep(Duration.ZERO);
    assertThat(forever.forever()).isTrue();
    assertThat(forever.from(micros("2026-03-31T00:00:00Z"))).isEqualTo(Keep.EVERYTHING);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Keep(Duration.ofHours(23)))
        .withMessageContaining("1d or more");
    assertThatIllegalArgumentException().isThrownBy(() -> new Keep(Duration.ofDays(-3)));
  }

  private static long micros(String time) {
    return Instant.parse(time).getEpochSecond() * 1_000_000L;
  }
}
