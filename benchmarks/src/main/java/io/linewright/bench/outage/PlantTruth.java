package io.linewright.bench.outage;

import io.linewright.bench.plant.CanonicalValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A simulator's log, read line by line into columns; format in {@code docs/simulator.md}. */
final class PlantTruth {

  private final Map<String, ValueColumns> tags = new HashMap<>();
  private long observedMicros = Long.MIN_VALUE;
  private long endedMicros = Long.MAX_VALUE;

  private PlantTruth() {}

  /**
   * Reads a log that has ended.
   *
   * @throws IOException if it cannot be read, or was never observed
   */
  static PlantTruth read(Path file) throws IOException {
    PlantTruth truth = new PlantTruth();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        truth.take(line);
      }
    }
    if (truth.observedMicros == Long.MIN_VALUE) {
      throw new IOException(file + " has no '# observed': the gateway never watched all tags");
    }
    return truth;
  }

  /** Whether the simulator has said that every tag is watched. */
  static boolean isObserved(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("# observed ")) {
          return true;
        }
      }
    }
    return false;
  }

  private void take(String line) throws IOException {
    if (line.startsWith("# observed ")) {
      observedMicros = Long.parseLong(line.substring(11).strip());
    } else if (line.startsWith("# ended ")) {
      endedMicros = Long.parseLong(line.substring(8).strip());
    } else if (!line.startsWith("#") && !line.isEmpty()) {
      String[] fields = line.split("\t", -1);
      if (fields.length < 4) {
        throw new IOException("4 fields expected: " + line);
      }
      tags.computeIfAbsent(fields[1], t -> new ValueColumns())
          .add(Long.parseLong(fields[0]), CanonicalValue.of(fields[2], fields[3]), 0);
    }
  }

  /** Changes per tag, those before {@link #observedMicros} included. */
  Map<String, ValueColumns> tags() {
    return tags;
  }

  /** From when on every change must arrive. */
  long observedMicros() {
    return observedMicros;
  }

  /** When the values came to rest; MAX_VALUE if they have not. */
  long endedMicros() {
    return endedMicros;
  }

  /** Changes with a source time in a range, all tags. */
  long between(long from, long to) {
    return tags.values().stream().mapToLong(tag -> tag.between(from, to)).sum();
  }
}
