package io.linewright.system.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void riseIsThatOfTheLineNotOfTheEnds() {
    assertThat(Trend.rise(heap(100, 110, 120, 130), Vitals::heapMib)).isCloseTo(30, within(1e-9));
    assertThat(Trend.rise(heap(100, 140, 100, 140, 100), Vitals::heapMib))
        .isCloseTo(0, within(1e-9));
    assertThat(Trend.rise(heap(130, 120, 110), Vitals::heapMib)).isNegative();
  }

  @Test
  void tooFewMomentsHaveNoRise() {
    assertThat(Trend.rise(List.of(), Vitals::heapMib)).isZero();
    assertThat(Trend.rise(heap(100), Vitals::heapMib)).isZero();
  }

  private static List<Vitals> heap(double... mebibytes) {
    return IntStream.range(0, mebibytes.length)
        .mapToObj(i -> new Vitals(10 * i, mebibytes[i], 0, 0, 0, 0, 0, 0))
        .toList();
  }
}
