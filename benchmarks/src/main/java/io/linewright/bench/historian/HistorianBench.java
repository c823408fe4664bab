package io.linewright.bench.historian;

import io.linewright.bench.measure.Bars;
import io.linewright.bench.plant.Json;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench historian}: samples that wait in Kafka, stored; beside what COPY alone can do. */
@Command(
    name = "historian",
    description =
        "Stores samples that wait in Kafka, in runs that alternate with a bare binary COPY of the"
            + " same rows; the ratio of both.",
    mixinStandardHelpOptions = true)
public final class HistorianBench implements Callable<Integer> {

  private static final int MACHINES = 50;
  private static final long ALL_REPEATED = 100;

  private static final long BAR_SAMPLES = 10_000_000;
  private static final int BAR_RUNS = 5;
  private static final double LEAST_RATIO = 0.6;
  private static final double LEAST_RATIO_WITH_REPEATS = 0.5;
  private static final double MOST_REPEATS = 1;

  /** What the consumer of the kit takes at once. */
  private static final int SLICE_BYTES = 400_000;

  @Option(names = "--samples", description = "How many (default: ${DEFAULT-VALUE}).")
  private long samples = 10_000_000;

  @Option(
      names = "--runs",
      description = "Pairs of runs; the median is reported (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--repeats",
      paramLabel = "PERCENT",
      description =
          "Records that come twice, 0 to 50; or 100: everything is stored already (default:"
              + " ${DEFAULT-VALUE}).")
  private double repeats = 0;

