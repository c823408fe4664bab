package io.linewright.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import org.junit.jupiter.api.Test;

class OrdinalsTest {

  private final Ordinals ordinals = new Ordinals();

  @Test
  void valuesOfOneMicrosecondCountUp() {
    assertThat(ordinals.next(at(5, 1))).isEqualTo(0);
    assertThat(ordinals.next(at(5, 2))).isEqualTo(1);
    assertThat(ordinals.next(at(5, 1))).isEqualTo(2);
    assertThat(ordinals.next(at(6, 1))).isEqualTo(0);
  }

  @Test
  void exactRepeatIsNotANewSample() {
    ordinals.next(at(5, 1));

    assertThat(ordinals.next(at(5, 1))).isEqualTo(Ordinals.REPEAT);
    assertThat(ordinals.next(new Sample(SampleValue.of(1), StatusCode.BAD, 5, 0))).isEqualTo(1);
  }

  @Test
  void valuesOutOfOrderKeepTheirIdentity() {
    ordinals.next(at(5, 1));
    ordinals.next(at(7, 1));

    assertThat(ordinals.next(at(5, 2))).isEqualTo(1);
    assertThat(ordinals.next(at(7, 3))).isEqualTo(1);
    assertThat(ordinals.next(at(6, 1))).isEqualTo(0);
  }

  @Test
  void restartGoesOnWhereItWas() {
    ordinals.restore(new Sample(SampleValue.of(4), StatusCode.GOOD, 9, 0));
    ordinals.restore(new Sample(SampleValue.of(5), StatusCode.GOOD, 9, 1));

    assertThat(ordinals.next(at(9, 5))).isEqualTo(Ordinals.REPEAT);
    assertThat(ordinals.next(at(9, 6))).isEqualTo(2);
  }

  @Test
  void microsecondThatIsFullRefuses() {
    ordinals.restore(new Sample(SampleValue.of(4), StatusCode.GOOD, 9, Sample.MAX_ORDINAL));

    assertThat(ordinals.next(at(9, 5))).isEqualTo(Ordinals.FULL);
  }

  private static Sample at(long micros, long value) {
    return new Sample(SampleValue.of(value), StatusCode.GOOD, micros, 0);
  }
}
