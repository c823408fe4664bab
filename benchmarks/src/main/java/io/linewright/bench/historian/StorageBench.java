package io.linewright.bench.historian;

import io.linewright.bench.load.PlantDay;
import io.linewright.bench.load.SampleEncoder;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Json;
import io.linewright.bench.trip.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench storage}: what a sample takes on disk, before and after its day is compressed. */
@Command(
    name = "storage",
    description =
        "Bytes per sample with its index, and again when the historian has compressed the day,"
            + " which only TimescaleDB does.",
    mixinStandardHelpOptions = true)
public final class StorageBench implements Callable<Integer> {

  private static final int MACHINES = 5;
  private static final int DAYS_AGO = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long DAY_MICROS = 86_400_000_000L;

  /** Of the rows come from the noisy tags, about. */
  private static final double NOISY_SHARE = 0.8;

  private static final int NOISY_TAGS = 6;

  private static final String PLAIN =
      "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('ingest.sample')";
  private static final String EXTENSION_IN =
      "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n"
          + " ON n.oid = e.extnamespace WHERE e.extname = 'timescaledb'";
  private static final String COUNT = "SELECT count(*) FROM ingest.sample";
  private static final String UNCOMPRESSED =
      "SELECT count(*) FROM timescaledb_information.chunks"
          + " WHERE hypertable_schema = 'ingest' AND NOT is_compressed AND range_start < '%s'";

  @Option(names = "--samples", description = "How many, about (default: ${DEFAULT-VALUE}).")
  private long samples = 2_000_000;

  @Option(names = "--seed", description = "Seed of times and values (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private HistorianRig.Outside outside = new HistorianRig.Outside();

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;
  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws Exception {
    var day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(DAYS_AGO);
    long begin = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    KnownSamples known = new KnownSamples(MACHINES, begin);
    try (RunDirectory.Place place = directory.open("storage");
        HistorianRig rig = HistorianRig.start(place.path(), outside, List.of());
        Connection connection = rig.connect()) {
      rig.reset(true);
      int[] tagIds = register(rig, known, connection);
      long readings = Math.max(2, Math.round(samples * NOISY_SHARE / MACHINES / NOISY_TAGS));
      PlantDay plantDay = new PlantDay(MACHINES, begin, DAY_MICROS / readings, seed);
      copy(connection, plantDay, tagIds);
      run(connection, "VACUUM (ANALYZE) ingest.sample");
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bench", "storage");
      json.put("database", rig.database());
      long rows = number(connection, COUNT);
      json.put("samples", rows);
      json.put("tags", known.tags());
      json.put("step_ms", DAY_MICROS / readings / 1_000);
      json.put("commits", plantDay.commits());
      json.put("seed", seed);
      boolean timescale = rig.database().endsWith("timescale");
      String size = timescale ? ofHypertable(connection) : PLAIN;
      long before = number(connection, size);
      json.put("bytes_per_sample", tenths(before, rows));
      if (timescale) {
        compress(rig, connection, UNCOMPRESSED.formatted(day.plusDays(1)));
        long after = number(connection, size);
        json.put("compressed_bytes_per_sample", tenths(after, rows));
        json.put("ratio", tenths(before, after));
        long left = number(connection, COUNT);
        if (left != rows) {
          throw new IOException("%d samples before compression, %d after it".formatted(rows, left));
        }
      }
      if (place.evidence().isPresent()) {
        Path file = place.evidence().get().resolve("storage.json");
        Files.writeString(file, Json.line(json) + "\n");
      }
      out.println(Json.line(json));
      return 0;
    }
  }

  /** Has the historian make its tables, register the tags and make room for the day. */
  private static int[] register(HistorianRig rig, KnownSamples known, Connection connection)
      throws Exception {
    try (var historian =
        rig.startHistorian(List.of("--linewright.ingest.retention.compress-after=0d"))) {
      rig.awaitTopic(historian);
      FilledTopic topic =
          FilledTopic.fill(rig.plant().kafka("admin"), known, 0, 1, 0, new Random(1));
      int[] ids = rig.awaitTags(known, historian);
      // Tags are there before their samples; what is left in Kafka would be stored later, and be
      // taken for a sample too many.
      await(
          () -> number(connection, COUNT) == topic.samples(),
          "the first samples to be stored; see " + historian.log());
      return ids;
    }
  }

  private static void copy(Connection connection, PlantDay day, int[] tagIds) throws SQLException {
    SampleEncoder rows = new SampleEncoder(connection);
    day.write(
        (tag, micros, value, gatewayMicros, ingestMicros) ->
            rows.row(tagIds[tag], micros, value, gatewayMicros, ingestMicros));
    rows.end();
  }

  private void compress(HistorianRig rig, Connection connection, String uncompressed)
      throws Exception {
    long from = System.nanoTime();
    try (JavaProcess historian =
        rig.startHistorian(
            List.of(
                "--linewright.ingest.retention.compress-after=1d",
                "--linewright.ingest.retention.interval=1s"))) {
      await(
          () -> number(connection, uncompressed) == 0,
          "the day to be compressed; see " + historian.log());
    }
    out.printf("compressed after %d s%n", (System.nanoTime() - from) / 1_000_000_000);
  }

  /** A question to the database. */
  private interface Asked {
    boolean answer() throws SQLException;
  }

  private static void await(Asked asked, String what) throws Exception {
    Await.until(
        () -> {
          try {
            return asked.answer();
          } catch (SQLException failed) {
            throw new IOException(failed);
          }
        },
        PATIENCE,
        what);
  }

  private static String ofHypertable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(EXTENSION_IN)) {
      row.next();
      return "SELECT %s.hypertable_size('ingest.sample')".formatted(row.getString(1));
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static double tenths(long part, long of) {
    return Math.round(10.0 * part / of) / 10.0;
  }
}
