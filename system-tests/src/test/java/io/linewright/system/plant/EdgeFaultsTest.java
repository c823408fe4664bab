package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.edgefault.EdgeFaultDrill;
import io.linewright.bench.edgefault.EdgeFaultFigures;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short drill of random faults between machines and bridge; the long one is a bench. */
@Tag("long")
class EdgeFaultsTest {

  private static final int FAULTS = 8;
  private static final long SEED = 5;

  @Test
  void nothingIsLostUnsaidRepeatedOrSilent() throws Exception {
    Path directory = PlantFixture.newDirectory();
    try {
      EdgeFaultDrill drill =
          new EdgeFaultDrill(PlantFixture.programs(), directory, System.out, Optional.empty());
      EdgeFaultFigures figures = drill.run(FAULTS, SEED, 2);
      assertThat(figures.values().rows().sent()).isGreaterThan(500);
      assertThat(figures.values().rows().lost()).as("lost: %s", figures).isZero();
      assertThat(figures.repeated()).as("repeated: %s", figures).isZero();
      assertThat(figures.values().rows().wrong()).as("wrong: %s", figures).isZero();
      assertThat(figures.sequenceGaps()).as("gaps in event sequences").isZero();
      assertThat(figures.silent()).as("silent tags: %s", figures).isZero();
    } finally {
      PlantFixture.deleteAll(directory);
    }
  }
}
