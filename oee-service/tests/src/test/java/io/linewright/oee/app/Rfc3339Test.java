package io.linewright.oee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @Test
  void instantsAreReadAsTheLibraryReadsThem() {
    Seeded.check(
        20_000,
        random -> {
          Instant time =
              Instant.ofEpochSecond(
                  random.nextLong(-62_135_596_800L, 253_402_300_800L),
                  random.nextInt(4) * 250_000_000L + random.nextInt(3) * 1_000L);
          long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
          assertThat(Rfc3339.instant(time.toString())).as("%s", time).isEqualTo(micros);
          assertThat(Rfc3339.instant(Rfc3339.format(micros))).isEqualTo(micros);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.999999999Z",
        "2026-12-31T24:00:00Z",
        "2026-01-31T00:00:00.1Z",
        "2026-01-31T06:00:00+01:00",
        "-0044-03-15T12:00:00Z"
      })
  void unusualOnesToo(String text) {
    assertThat(Rfc3339.instant(text))
        .isEqualTo(Times.micros(Instant.parse(text).truncatedTo(ChronoUnit.MICROS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00,123Z",
        "2026-01-01T00:00:00.12aZ",
        "2026-01-01T00:00:00.123456"
      })
  void whatIsNoInstantIsRefused(String text) {
    assertThatThrownBy(() -> Rfc3339.instant(text)).isInstanceOf(DateTimeException.class);
  }
}
