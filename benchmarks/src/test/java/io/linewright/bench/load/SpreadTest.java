package io.linewright.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void percentilesAreThoseOfTheNearestRank() {
    Spread hundred = Spread.of(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

    assertThat(hundred.at(0.5)).isEqualTo(50);
    assertThat(hundred.at(0.95)).isEqualTo(95);
    assertThat(hundred.at(1)).isEqualTo(100);
    assertThat(hundred.max()).isEqualTo(100);
  }

  @Test
  void theMedianOfSevenIsTheFourth() {
    assertThat(Spread.of(List.of(7.0, 1.0, 6.0, 2.0, -5.0, 4.0, 3.0)).at(0.5)).isEqualTo(3);
  }

  @Test
  void theNinetyFifthOfFewIsTheLargest() {
    assertThat(Spread.of(List.of(1.0, 9.0, 4.0)).at(0.95)).isEqualTo(9);
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
