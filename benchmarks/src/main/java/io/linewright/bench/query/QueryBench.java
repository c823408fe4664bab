package io.linewright.bench.query;

import io.linewright.bench.load.LoadTags;
import io.linewright.bench.load.Spread;
import io.linewright.bench.load.StoredCount;
import io.linewright.bench.load.Traffic;
import io.linewright.bench.measure.Bars;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.query.Questions.Kind;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench query}: questions to a table of 30 days through the API gateway, while samples are
 * being written through Kafka and the historian.
 */
@Command(
    name = "query",
    description = "Answers from millions of rows while samples are written: p95 of each question.",
    mixinStandardHelpOptions = true)
public final class QueryBench implements Callable<Integer> {

  private static final LoadTags TAGS = new LoadTags(50, 20);

  private static final long BAR_ROWS = 20_000_000;
  private static final int BAR_SECONDS = 60;
  private static final int BAR_WRITE = 10_000;

  /** What p95 may be at most, milliseconds. */
  private static final Map<Kind, Double> BARS =
      Map.of(Kind.LAST_VALUES, 50.0, Kind.TREND, 300.0, Kind.RAW_HOUR, 100.0);

  private static final Map<Kind, String> NAMES =
      Map.of(
          Kind.LAST_VALUES, "last_1000",
          Kind.TREND, "trend_30d",
          Kind.RAW_HOUR, "raw_1h");

  /** A writer that falls behind by more than that makes the figures worthless. */
  private static final double LEAST_SHARE_WRITTEN = 0.95;

  @Option(names = "--rows", description = "Rows of the table (default: ${DEFAULT-VALUE}).")
  private long rows = 20_000_000;

  @Option(names = "--seconds", description = "How long is asked (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--warm-up",
      description = "How long is asked before, not counted (default: ${DEFAULT-VALUE}).")
  private int warmUp = 20;

  @Option(
      names = "--write",
      description = "Samples per second that are written meanwhile (default: ${DEFAULT-VALUE}).")
  private int write = 10_000;

  @Option(names = "--seed", description = "Seed of rows and questions (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;
  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws Exception {
    HistoryPlan plan = new HistoryPlan(TAGS, clock.instant().truncatedTo(ChronoUnit.MINUTES), rows);
    try (RunDirectory.Place place = directory.open("query");
        Standalone plant =
            Standalone.start(
                Programs.built(),
                place.path().resolve("data"),
                List.of("--no-simulator", "--services", "ingest,gateway"),
                Duration.ofMinutes(3));
        RestClient access = plant.rest(clock);
        Traffic traffic = new Traffic(TAGS, seed, plant.kafka("admin"));
        StoredCount stored = StoredCount.of(plant);
        History history = History.prepare(plan, seed, plant, traffic, stored)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bench", "query");
      long loaded = history.load(out);
      json.put("rows", loaded);
      history.awaitRollUps(out);
      json.put("tags", TAGS.count());
      json.put("days", HistoryPlan.DAYS);
      json.put("bytes_per_row", history.bytes() / loaded);
      URI gateway = URI.create(plant.addresses().path("dashboard").asString());
      Questions questions = new Questions(plan, gateway, access, seed, clock);
      boolean kept = ask(questions, traffic, stored, json);
      json.put("answers_compared", questions.compare(history));
      json.put("wrong_answers", questions.wrongAnswers());
      boolean held =
          bars(loaded, seconds, write, kind -> questions.spread(kind).at(0.95)).report(out);
      if (!kept) {
        out.printf("the historian stored less than %,d samples/s%n", write);
      }
      if (place.evidence().isPresent()) {
        keep(place.evidence().get(), questions, plant);
      }
      out.println(Json.line(json));
      return kept && held && questions.wrongAnswers() == 0 ? 0 : 1;
    }
  }

  /** What the answers of a run are held against. */
  static Bars bars(long rows, int seconds, int write, ToDoubleFunction<Kind> p95) {
    Bars bars =
        new Bars(
            rows >= BAR_ROWS && seconds >= BAR_SECONDS && write >= BAR_WRITE,
            "%,d rows, %d s and %,d samples/s written".formatted(BAR_ROWS, BAR_SECONDS, BAR_WRITE));
    for (Kind kind : Kind.values()) {
      bars.atMost(
          "the p95 of %s in ms".formatted(NAMES.getOrDefault(kind, "")),
          p95.applyAsDouble(kind),
          BARS.getOrDefault(kind, 0.0));
    }
    return bars;
  }

  private boolean ask(
      Questions questions, Traffic traffic, StoredCount stored, Map<String, Object> json)
      throws IOException, InterruptedException {
    try (SteadyWriter writer = new SteadyWriter(TAGS, traffic, write, clock)) {
      out.printf("warm-up of %d s, not counted%n", warmUp);
      questions.ask(Duration.ofSeconds(warmUp), writer);
      questions.forget();
      long storedBefore = stored.now();
      long sentBefore = writer.sent();
      long began = System.nanoTime();
      questions.ask(Duration.ofSeconds(seconds), writer);
      double took = (System.nanoTime() - began) / 1e9;
      long written = stored.now() - storedBefore;
      long sent = writer.sent() - sentBefore;
      json.put("written_per_s", Math.round(written / took));
      json.put("sent_per_s", Math.round(sent / took));
      report(questions, json);
      json.put("seconds", seconds);
      json.put("through", "api-gateway");
      return written >= LEAST_SHARE_WRITTEN * write * took;
    }
  }

  private void report(Questions questions, Map<String, Object> json) {
    for (Kind kind : Kind.values()) {
      Spread spread = questions.spread(kind);
      String name = NAMES.getOrDefault(kind, "");
      json.put(name + "_p95_ms", tenths(spread.at(0.95)));
      json.put(name + "_p50_ms", tenths(spread.at(0.5)));
      json.put(name + "_max_ms", tenths(spread.max()));
      json.put(name + "_asked", questions.count(kind));
    }
  }

  private static double tenths(double figure) {
    return Math.round(figure * 10) / 10.0;
  }

  private static void keep(Path dir, Questions questions, Standalone plant) throws IOException {
    questions.keep(dir.resolve("millis.tsv"));
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("addresses", plant.addresses());
    access.put("rest_client", plant.credentials().path("clients").path("integrator"));
    access.put(
        "postgres_reader", plant.credentials().path("postgres").path("users").path("reader"));
    access.put("jvm_options", Standalone.JVM_OPTIONS);
    Files.writeString(dir.resolve("access.json"), Json.line(access) + "\n");
  }
}
