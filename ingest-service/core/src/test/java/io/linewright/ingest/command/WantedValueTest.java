package io.linewright.ingest.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.command.WantedValue.Fit;
import io.linewright.ingest.command.WantedValue.Unfit;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedValueTest {

  private static final ValueRange RANGE = new ValueRange(-10, 100);

  @Test
  void valuesOfTheTagsTypeFit() {
    assertThat(of(DataType.BOOLEAN, true)).isEqualTo(new Fit(SampleValue.of(true)));
    assertThat(of(DataType.INTEGER, 42)).isEqualTo(new Fit(SampleValue.of(42)));
    assertThat(of(DataType.INTEGER, 7.0)).isEqualTo(new Fit(SampleValue.of(7)));
    assertThat(WantedValue.of(DataType.INTEGER, null, Long.MIN_VALUE))
        .isEqualTo(new Fit(SampleValue.of(Long.MIN_VALUE)));
    assertThat(of(DataType.DOUBLE, 12)).isEqualTo(new Fit(SampleValue.of(12.0)));
    assertThat(of(DataType.DOUBLE, 0.1)).isEqualTo(new Fit(SampleValue.of(0.1)));
    assertThat(of(DataType.STRING, "a")).isEqualTo(new Fit(SampleValue.of("a")));
    assertThat(of(DataType.STRING, "")).isEqualTo(new Fit(SampleValue.of("")));
    assertThat(of(DataType.BYTES, "AP8=")).isEqualTo(new Fit(new BytesValue(new byte[] {0, -1})));
  }

  @Test
  void valuesOfAnotherTypeDoNot() {
    for (DataType type : DataType.values()) {
      assertThat(of(type, null)).isInstanceOf(Unfit.class);
      assertThat(of(type, List.of(1))).isInstanceOf(Unfit.class);
      assertThat(of(type, Map.of())).isInstanceOf(Unfit.class);
    }
    assertThat(reason(of(DataType.BOOLEAN, 1))).contains("true or false");
    assertThat(reason(of(DataType.BOOLEAN, "true"))).contains("true or false");
    assertThat(reason(of(DataType.INTEGER, "1"))).contains("whole number");
    assertThat(reason(of(DataType.DOUBLE, "NaN"))).contains("a number");
    assertThat(reason(of(DataType.STRING, 1))).contains("a text");
    assertThat(of(DataType.BYTES, "no Base64!")).isInstanceOf(Unfit.class);
  }

  @Test
  void numbersThatTheTypeCannotHoldDoNot() {
    assertThat(reason(of(DataType.INTEGER, 1.5))).contains("1.5");
    assertThat(of(DataType.INTEGER, new BigInteger("9223372036854775808")))
        .isInstanceOf(Unfit.class);
    assertThat(of(DataType.INTEGER, Double.NaN)).isInstanceOf(Unfit.class);
    assertThat(of(DataType.DOUBLE, Double.NaN)).isInstanceOf(Unfit.class);
    assertThat(WantedValue.of(DataType.DOUBLE, null, Double.POSITIVE_INFINITY))
        .isInstanceOf(Unfit.class);
    assertThat(WantedValue.of(DataType.DOUBLE, null, new BigDecimal("1e400")))
        .isInstanceOf(Unfit.class);
  }

  @Test
  void theEndsOfTheRangeBelongToIt() {
    assertThat(of(DataType.DOUBLE, 100)).isInstanceOf(Fit.class);
    assertThat(of(DataType.INTEGER, -10)).isInstanceOf(Fit.class);
    assertThat(reason(of(DataType.DOUBLE, 100.1)))
        .contains("outside the tag's range [-10.0, 100.0]");
    assertThat(of(DataType.INTEGER, -11)).isInstanceOf(Unfit.class);
    assertThat(WantedValue.of(DataType.DOUBLE, null, 1e300)).isInstanceOf(Fit.class);
  }

  @Test
  void textsThatCannotBeKeptDoNotFit() {
    assertThat(reason(of(DataType.STRING, "a\0b"))).contains("U+0000");
    assertThat(of(DataType.STRING, "x".repeat(SampleValue.MAX_BYTES))).isInstanceOf(Fit.class);
    assertThat(of(DataType.STRING, "ü".repeat(SampleValue.MAX_BYTES))).isInstanceOf(Unfit.class);
  }

  private static WantedValue of(DataType type, @Nullable Object written) {
    return WantedValue.of(type, RANGE, written);
  }

  private static String reason(WantedValue value) {
    return ((Unfit) value).reason();
  }
}
