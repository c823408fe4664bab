package io.linewright.bench;

import io.linewright.bench.measure.MemoryWatch;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.trip.RunDirectory;
import io.linewright.bench.trip.TripRun;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: a private plant for a minute, then sent against stored. */
@Command(
    name = "check",
    description = "Runs a private plant, then compares what the machines sent with what is stored.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Option(names = "--seconds", description = "How long values change (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(names = "--seed", description = "Seed of the simulator (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private RunDirectory directory = new RunDirectory();

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    try (RunDirectory.Place place = directory.open("check")) {
      Path truth = place.path().resolve("truth.tsv");
      List<String> options =
          List.of(
              "--simulator-truth",
              truth.toString(),
              "--simulator-seed",
              Long.toString(seed),
              "--simulator-duration",
              seconds + "s",
              "--wait-for-gateway");
      out.println("starting a private plant in " + place.path());
      try (Standalone plant =
              Standalone.start(
                  Programs.built(), place.path().resolve("data"), options, Duration.ofMinutes(3));
          MemoryWatch memory = MemoryWatch.over(plant::roots)) {
        out.println("watching it for " + seconds + " s");
        TripRun run = new TripRun(InstantSource.system(), out, place.evidence(), 5);
        TripRun.Figures figures = run.finish(plant, truth, Duration.ofSeconds(seconds + 180L));
        long peak = memory.peakMebibytes();
        out.printf(
            "%nsource to stored: p50 %.0f ms, p99 %.0f ms, slowest %.0f ms over %,d values; memory %,d MiB%n",
            figures.latency().p50Millis(),
            figures.latency().p99Millis(),
            figures.latency().maxMillis(),
            figures.latency().rows(),
            peak);
        if (figures.verdict().notGood() > 0) {
          out.printf(
              "%,d stored values are not Good although no fault was injected%n",
              figures.verdict().notGood());
        }
        out.println(Json.line(json(figures)));
        return figures.balanced() ? 0 : 1;
      }
    }
  }

  private static Map<String, Object> json(TripRun.Figures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", "pipeline");
    json.put("sent", figures.verdict().sent());
    json.put("stored", figures.verdict().stored());
    json.put("lost", figures.verdict().lost());
    json.put("repeated", figures.repeated());
    json.put("wrong", figures.verdict().wrong());
    json.put("duplicates_dropped", figures.duplicatesDropped());
    json.put("not_good", figures.verdict().notGood());
    json.put("p50_ms", Math.round(figures.latency().p50Millis()));
    json.put("p99_ms", Math.round(figures.latency().p99Millis()));
    return json;
  }
}
