package io.linewright.bench;

import io.linewright.bench.measure.MemoryWatch;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.trip.RunDirectory;
import io.linewright.bench.trip.TripRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pipeline}: the whole trip under load, simulator in a process of its own. */
@Command(
    name = "pipeline",
    description = "Whole trip under load: value changes per second, lost, repeated, p99, memory.",
    mixinStandardHelpOptions = true)
final class PipelineBench implements Callable<Integer> {

  @Option(names = "--seconds", description = "How long values change (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--runs",
      description = "Runs; the median is reported (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(names = "--plant", description = "Plant of the simulator (default: ${DEFAULT-VALUE}).")
  private String plant = "load";

  @Option(names = "--seed", description = "Seed of the simulator (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private RunDirectory directory = new RunDirectory();

  /** Figures of one run together with its memory. */
  private record Run(TripRun.Figures figures, long memoryMebibytes) {
    double valuesPerSecond() {
      return figures.verdict().stored() / figures.seconds();
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Run> results = new ArrayList<>();
    for (int i = 1; i <= runs; i++) {
      System.out.printf("%n— run %d of %d —%n", i, runs);
      Run run = once(i);
      results.add(run);
      System.out.println(Json.line(json(run)));
    }
    results.sort(Comparator.comparingDouble(run -> run.figures().latency().p99Millis()));
    Run median = results.get(results.size() / 2);
    Map<String, Object> json = json(median);
    json.put("lost", results.stream().mapToLong(r -> r.figures().verdict().lost()).max().orElse(0));
    json.put("repeated", results.stream().mapToLong(r -> r.figures().repeated()).max().orElse(0));
    json.put("runs", results.size());
    System.out.println(Json.line(json));
    return results.stream().allMatch(run -> run.figures().balanced()) ? 0 : 1;
  }

  private Run once(int number) throws Exception {
    PrintStream out = System.out;
    Programs programs = Programs.built();
    try (RunDirectory.Place place = directory.open("pipeline")) {
      List<String> duration = List.of("--duration", seconds + "s");
      try (SimulatorProcess simulator =
          SimulatorProcess.start(programs, place.path(), plant, seed, duration)) {
        List<String> options = List.of("--no-simulator", "--edge", simulator.edgeFile().toString());
        try (Standalone standalone =
                Standalone.start(
                    programs, place.path().resolve("data"), options, Duration.ofMinutes(3));
            MemoryWatch memory = MemoryWatch.over(() -> roots(standalone, simulator))) {
          out.println("plant is up; values change for " + seconds + " s");
          Optional<Path> evidence = evidenceOf(place, number);
          TripRun run = new TripRun(InstantSource.system(), out, evidence, 5);
          TripRun.Figures figures =
              run.finish(standalone, simulator.truth(), Duration.ofSeconds(seconds + 180L));
          return new Run(figures, memory.peakMebibytes());
        }
      }
    }
  }

  private static Set<Long> roots(Standalone standalone, SimulatorProcess simulator) {
    Set<Long> roots = new HashSet<>(standalone.roots());
    roots.add(simulator.pid());
    return roots;
  }

  private static Optional<Path> evidenceOf(RunDirectory.Place place, int number)
      throws IOException {
    if (place.evidence().isEmpty()) {
      return Optional.empty();
    }
    Path dir = place.evidence().get().resolve("run-" + number);
    Files.createDirectories(dir);
    return Optional.of(dir);
  }

  private static Map<String, Object> json(Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "pipeline");
    json.put("values_per_s", Math.round(run.valuesPerSecond()));
    json.put("lost", run.figures().verdict().lost());
    json.put("repeated", run.figures().repeated());
    json.put("wrong", run.figures().verdict().wrong());
    json.put("p50_ms", Math.round(run.figures().latency().p50Millis()));
    json.put("p99_ms", Math.round(run.figures().latency().p99Millis()));
    json.put("rss_mb", run.memoryMebibytes());
    json.put("duplicates_dropped", run.figures().duplicatesDropped());
    json.put("not_good", run.figures().verdict().notGood());
    return json;
  }
}
