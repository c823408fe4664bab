package io.linewright.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCodeTest {

  /** Codes and names from OPC UA part 6, annex A.2 (StatusCode.csv). */
  @ParameterizedTest
  @CsvSource({
    "0x00000000, GOOD",
    "0x00960000, GOOD",
    "0x40900000, UNCERTAIN",
    "0x80310000, BAD",
    "0xC0000000, BAD"
  })
  void severityStandsInTheTwoHighestBits(String hex, Severity severity) {
    StatusCode code = StatusCode.of((int) Long.decode(hex).longValue());
    assertThat(code.severity()).isEqualTo(severity);
    assertThat(code.isGood()).isEqualTo(severity == Severity.GOOD);
    assertThat(code.isBad()).isEqualTo(severity == Severity.BAD);
    assertThat(code).hasToString(hex);
  }

  @Test
  void samplesWithNotANumberRepeatThemselves() {
    Sample one = new Sample(SampleValue.of(Double.NaN), StatusCode.GOOD, 17, 0);
    assertThat(one.repeats(new Sample(SampleValue.of(Double.NaN), StatusCode.of(0), 17, 0)))
        .isTrue();
    assertThat(one.repeats(new Sample(SampleValue.of(1.0), StatusCode.GOOD, 17, 0))).isFalse();
    assertThat(one.repeats(new Sample(null, StatusCode.GOOD, 17, 0))).isFalse();
  }

  @Test
  void byteStringsCompareByContent() {
    assertThat(new SampleValue.BytesValue(new byte[] {1, 2}))
        .isEqualTo(new SampleValue.BytesValue(new byte[] {1, 2}))
        .hasSameHashCodeAs(new SampleValue.BytesValue(new byte[] {1, 2}))
        .isNotEqualTo(new SampleValue.BytesValue(new byte[] {1, 3}));
  }

  @Test
  void ordinalsFitTheirColumn() {
    assertThatThrownBy(() -> new Sample(null, StatusCode.BAD, 0, Sample.MAX_ORDINAL + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Sample(null, StatusCode.BAD, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
