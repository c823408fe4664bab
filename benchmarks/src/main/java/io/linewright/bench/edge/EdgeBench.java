package io.linewright.bench.edge;

import io.linewright.bench.plant.Json;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench edge}: one gateway, one encrypted OPC UA session, every value counted on MQTT. */
@Command(
    name = "edge",
    description =
        "OPC UA to MQTT through one gateway: changes per second, lost, p99, memory of the gateway.",
    mixinStandardHelpOptions = true)
public final class EdgeBench implements Callable<Integer> {

  @Option(names = "--items", description = "Monitored items (default: ${DEFAULT-VALUE}).")
  private int items = 10_000;

  @Option(
      names = "--interval",
      description = "Milliseconds between two changes of an item (default: ${DEFAULT-VALUE}).")
  private int intervalMillis = 460;

  @Option(
      names = "--publishing",
      description = "Publishing interval in milliseconds (default: ${DEFAULT-VALUE}).")
  private int publishingMillis = 100;

  @Option(names = "--seconds", description = "How long values change (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--runs",
      description = "Runs; the median is reported (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(names = "--seed", description = "Seed of the simulator (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--gateway-option",
      description = "Further options of the gateway's Java VM; may be repeated.")
  private List<String> gatewayOptions = new ArrayList<>();

  @Mixin private RunDirectory directory = new RunDirectory();

  @Override
  public Integer call() throws Exception {
    if (items < LoadPlant.LEAST_ITEMS) {
      System.err.println("--items must be at least " + LoadPlant.LEAST_ITEMS);
      return 2;
    }
    EdgeRun.Load load = new EdgeRun.Load(items, intervalMillis, publishingMillis, seconds, seed);
    List<EdgeRun.Figures> results = new ArrayList<>();
    for (int i = 1; i <= runs; i++) {
      System.out.printf("%n— run %d of %d —%n", i, runs);
      try (RunDirectory.Place place = directory.open("edge")) {
        EdgeRun run = new EdgeRun(load, place.path(), evidence(place, i), gatewayOptions);
        results.add(run.measure(System.out));
      }
      System.out.println(Json.line(json(results.getLast())));
    }
    results.sort(Comparator.comparingDouble(EdgeRun.Figures::p99Millis));
    Map<String, Object> json = json(results.get(results.size() / 2));
    json.put("lost", results.stream().mapToLong(r -> r.recount().verdict().lost()).max().orElse(0));
    json.put("rss_mb", results.stream().mapToLong(EdgeRun.Figures::rssMebibytes).max().orElse(0));
    json.put("runs", results.size());
    System.out.println(Json.line(json));
    return results.stream().allMatch(r -> r.recount().balanced()) ? 0 : 1;
  }

  private static Optional<Path> evidence(RunDirectory.Place place, int number) throws IOException {
    if (place.evidence().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Files.createDirectories(place.evidence().get().resolve("run-" + number)));
  }

  private static Map<String, Object> json(EdgeRun.Figures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "edge");
    json.put("items", figures.items());
    json.put("values_per_s", Math.round(figures.valuesPerSecond()));
    json.put("lost", figures.recount().verdict().lost());
    json.put("repeated", figures.recount().verdict().repeated());
    json.put("wrong", figures.recount().verdict().wrong());
    json.put("disorder", figures.recount().disorder());
    json.put("not_good", figures.recount().verdict().notGood());
    json.put("p50_ms", Math.round(figures.p50Millis()));
    json.put("p99_ms", Math.round(figures.p99Millis()));
    json.put("rss_mb", figures.rssMebibytes());
    json.put("pss_mb", figures.pssMebibytes());
    json.put("gateway_cpu_s", Math.round(figures.cpuSeconds()));
    json.put("records", figures.sums().messages());
    json.put("records_repeated", figures.sums().repeatedRecords());
    json.put("record_gaps", figures.sums().gaps());
    return json;
  }
}
