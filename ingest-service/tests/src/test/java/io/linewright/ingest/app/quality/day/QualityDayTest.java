package io.linewright.ingest.app.quality.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class QualityDayTest {

  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void daysHave23Or25HoursWhenClocksChange() {
    assertThat(length("2026-03-29")).isEqualTo(Duration.ofHours(23));
    assertThat(length("2026-03-30")).isEqualTo(Duration.ofHours(24));
    assertThat(length("2026-10-25")).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void aDayThatIsNotOverEndsNow() {
    Instant noon = Instant.parse("2026-03-29T10:00:00Z");
    QualityDay day = QualityDay.of(LocalDate.parse("2026-03-29"), VIENNA, noon);

    assertThat(day.until()).isEqualTo(noon);
    assertThat(day.isOver()).isFalse();
    assertThatThrownBy(() -> QualityDay.of(LocalDate.parse("2026-03-30"), VIENNA, noon))
        .hasMessageContaining("has not begun");
  }

  private static Duration length(String date) {
    QualityDay day = QualityDay.of(LocalDate.parse(date), VIENNA, LATER);
    assertThat(day.isOver()).isTrue();
    return Duration.between(day.from(), day.to());
  }
}
