package io.linewright.bench.edge;

import io.linewright.bench.compare.TagComparison;
import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.compare.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The simulator's log against what arrived on MQTT.
 *
 * @param verdict every change of every tag
 * @param disorder values that arrived behind a younger one of their tag
 * @param latency source to arrival of Good values while the plant was watched, microseconds
 * @param course one line per ten seconds of source time
 */
record Recount(Verdict verdict, long disorder, Histogram latency, List<String> course) {

  private static final long SLICE_MICROS = 10_000_000;
  private static final TagLog NOTHING = new TagLog();

  static Recount of(TruthFile truth, Map<String, TagLog> arrived, Optional<Path> evidence)
      throws IOException {
    Verdict verdict = Verdict.NONE;
    long disorder = 0;
    Histogram all = histogram();
    List<Histogram> slices = new ArrayList<>();
    long from = truth.observedMicros().orElseThrow();
    try (Writer rows =
        evidence.isPresent()
            ? Files.newBufferedWriter(evidence.get().resolve("arrived.tsv"))
            : Writer.nullWriter()) {
      for (Map.Entry<String, List<TruthLine>> tag : truth.lines().entrySet()) {
        TagLog log = arrived.getOrDefault(tag.getKey(), NOTHING);
        verdict =
            verdict.plus(TagComparison.of(tag.getValue(), truth.observedMicros(), log.samples()));
        disorder += log.disorder();
        measure(log, from, all, slices);
        if (evidence.isPresent()) {
          write(rows, tag.getKey(), log);
        }
      }
    }
    return new Recount(verdict, disorder, all, course(slices));
  }

  private static void measure(TagLog log, long from, Histogram all, List<Histogram> slices) {
    for (int i = 0; i < log.size(); i++) {
      long since = log.sourceMicros(i) - from;
      if (since < 0 || !log.isGood(i)) {
        continue;
      }
      all.recordValue(log.latencyMicros(i));
      int slice = (int) Math.min(since / SLICE_MICROS, 1000);
      while (slices.size() <= slice) {
        slices.add(histogram());
      }
      slices.get(slice).recordValue(log.latencyMicros(i));
    }
  }

  private static Histogram histogram() {
    return new Histogram(Integer.MAX_VALUE, 3);
  }

  private static List<String> course(List<Histogram> slices) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Histogram slice = slices.get(i);
      lines.add(
          "from second %3d: %,9d values, p50 %5.0f ms, p99 %5.0f ms, slowest %5.0f ms"
              .formatted(
                  i * 10,
                  slice.getTotalCount(),
                  slice.getValueAtPercentile(50) / 1000.0,
                  slice.getValueAtPercentile(99) / 1000.0,
                  slice.getMaxValue() / 1000.0));
    }
    return lines;
  }

  private static void write(Writer rows, String tag, TagLog log) throws IOException {
    var samples = log.samples();
    for (int i = 0; i < samples.size(); i++) {
      rows.write(
          "%d\t%s\t%d\t%s\t%d\n"
              .formatted(
                  samples.get(i).sourceMicros(),
                  tag,
                  samples.get(i).status(),
                  samples.get(i).value(),
                  log.latencyMicros(i)));
    }
  }

  /** Whether every change arrived once, in order and with its value. */
  boolean balanced() {
    return verdict.sent() > 0
        && verdict.lost() == 0
        && verdict.wrong() == 0
        && verdict.repeated() == 0
        && disorder == 0;
  }
}
