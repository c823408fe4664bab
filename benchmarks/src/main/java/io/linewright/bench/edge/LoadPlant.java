package io.linewright.bench.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plant file with as many tags as asked for: 20 machines, each with its ordinary tags and load
 * signals besides.
 */
final class LoadPlant {

  private static final int MACHINES = 20;

  /** Ordinary tags of a machine with two sensors (docs/simulator.md). */
  private static final int ORDINARY_TAGS = 11;

  /** Fewest tags that the plant can have. */
  static final int LEAST_ITEMS = MACHINES * (ORDINARY_TAGS + 1);

  private static final String HEAD =
      """
      version: 1
      seed: 7
      starts-at: "06:00"
      machine-types:
        cell:
          cycle-time: 5s
          cycle-noise: 0.05
          scrap: 0.01
          run-power: 6
          idle-power: 1.5
          stops:
            - {reason: jam, code: 11, kind: micro-stop, every: 10m, lasts: 15s}
          sensors:
            - {tag: drive/vibration, kind: vibration, base: 1.5, interval: 500ms}
            - {tag: drive/temperature, kind: temperature, base: 45, interval: 1s}
          signals: {count: %d, interval: %dms}
      sites:
        - path: acme/graz
          lines:
            - path: load/line-1
              buffer: 5
              machines:
      """;

  /**
   * Writes the file.
   *
   * @param items tags of the whole plant, rounded down to a multiple of the machines
   * @param intervalMillis time between two changes of a load signal
   */
  static void write(Path file, int items, int intervalMillis) throws IOException {
    int signals = items / MACHINES - ORDINARY_TAGS;
    StringBuilder text = new StringBuilder(HEAD.formatted(signals, intervalMillis));
    for (int machine = 1; machine <= MACHINES; machine++) {
      text.append("          - {name: load-%02d, type: cell}%n".formatted(machine));
    }
    Files.writeString(file, text);
  }

  private LoadPlant() {}
}
