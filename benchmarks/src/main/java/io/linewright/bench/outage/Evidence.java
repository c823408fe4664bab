package io.linewright.bench.outage;

import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is left for others to recount. */
final class Evidence {

  private Evidence() {}

  /** Copies truth, the gateway's file and logs; writes ways and losses, and access data. */
  static void keep(
      Path directory, Standalone plant, List<SimulatorProcess> simulators, Arrivals arrivals)
      throws IOException {
    Files.createDirectories(directory);
    int number = 0;
    for (SimulatorProcess simulator : simulators) {
      copy(simulator.truth(), directory.resolve("truth-" + ++number + ".tsv"));
    }
    Path logs = plant.data().resolve("logs");
    for (String log : List.of("edge.log", "edge-gc.log")) {
      if (Files.exists(logs.resolve(log))) {
        copy(logs.resolve(log), directory.resolve(log));
      }
    }
    try (BufferedWriter ways = Files.newBufferedWriter(directory.resolve("live-ways.tsv"))) {
      for (Arrivals.Way way : arrivals.ways()) {
        ways.write(way.sourceMicros() + "\t" + way.millis() + "\n");
      }
    }
    try (BufferedWriter losses = Files.newBufferedWriter(directory.resolve("losses.json"))) {
      for (Arrivals.Loss loss : arrivals.losses()) {
        losses.write(Json.line(loss) + "\n");
      }
    }
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("addresses", plant.addresses());
    access.put("kafka_reader", plant.credentials().path("kafka").path("users").path("reader"));
    access.put("jvm_options", Standalone.JVM_OPTIONS);
    Files.writeString(directory.resolve("access.json"), Json.line(access) + "\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
