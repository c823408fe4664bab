package io.linewright.bench.compare;

import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.StoredSample;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a whole plant: every tag of the simulator's log with what REST returns of it. */
public final class PlantComparison {

  private PlantComparison() {}

  /**
   * Reads every tag over REST and compares.
   *
   * @param truth the simulator's log
   * @param rest the plant
   * @param evidence directory for the stored rows as TSV; empty: not written
   * @throws IOException if the plant does not answer, or the evidence cannot be written
   */
  public static Verdict of(TruthFile truth, RestClient rest, Optional<Path> evidence)
      throws IOException, InterruptedException {
    long lowest =
        truth.lines().values().stream()
            .flatMap(List::stream)
            .mapToLong(TruthLine::sourceMicros)
            .min()
            .orElse(0);
    Instant from = micros(lowest).minusSeconds(60);
    Instant to = micros(truth.endedMicros().orElseThrow()).plusSeconds(600);
    Verdict verdict = Verdict.NONE;
    try (Writer rows =
        evidence.isPresent()
            ? Files.newBufferedWriter(evidence.get().resolve("stored.tsv"))
            : Writer.nullWriter()) {
      for (Map.Entry<String, List<TruthLine>> tag : truth.lines().entrySet()) {
        List<StoredSample> stored = rest.samples(tag.getKey(), from, to);
        for (StoredSample row : stored) {
          rows.write(
              "%d\t%s\t%d\t%d\t%s\n"
                  .formatted(
                      row.sourceMicros(), tag.getKey(), row.ordinal(), row.status(), row.value()));
        }
        verdict = verdict.plus(TagComparison.of(tag.getValue(), truth.observedMicros(), stored));
      }
    }
    return verdict;
  }

  /**
   * Reads every tag over REST and compares, the platform having been killed and started again.
   *
   * @throws IOException if the plant does not answer
   */
  public static OutageComparison.Result of(TruthFile truth, RestClient rest, Outage outage)
      throws IOException, InterruptedException {
    OutageComparison.Result result = OutageComparison.Result.NONE;
    for (Map.Entry<String, List<StoredSample>> tag : stored(truth, rest).entrySet()) {
      List<TruthLine> lines = truth.lines().getOrDefault(tag.getKey(), List.of());
      result =
          result.plus(OutageComparison.of(lines, truth.observedMicros(), tag.getValue(), outage));
    }
    return result;
  }

  /** Every stored row of every tag in the log, in order. */
  public static Map<String, List<StoredSample>> stored(TruthFile truth, RestClient rest)
      throws IOException, InterruptedException {
    long begin =
        truth.lines().values().stream()
            .flatMap(List::stream)
            .mapToLong(TruthLine::sourceMicros)
            .min()
            .orElse(0);
    Map<String, List<StoredSample>> rows = new LinkedHashMap<>();
    for (String tag : truth.lines().keySet()) {
      rows.put(
          tag,
          rest.samples(tag, micros(begin).minusSeconds(86_400), micros(begin).plusSeconds(86_400)));
    }
    return rows;
  }

  private static Instant micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
