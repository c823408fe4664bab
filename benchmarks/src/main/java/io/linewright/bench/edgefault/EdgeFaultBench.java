package io.linewright.bench.edgefault;

import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.trip.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench edge-faults}: random faults between machines and bridge, then the books. */
@Command(
    name = "edge-faults",
    description =
        "Random faults between machines, gateway, broker and bridge; nothing may be lost unsaid."
            + " A run that fails keeps its data directory.",
    mixinStandardHelpOptions = true)
public final class EdgeFaultBench implements Callable<Integer> {

  @Option(names = "--faults", description = "How many faults (default: ${DEFAULT-VALUE}).")
  private int faults = 100;

  @Option(names = "--seed", description = "Seed of all that is random (default: a random one).")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--speed",
      description = "Simulated seconds per second of the plant (default: ${DEFAULT-VALUE}).")
  private double speed = 2;

  @Mixin private RunDirectory directory = new RunDirectory();

  @Override
  public Integer call() throws Exception {
    long drawn = seed.orElseGet(() -> new java.security.SecureRandom().nextLong(1_000_000));
    RunDirectory.Place place = directory.open("edge-faults");
    boolean passed = false;
    try {
      Optional<Path> evidence = place.evidence();
      EdgeFaultDrill drill =
          new EdgeFaultDrill(Programs.built(), place.path(), System.out, evidence);
      EdgeFaultFigures figures = drill.run(faults, drawn, speed);
      System.out.println(Json.line(figures.json()));
      passed = figures.passed();
      return passed ? 0 : 1;
    } finally {
      (passed ? place : place.kept()).close();
    }
  }
}
