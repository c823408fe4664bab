package io.linewright.model.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MachineStateTest {

  @Test
  void numbersAreThePackTagsNumbersOneToSeventeen() {
    assertThat(Arrays.stream(MachineState.values()).mapToInt(MachineState::number).toArray())
        .containsExactly(IntStream.rangeClosed(1, 17).toArray());
    assertThat(MachineState.of(6)).contains(MachineState.EXECUTE);
    assertThat(MachineState.of(0)).isEmpty();
    assertThat(MachineState.of(18)).isEmpty();
    assertThat(MachineState.of((1L << 32) + 6)).isEmpty();
  }

  @Test
  void sixStatesWaitForACommand() {
    assertThat(Arrays.stream(MachineState.values()).filter(s -> !s.acting()))
        .containsExactly(
            MachineState.STOPPED,
            MachineState.IDLE,
            MachineState.SUSPENDED,
            MachineState.ABORTED,
            MachineState.HELD,
            MachineState.COMPLETE);
  }
}
