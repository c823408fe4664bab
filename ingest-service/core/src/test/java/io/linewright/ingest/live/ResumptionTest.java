package io.linewright.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.live.Resumption.LastValues;
import io.linewright.ingest.live.Resumption.MissedValues;
import io.linewright.ingest.live.Resumption.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {

  private static final long NOW = 1_769_839_200_000_000L;
  private static final long MINUTE = 60_000_000L;

  private static Resumption of(@Nullable String id) {
    return Resumption.of(id, NOW, 5 * MINUTE, 20, 1_000);
  }

  @Test
  void aShortBreakIsMadeUpForFromTheNamedPositionOn() {
    assertThat(of(EventId.of(NOW - MINUTE))).isEqualTo(new MissedValues(NOW - MINUTE));
    assertThat(of(EventId.of(NOW - 5 * MINUTE))).isEqualTo(new MissedValues(NOW - 5 * MINUTE));
  }

  @Test
  void aLongBreakIsNot() {
    assertThat(of(EventId.of(NOW - 5 * MINUTE - 1)))
        .isEqualTo(new LastValues(Reason.BREAK_TOO_LONG));
  }

  @Test
  void aNewClientGetsLastValues() {
    assertThat(of(null)).isEqualTo(new LastValues(Reason.NO_LAST_EVENT));
    assertThat(of("")).isEqualTo(new LastValues(Reason.NO_LAST_EVENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "41",
        "p",
        "p-1",
        "p0",
        "p1.5",
        "1769839200000-17",
        "p99999999999999999999999999",
        "p1769839210000001"
      })
  void aForeignOrFutureIdIsUnknown(String id) {
    assertThat(of(id)).isEqualTo(new LastValues(Reason.UNKNOWN_EVENT));
  }

  @Test
  void aDatabaseWhoseClockIsAheadIsUnderstood() {
    assertThat(of(EventId.of(NOW + 3_000_000))).isEqualTo(new MissedValues(NOW + 3_000_000));
    assertThat(of(EventId.of(NOW + Resumption.AHEAD_MICROS)))
        .isEqualTo(new MissedValues(NOW + Resumption.AHEAD_MICROS));
  }

  @Test
  void aStreamOfTheWholePlantIsNotLookedUp() {
    assertThat(Resumption.of(EventId.of(NOW - 1), NOW, MINUTE, 1_001, 1_000))
        .isEqualTo(new LastValues(Reason.TOO_MANY_TAGS));
    assertThat(Resumption.of(EventId.of(NOW - 1), NOW, MINUTE, 1_000, 1_000))
        .isEqualTo(new MissedValues(NOW - 1));
  }
}
