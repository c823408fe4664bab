package io.linewright.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTextTest {

  @Test
  void everyValueComesBack() {
    List<SampleValue> values =
        List.of(
            SampleValue.of(true),
            SampleValue.of(false),
            SampleValue.of(Long.MIN_VALUE),
            SampleValue.of(-0.0),
            SampleValue.of(0.1),
            SampleValue.of(Double.NaN),
            SampleValue.of(Double.NEGATIVE_INFINITY),
            SampleValue.of(""),
            SampleValue.of("Grüße"),
            new SampleValue.BytesValue(new byte[] {0, -1, 7}));

    assertThat(values)
        .allSatisfy(
            value ->
                assertThat(SampleText.parse(value.type(), SampleText.of(value))).isEqualTo(value));
  }

  @Test
  void whatIsNoValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleText.parse(DataType.BOOLEAN, "TRUE"))
        .withMessageContaining("true or false");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleText.parse(DataType.INTEGER, "1.5"))
        .withMessageContaining("integer");
    assertThatIllegalArgumentException().isThrownBy(() -> SampleText.parse(DataType.DOUBLE, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> SampleText.parse(DataType.BYTES, "*"));
    String tooLong = "x".repeat(SampleValue.MAX_BYTES + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleText.parse(DataType.STRING, tooLong))
        .withMessageContaining("65537");
  }
}
