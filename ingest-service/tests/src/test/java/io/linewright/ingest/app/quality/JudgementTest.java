package io.linewright.ingest.app.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A day judged now has the version of the stored judgement only if it shows the same. */
class JudgementTest {

  private static final LocalDate DATE = LocalDate.of(2026, 1, 31);
  private static final Map<QualityPart, Double> PARTS = Map.of(QualityPart.VALIDITY, 1.0);
  private static final Judgement STORED =
      new Judgement(
          7,
          DATE,
          "Europe/Vienna",
          3,
          Instant.EPOCH,
          90,
          100,
          6L,
          4L,
          1_440,
          Instant.EPOCH,
          0.5,
          0,
          0,
          PARTS,
          1.0,
          List.of());

  @Test
  void anotherZoneOrOtherCountsAreAnotherDay() {
    QualityDay vienna = day("Europe/Vienna");

    assertThat(STORED.isAs(vienna, result(90, 100, 6, 4, PARTS))).isTrue();
    assertThat(STORED.isAs(day("Europe/Berlin"), result(90, 100, 6, 4, PARTS))).isFalse();
    assertThat(STORED.isAs(vienna, result(91, 100, 6, 4, PARTS))).isFalse();
    assertThat(STORED.isAs(vienna, result(90, 101, 6, 4, PARTS))).isFalse();
    assertThat(STORED.isAs(vienna, result(90, 100, 5, 4, PARTS))).isFalse();
    assertThat(STORED.isAs(vienna, result(90, 100, 6, 3, PARTS))).isFalse();
    assertThat(STORED.isAs(vienna, result(90, 100, 6, 4, Map.of()))).isFalse();
  }

  private static QualityDay day(String zone) {
    return QualityDay.of(DATE, ZoneId.of(zone), Instant.parse("2026-03-01T00:00:00Z"));
  }

  private static QualityResult result(
      long samples, long expected, long missing, long unchanged, Map<QualityPart, Double> parts) {
    Map<QualityPart, Double> bounds = new EnumMap<>(QualityPart.class);
    for (QualityPart part : QualityPart.values()) {
      bounds.put(part, 0.5);
    }
    return new QualityResult(
        samples,
        expected,
        missing,
        unchanged,
        OptionalDouble.of(0.5),
        0,
        0,
        parts,
        new QualityRules(bounds, Duration.ofSeconds(10), Duration.ofHours(1), 50));
  }
}
