package io.linewright.bench.edgefault;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.edgefault.FaultPlan.Fault;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

  @Test
  void theSameSeedDrawsTheSameFaults() {
    assertThat(FaultPlan.draw(100, 7)).isEqualTo(FaultPlan.draw(100, 7));
    assertThat(FaultPlan.draw(100, 7)).isNotEqualTo(FaultPlan.draw(100, 8));
  }

  @Test
  void everyKindOccurs() {
    for (long seed = 0; seed < 50; seed++) {
      List<Fault> faults = FaultPlan.draw(100, seed);
      Set<FaultKind> kinds = new HashSet<>(faults.stream().map(Fault::kind).toList());
      assertThat(kinds).containsExactlyInAnyOrderElementsOf(Arrays.asList(FaultKind.values()));
      assertThat(faults).hasSize(100);
    }
  }

  @Test
  void aShortRunHasNoKindTwice() {
    assertThat(FaultPlan.draw(8, 3).stream().map(Fault::kind)).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void linesAndLengthsAreWithinBounds() {
    for (Fault fault : FaultPlan.draw(1000, 1)) {
      assertThat(fault.line()).isBetween(0, FaultPlan.LINES - 1);
      assertThat(fault.length().toMillis()).isBetween(0L, 60_000L);
      assertThat(fault.pause().toMillis()).isBetween(300L, 2500L);
      assertThat(fault.jump().toSeconds()).isBetween(-23 * 3600L, 20L);
      assertThat(fault.jump().isZero()).isEqualTo(fault.kind() != FaultKind.CLOCK_JUMP);
      assertThat(fault.overlaps() && fault.kind() == FaultKind.CLOCK_JUMP).isFalse();
    }
  }
}