  @Option(names = "--seed", description = "Seed of the repeats (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private HistorianRig.Outside outside = new HistorianRig.Outside();

  @Option(
      names = "--ingest-jvm-option",
      paramLabel = "OPTION",
      description = "A further option for the historian's Java VM; may be repeated.")
  private List<String> jvmOptions = List.of();

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;
  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws Exception {
    if (repeats < 0 || (repeats > 50 && repeats != ALL_REPEATED) || runs < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "--repeats is 0 to 50 or 100, --runs and --samples at least 1");
    }
    int seconds =
        Math.max(2, Math.toIntExact(Math.ceilDiv(samples, MACHINES * KnownSamples.PER_RECORD)));
    KnownSamples known = new KnownSamples(MACHINES, begin(seconds));
    try (RunDirectory.Place place = directory.open("historian");
        HistorianRig rig = HistorianRig.start(place.path(), outside, jvmOptions)) {
      rig.reset(true);
      int[] tagIds = registered(rig, known);
      out.printf(
          "filling the topic with %,d samples of %,d tags, seed %d%n",
          (long) seconds * MACHINES * KnownSamples.PER_RECORD, known.tags(), seed);
      double share = repeats == ALL_REPEATED ? 0 : repeats / 100;
      FilledTopic topic =
          FilledTopic.fill(rig.plant().kafka("admin"), known, 1, seconds, share, new Random(seed));
      int perCommit =
          (int) (SLICE_BYTES * KnownSamples.PER_RECORD / (topic.bytes() / topic.records()));
      out.printf(
          "%,d records of %,d bytes; %s%n",
          topic.records(), topic.bytes() / topic.records(), rig.database());
      Path file = place.path().resolve("rows");
      try (Yardstick yardstick =
          Yardstick.encode(file, known, seconds, tagIds, topic.partitionOf(), perCommit)) {
        return measure(rig, known, tagIds, topic, yardstick, place);
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  /** All samples lie in one day and in the past: the same partition for every run. */
  private long begin(int seconds) {
    var day = clock.instant().minusSeconds(seconds).atOffset(ZoneOffset.UTC).toLocalDate();
    if (seconds > 86_000) {
      throw new IllegalArgumentException("at most 860,000,000 samples: they lie in one day");
    }
    return day.minusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }

  /** Has the historian make its tables and register the tags, by one second of every machine. */
  private int[] registered(HistorianRig rig, KnownSamples known) throws Exception {
    try (var historian = rig.startHistorian()) {
      rig.awaitTopic(historian);
      FilledTopic.fill(rig.plant().kafka("admin"), known, 0, 1, 0, new Random(seed));
      return rig.awaitTags(known, historian);
    }
  }

  private int measure(
      HistorianRig rig,
      KnownSamples known,
      int[] tagIds,
      FilledTopic topic,
      Yardstick yardstick,
      RunDirectory.Place place)
      throws Exception {
    boolean allThere = repeats == ALL_REPEATED;
    long rows = yardstick.rows();
    // The first second came before, to register the tags.
    long inTopic = topic.samples() + known.tags() * (long) KnownSamples.PER_SECOND;
    int[] sent = new int[known.tags()];
    Arrays.fill(sent, (int) (rows / known.tags()));
    List<Map<String, Object>> results = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      out.printf("%n- pair %d of %d -%n", run, runs);
      double copied = 0;
      HistorianRun.Result stored;
      if (allThere || run % 2 == 1) {
        copied = copy(rig, yardstick);
        rig.reset(!allThere);
        stored = HistorianRun.measure(rig, inTopic, clock);
      } else {
        rig.reset(true);
        stored = HistorianRun.measure(rig, inTopic, clock);
      }
      StoredCheck.Verdict verdict;
      try (Connection connection = rig.connect()) {
        verdict = new StoredCheck(known, tagIds, sent).read(connection);
      }
      if (copied == 0) {
        copied = copy(rig, yardstick);
      }
      long counted = stored.counted() - (allThere ? 0 : rows);
      long repeated = Math.max(verdict.repeated(), counted);
      results.add(result(run, rows, stored, copied, verdict, repeated, yardstick.commits()));
      out.println(Json.line(results.getLast()));
    }
    Map<String, Object> json = summary(results);
    if (place.evidence().isPresent()) {
      HistorianEvidence.keep(place.evidence().get(), rig, known, tagIds, sent, results);
    }
    boolean held =
        bars(samples, results.size(), repeats, outside.isNone(), median(results, "ratio"))
            .report(out);
    boolean exact = results.stream().allMatch(HistorianBench::exact);
    if (!exact) {
      out.println("samples are lost, repeated, wrong or set aside");
    }
    out.println(Json.line(json));
    return exact && held ? 0 : 1;
  }

  /**
   * What the ratio is held against: 100 % repeats, more than 1 % of them, and other databases are
   * recorded only.
   */
  static Bars bars(long samples, int runs, double repeats, boolean ownDatabase, double ratio) {
    boolean apply =
        samples >= BAR_SAMPLES && runs >= BAR_RUNS && repeats <= MOST_REPEATS && ownDatabase;
    return new Bars(
            apply,
            "%,d samples, %d pairs of runs, at most %.0f %% repeats and the platform's own database"
                .formatted(BAR_SAMPLES, BAR_RUNS, MOST_REPEATS))
        .atLeast(
            "the median of the ratios",
            ratio,
            repeats == 0 ? LEAST_RATIO : LEAST_RATIO_WITH_REPEATS);
  }

  private double copy(HistorianRig rig, Yardstick yardstick) throws SQLException, IOException {
    rig.reset(true);
    try (Connection connection = rig.connect()) {
      return yardstick.copy(connection);
    }
  }

  private static Map<String, Object> result(
      int run,
      long rows,
      HistorianRun.Result stored,
      double copySeconds,
      StoredCheck.Verdict verdict,
      long repeated,
      int copyCommits) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run);
    json.put("rows_per_s", Math.round(rows / stored.seconds()));
    json.put("copy_rows_per_s", Math.round(rows / copySeconds));
    json.put("ratio", ratio(copySeconds / stored.seconds()));
    json.put("lost", verdict.lost());
    json.put("repeated", repeated);
    json.put("wrong", verdict.wrong());
    json.put("rss_mb", stored.peakRssMebibytes());
    json.put("commits", verdict.commits());
    json.put("copy_commits", copyCommits);
    json.put("counted", stored.counted());
    json.put("duplicates_dropped", stored.duplicates());
    json.put("set_aside", stored.setAside());
    json.put("cpu_s", Math.round(stored.cpuSeconds()));
    json.put("seconds", Math.round(stored.seconds() * 10) / 10.0);
    return json;
  }

  private static double ratio(double ratio) {
    return Math.round(ratio * 1000) / 1000.0;
  }

  private static boolean exact(Map<String, Object> run) {
    return List.of("lost", "repeated", "wrong", "set_aside").stream()
        .allMatch(name -> ((Number) run.getOrDefault(name, 1)).longValue() == 0);
  }

  private Map<String, Object> summary(List<Map<String, Object>> results) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "historian");
    json.put("rows_per_s", Math.round(median(results, "rows_per_s")));
    json.put("copy_rows_per_s", Math.round(median(results, "copy_rows_per_s")));
    json.put("ratio", median(results, "ratio"));
    for (String most : List.of("lost", "repeated", "wrong", "set_aside", "rss_mb")) {
      json.put(most, results.stream().mapToLong(r -> number(r, most).longValue()).max().orElse(0));
    }
    json.put("repeats_percent", repeats);
    json.put("samples", samples);
    json.put("runs", results.size());
    return json;
  }

  private static double median(List<Map<String, Object>> results, String name) {
    double[] sorted =
        results.stream().mapToDouble(r -> number(r, name).doubleValue()).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static Number number(Map<String, Object> run, String name) {
    return (Number) run.getOrDefault(name, 0);
  }
}
