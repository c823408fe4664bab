package io.linewright.bench.modbus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the device did wrong on purpose, by unit and block. */
record Hits(Map<String, List<Hit>> byBlock) {

  /** One answer that was late or an exception. */
  record Hit(long millis, String kind) {}

  /** Reads the device's list. */
  static Hits read(Path file) throws IOException {
    Map<String, List<Hit>> byBlock = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("\t", -1);
      byBlock
          .computeIfAbsent(parts[1] + "/" + parts[2], b -> new ArrayList<>())
          .add(new Hit(Long.parseLong(parts[0]), parts[3]));
    }
    return new Hits(byBlock);
  }

  long count(String prefix) {
    return byBlock.values().stream()
        .flatMap(List::stream)
        .filter(hit -> hit.kind().startsWith(prefix))
        .count();
  }

  /** Whether the device hit the block within that time before a tag of it turned Bad. */
  boolean explains(Scoreboard.Bad bad, long withinMillis) {
    return byBlock.getOrDefault(bad.unit() + "/" + bad.block(), List.of()).stream()
        .anyMatch(
            hit -> hit.millis() <= bad.millis() + 1 && hit.millis() >= bad.millis() - withinMillis);
  }
}
