package io.linewright.bench.live;

import io.linewright.bench.load.LoadTags;
import io.linewright.bench.load.Spread;
import io.linewright.bench.load.StoredCount;
import io.linewright.bench.load.Traffic;
import io.linewright.bench.measure.Bars;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench live}: how fast the historian stores a burst while 500 clients read live streams
 * through the API gateway, against the same without them, in alternating blocks. Readers, gateway,
 * historian, Kafka and database share the machine, so that whatever the streams cost is missing to
 * the storing.
 */
@Command(
    name = "live",
    description = "Storing with live streams against storing without: slowdown in percent.",
    mixinStandardHelpOptions = true)
public final class LiveBench implements Callable<Integer> {

  private static final LoadTags TAGS = new LoadTags(50, 20);
  private static final int SAMPLES_PER_ROUND = 2 * TAGS.count();

  private static final int BAR_CLIENTS = 500;
  private static final int BAR_BLOCKS = 7;
  private static final int BAR_SAMPLES = 500_000;
  private static final Duration BAR_INTERVAL = Duration.ofSeconds(1);
  private static final double MOST_SLOWDOWN_PERCENT = 10;

  /** What a stream may need on top of its interval to bring the last values of a block. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Option(names = "--clients", description = "Live streams (default: ${DEFAULT-VALUE}).")
  private int clients = 500;

  @Option(
      names = "--blocks",
      description = "Pairs of blocks; the median is reported (default: ${DEFAULT-VALUE}).")
  private int blocks = 7;

  @Option(names = "--samples", description = "Samples of a block (default: ${DEFAULT-VALUE}).")
  private int samples = 2_000_000;

  @Option(
      names = "--interval",
      description = "Interval that the clients ask for (default: ${DEFAULT-VALUE}, the service's).")
  private String interval = "PT1S";

  @Option(names = "--seed", description = "Seed of the values (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;

  /** A pair of blocks. */
  private record Pair(double with, double without) {
    double slowdownPercent() {
      return 100 * (1 - with / without);
    }
  }

  /** What the clients of all blocks got. */
  private static final class Shown {
    private long events;
    private long values;
    private long skipped;
    private long fewestEvents = Long.MAX_VALUE;
    private long fewestInBlock = Long.MAX_VALUE;
    private int silent;

    void add(List<StreamReader> readers, BlockEvents block) {
      fewestInBlock = Math.min(fewestInBlock, block.fewest());
      silent += block.silent();
      for (StreamReader reader : readers) {
        events += reader.events();
        values += reader.values();
        skipped += reader.skipped();
        fewestEvents = Math.min(fewestEvents, reader.events());
      }
    }
  }

