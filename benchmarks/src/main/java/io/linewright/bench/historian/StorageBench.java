package io.linewright.bench.historian;

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

  /**
   * Of each machine's 20 tags: 8 slow values with a resolution of 0.1 (temperatures), 6 noisy ones
   * of 0.01 (currents), 3 counters, 3 states. All are doubles, so that one column is filled.
   */
  private static final String ROWS =
      """
      INSERT INTO ingest.sample (tag_id, source_time, ordinal, status, number, gateway_time, ingest_time)
      SELECT t.id, at, 0, 0,
        CASE WHEN t.number < 8 THEN round((60 + 8 * sin(k / 900.0 + t.id))::numeric, 1)
             WHEN t.number < 14 THEN round((12 + sin(k / 60.0) + random())::numeric, 2)
             WHEN t.number < 17 THEN k / (5 + t.number)
             ELSE (k / (300 + 20 * t.number)) %% 5 END,
        at + interval '50 milliseconds', at + interval '200 milliseconds'
      FROM generate_series(1, %d) k
      CROSS JOIN LATERAL (
        SELECT timestamptz '%s 00:00:00+00' + k * interval '%d microseconds' AS at) time
      CROSS JOIN (SELECT id, right(name, 2)::int AS number FROM ingest.tag) t
      ORDER BY k
      """;

  private static final String PLAIN =
      "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('ingest.sample')";
  private static final String EXTENSION_IN =
      "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n"
          + " ON n.oid = e.extnamespace WHERE e.extname = 'timescaledb'";
  private static final String UNCOMPRESSED =
      "SELECT count(*) FROM timescaledb_information.chunks"
          + " WHERE hypertable_schema = 'ingest' AND NOT is_compressed AND range_start < '%s'";

  @Option(names = "--samples", description = "How many, about (default: ${DEFAULT-VALUE}).")
  private long samples = 2_000_000;

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
      register(rig, known);
      long each = Math.max(1, samples / known.tags());
      run(connection, ROWS.formatted(each, day, 86_400_000_000L / (each + 1)));
      run(connection, "VACUUM (ANALYZE) ingest.sample");
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bench", "storage");
      json.put("database", rig.database());
      long rows = number(connection, "SELECT count(*) FROM ingest.sample");
      json.put("samples", rows);
      json.put("tags", known.tags());
      boolean timescale = rig.database().endsWith("timescale");
      String size = timescale ? ofHypertable(connection) : PLAIN;
      long before = number(connection, size);
      json.put("bytes_per_sample", tenths(before, rows));
      if (timescale) {
        compress(rig, connection, UNCOMPRESSED.formatted(day.plusDays(1)));
        long after = number(connection, size);
        json.put("compressed_bytes_per_sample", tenths(after, rows));
        json.put("ratio", tenths(before, after));
        if (number(connection, "SELECT count(*) FROM ingest.sample") != rows) {
          throw new IOException("compression has lost samples");
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
  private static void register(HistorianRig rig, KnownSamples known) throws Exception {
    try (var historian =
        rig.startHistorian(List.of("--linewright.ingest.retention.compress-after=0d"))) {
      rig.awaitTopic(historian);
      FilledTopic.fill(rig.plant().kafka("admin"), known, 0, 1, 0, new Random(1));
      rig.awaitTags(known, historian);
    }
  }

  private void compress(HistorianRig rig, Connection connection, String uncompressed)
      throws Exception {
    long from = System.nanoTime();
    try (JavaProcess historian =
        rig.startHistorian(
            List.of(
                "--linewright.ingest.retention.compress-after=1d",
                "--linewright.ingest.retention.interval=1s"))) {
      Await.until(
          () -> {
            try {
              return number(connection, uncompressed) == 0;
            } catch (SQLException failed) {
              throw new IOException(failed);
            }
          },
          PATIENCE,
          "the day to be compressed; see " + historian.log());
    }
    out.printf("compressed after %d s%n", (System.nanoTime() - from) / 1_000_000_000);
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
