package io.linewright.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.fault.FaultBench;
import io.linewright.system.plant.PlantFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The drill of {@code bench faults}, each point once: bridge and historian die by SIGKILL, and
 * nothing is lost or applied twice. Its seed is printed; {@code -Dlinewright.seed=N} repeats a run.
 */
@Tag("long")
class KillsTest {

  private static final int POINTS = 7;

  @Test
  void killsAtEachPointLoseAndRepeatNothing() {
    long seed = Long.getLong("linewright.seed", System.nanoTime() & 0xFFFFFF);

    int exit =
        new CommandLine(new FaultBench(PlantFixture.services()))
            .execute("--kills", Integer.toString(POINTS), "--seed", Long.toString(seed));

    assertThat(exit).as("exit of bench faults with seed %d", seed).isZero();
  }
}