  @Override
  public Integer call() throws Exception {
    try (RunDirectory.Place place = directory.open("live");
        Standalone plant =
            Standalone.start(
                Programs.built(),
                place.path().resolve("data"),
                List.of("--no-simulator", "--services", "ingest,gateway"),
                // All clients of the bench are one program.
                Map.of("LINEWRIGHT_INGEST_LIVE_CLIENTSPERSUBJECT", "10000"),
                Duration.ofMinutes(3));
        RestClient rest = plant.rest(InstantSource.system());
        Traffic traffic = new Traffic(TAGS, seed, plant.kafka("admin"));
        StoredCount stored = StoredCount.of(plant)) {
      Ingestion ingestion =
          new Ingestion(
              traffic,
              stored,
              Math.max(1, samples / SAMPLES_PER_ROUND),
              InstantSource.system().millis() * 1_000);
      ingestion.touch();
      Shown warmUp = new Shown();
      out.printf(
          "warm-up, not counted: %,.0f rows/s without, %,.0f with%n",
          block(ingestion, plant, rest, false, warmUp),
          block(ingestion, plant, rest, true, warmUp));
      Shown shown = new Shown();
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < blocks; i++) {
        Pair pair = pair(ingestion, plant, rest, i % 2 == 0, shown);
        pairs.add(pair);
        out.printf(
            "pair %d: %,.0f rows/s with %d clients, %,.0f without: slower by %.1f %%%n",
            i + 1, pair.with(), clients, pair.without(), pair.slowdownPercent());
      }
      Map<String, Object> json = json(pairs, shown);
      if (place.evidence().isPresent()) {
        keep(place.evidence().get(), pairs, plant);
      }
      boolean held =
          bars(clients, pairs.size(), samples, Duration.parse(interval), slowdown(pairs))
              .report(out);
      if (shown.silent > 0) {
        out.printf(
            "%d times a live stream brought nothing of a block that was stored%n", shown.silent);
      }
      out.println(Json.line(json));
      return held && shown.silent == 0 ? 0 : 1;
    }
  }

  /** What the slowdown is held against. */
  static Bars bars(int clients, int blocks, int samples, Duration interval, double slowdown) {
    boolean apply =
        clients >= BAR_CLIENTS
            && blocks >= BAR_BLOCKS
            && samples >= BAR_SAMPLES
            && interval.compareTo(BAR_INTERVAL) <= 0;
    return new Bars(
            apply,
            "%,d clients at an interval of at most %s, %d pairs of blocks of %,d samples"
                .formatted(BAR_CLIENTS, BAR_INTERVAL, BAR_BLOCKS, BAR_SAMPLES))
        .atMost("the median slowdown in percent", slowdown, MOST_SLOWDOWN_PERCENT);
  }

  private static double slowdown(List<Pair> pairs) {
    return Spread.of(pairs.stream().map(Pair::slowdownPercent).toList()).at(0.5);
  }

  private Pair pair(
      Ingestion ingestion, Standalone plant, RestClient rest, boolean withFirst, Shown shown)
      throws IOException, InterruptedException, SQLException {
    if (withFirst) {
      double with = block(ingestion, plant, rest, true, shown);
      return new Pair(with, block(ingestion, plant, rest, false, shown));
    }
    double without = block(ingestion, plant, rest, false, shown);
    return new Pair(block(ingestion, plant, rest, true, shown), without);
  }

  private double block(
      Ingestion ingestion, Standalone plant, RestClient rest, boolean withClients, Shown shown)
      throws IOException, InterruptedException, SQLException {
    if (!withClients) {
      settle(ingestion);
      return ingestion.block();
    }
    URI gateway = URI.create(plant.addresses().path("dashboard").asString());
    try (LiveClients open = LiveClients.open(clients, gateway, rest.bearer(), this::stream)) {
      settle(ingestion);
      BlockEvents events = new BlockEvents(open.readers());
      double rate = ingestion.block();
      awaitEvents(open, events);
      shown.add(open.readers(), events);
      return rate;
    }
  }

  /**
   * Waits until every stream has brought something of the block. Those that do not are counted.
   *
   * @throws IOException if a stream was lost
   */
  private void awaitEvents(LiveClients open, BlockEvents events)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.parse(interval).plus(GRACE).toNanos();
    while (events.silent() > 0 && System.nanoTime() < end) {
      open.check();
      Await.pause();
    }
    open.check();
  }

  /** Each client watches one machine. */
  private String stream(int client) {
    return "/api/v1/live?interval=%s&equipment=%s"
        .formatted(interval, TAGS.machine(client % TAGS.machines()));
  }

  /** A value of every tag lets the platform notice readers that have gone; then it has calm. */
  private void settle(Ingestion ingestion) throws IOException, InterruptedException {
    Duration calm = Duration.parse(interval).plusSeconds(1);
    ingestion.touch();
    Thread.sleep(calm);
    ingestion.touch();
    Thread.sleep(calm);
  }

  private Map<String, Object> json(List<Pair> pairs, Shown shown) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "live");
    json.put("clients", clients);
    json.put("slowdown_percent", Math.round(slowdown(pairs) * 10) / 10.0);
    json.put("blocks", pairs.size());
    json.put("rows_per_s_with", tenths(Spread.of(pairs.stream().map(Pair::with).toList())));
    json.put("rows_per_s_without", tenths(Spread.of(pairs.stream().map(Pair::without).toList())));
    json.put(
        "slowdowns", pairs.stream().map(p -> Math.round(p.slowdownPercent() * 10) / 10.0).toList());
    json.put("samples_per_block", samples / SAMPLES_PER_ROUND * SAMPLES_PER_ROUND);
    json.put("tags", TAGS.count());
    json.put("interval", interval);
    json.put("through", "api-gateway");
    json.put("events", shown.events);
    json.put("values", shown.values);
    json.put("skipped", shown.skipped);
    json.put("fewest_events_of_a_client", shown.fewestEvents);
    json.put("fewest_events_in_a_block", shown.fewestInBlock);
    json.put("silent_streams", shown.silent);
    return json;
  }

  private static double tenths(Spread spread) {
    return Math.round(spread.at(0.5) * 10) / 10.0;
  }

  private static void keep(Path dir, List<Pair> pairs, Standalone plant) throws IOException {
    StringBuilder text = new StringBuilder("with\twithout\n");
    pairs.forEach(
        pair -> text.append(pair.with()).append('\t').append(pair.without()).append('\n'));
    Files.writeString(dir.resolve("blocks.tsv"), text);
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("addresses", plant.addresses());
    access.put(
        "postgres_reader", plant.credentials().path("postgres").path("users").path("reader"));
    access.put("jvm_options", Standalone.JVM_OPTIONS);
    Files.writeString(dir.resolve("access.json"), Json.line(access) + "\n");
  }
}
