package io.linewright.kit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPointsTest {

  @Test
  void killsAtTheNthPassingOfTheNamedPointOnly() {
    AtomicInteger kills = new AtomicInteger();
    FaultPoints points = new FaultPoints(Map.of("before-copy", 3L), kills::incrementAndGet);

    points.reached("before-copy");
    points.reached("rebalance");
    points.reached("before-copy");
    assertThat(kills).hasValue(0);
    points.reached("before-copy");
    assertThat(kills).hasValue(1);
    points.reached("before-copy");
    assertThat(kills).hasValue(1);
  }

  @Test
  void readsAListOfPoints() {
    assertThat(FaultPoints.entries(" before-copy:3, rebalance:1 ,"))
        .isEqualTo(Map.of("before-copy", 3L, "rebalance", 1L));
    assertThat(FaultPoints.entries("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-copy", ":3", "before-copy:0", "before-copy:x", "a:-1"})
  void refusesWhatIsNotPointAndNumber(String text) {
    assertThatThrownBy(() -> FaultPoints.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linewright.fault.kill-at")
        .hasMessageContaining(text);
  }
}
