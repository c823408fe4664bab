package io.linewright.bench.query;

import io.linewright.bench.load.SampleEncoder;
import io.linewright.bench.load.StoredCount;
import io.linewright.bench.load.Traffic;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Standalone;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Fills the table of samples by COPY, as its owner. The historian itself registers the tags and
 * makes room for the days: a sample of each tag and day goes through Kafka before.
 */
final class History implements AutoCloseable {

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration ROLL_UP_PATIENCE = Duration.ofMinutes(30);
  private static final long GATEWAY_AFTER_MICROS = 50_000;
  private static final long INGEST_AFTER_MICROS = 200_000;

  /** Marks of all that the plan loads, each within a day; level 0 counts minutes since 1970. */
  private static final String MARK =
      """
      INSERT INTO ingest.rollup_dirty (level, tag_id, from_bucket, to_bucket, epoch)
      SELECT 0, t.id, greatest(day * 1440, %1$d), least((day + 1) * 1440, %2$d), 0
      FROM ingest.tag t, generate_series(%1$d / 1440, (%2$d - 1) / 1440) day
      """;

  /** Marks of buckets that ended before the plan did; those of open buckets stay. */
  private static final String ROLLED_UP =
      """
      SELECT NOT EXISTS (SELECT FROM ingest.rollup_dirty WHERE to_bucket <=
        %1$d / CASE level WHEN 0 THEN 1 WHEN 1 THEN 60 ELSE 1440 END)
      """;

  private final HistoryPlan plan;
  private final long seed;
  private final Connection connection;
  private final int[] tagIds;

  private History(HistoryPlan plan, long seed, Connection connection) throws SQLException {
    this.plan = plan;
    this.seed = seed;
    this.connection = connection;
    this.tagIds = tagIds();
  }

  /** Lets the historian register all tags and make room for all days. */
  static History prepare(
      HistoryPlan plan, long seed, Standalone plant, Traffic traffic, StoredCount stored)
      throws IOException, InterruptedException, SQLException {
    long before = stored.now();
    long samples = 0;
    long from = micros(plan.from());
    for (int day = 0; day <= HistoryPlan.DAYS; day++) {
      // The last microsecond before and of each 24 hours: no sample of the plan lies there.
      Traffic.Burst burst =
          traffic.burst(Topic.TELEMETRY_BACKFILL, 1, 1, from + day * DAY_MICROS - 1, 1);
      traffic.send(burst);
      samples += burst.samples();
    }
    traffic.flush();
    stored.await(before + samples, PATIENCE);
    JsonNode owner = plant.credentials().path("postgres").path("users").path("ingest");
    Connection connection =
        DriverManager.getConnection(
            plant.addresses().path("postgres").asString(),
            owner.path("username").asString(),
            owner.path("password").asString());
    return new History(plan, seed, connection);
  }

  /**
   * Loads all rows, then lets the database count and clean them as autovacuum would.
   *
   * @return how many rows there are
   */
  long load(PrintStream out) throws SQLException {
    long rows = 0;
    long began = System.nanoTime();
    for (int day = 0; day < HistoryPlan.DAYS; day++) {
      rows += load(day);
      if (day % 5 == 4) {
        out.printf(
            "loaded %d of %d days, %,d rows, %d s%n",
            day + 1, HistoryPlan.DAYS, rows, (System.nanoTime() - began) / 1_000_000_000);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM (ANALYZE) ingest.sample");
      try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ingest.sample")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Marks what was loaded as not rolled up, which the historian does itself for what it stores, and
   * waits until the roll-ups of all buckets that are over follow. A database without roll-ups has
   * nothing to wait for.
   */
  void awaitRollUps(PrintStream out) throws SQLException, IOException, InterruptedException {
    if (!exists("ingest.rollup_dirty")) {
      out.println("there are no roll-ups");
      return;
    }
    long began = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(MARK.formatted(minute(plan.from()), minute(plan.until())));
    }
    Await.until(this::rolledUp, ROLL_UP_PATIENCE, "the roll-ups of what was loaded");
    out.printf("rolled up in %d s%n", (System.nanoTime() - began) / 1_000_000_000);
  }

  private boolean rolledUp() throws IOException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROLLED_UP.formatted(minute(plan.until())))) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException failed) {
      throw new IOException("the marks of the roll-ups cannot be read", failed);
    }
  }

  /** The connection, for questions of the owner. */
  Connection connection() {
    return connection;
  }

  /** Numbers of the tags in the registry, in the order of the plan. */
  int[] tags() {
    return tagIds.clone();
  }

  /** Bytes of the table of samples with its indexes. */
  long bytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(sum(pg_total_relation_size(relid)), 0)"
                    + " FROM pg_partition_tree('ingest.sample')")) {
      row.next();
      return row.getLong(1);
    }
  }

  private long load(int day) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed + day);
    long begin = micros(plan.from()) + day * DAY_MICROS;
    long end = begin + DAY_MICROS;
    long fastFrom = Math.max(begin, micros(plan.fastFrom()));
    SampleEncoder rows = new SampleEncoder(connection);
    long step = plan.stepMicros();
    long spread = step / (2L * tagIds.length);
    // The grid goes through all days, so that a step need not divide a day.
    long first = Math.floorDiv(begin - micros(plan.from()) + step - 1, step);
    for (long at = micros(plan.from()) + first * step; at < end; at += step) {
      for (int tag = 0; tag < tagIds.length; tag++) {
        long time = at + tag * spread;
        if (time < end - 1 && (tag >= HistoryPlan.FAST_TAGS || time < fastFrom)) {
          put(rows, tag, time, random);
        }
      }
    }
    for (long at = fastFrom; at < end; at += 1_000_000) {
      for (int tag = 0; tag < HistoryPlan.FAST_TAGS; tag++) {
        put(rows, tag, at, random);
      }
    }
    return rows.end();
  }

  private void put(SampleEncoder rows, int tag, long micros, SplittableRandom random)
      throws SQLException {
    double wave = 10 * Math.sin(micros / 600e6 + tag);
    double value = Math.round((50 + wave + random.nextDouble(-2, 2)) * 1000) / 1000.0;
    rows.row(
        tagIds[tag],
        micros,
        SampleValue.of(value),
        micros + GATEWAY_AFTER_MICROS,
        micros + INGEST_AFTER_MICROS);
  }

  private int[] tagIds() throws SQLException {
    Map<String, Integer> byKey = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT path || '#' || name, id FROM ingest.tag")) {
      while (row.next()) {
        byKey.put(row.getString(1), row.getInt(2));
      }
    }
    return plan.tags().keys().stream().mapToInt(key -> id(byKey, key)).toArray();
  }

  private static int id(Map<String, Integer> byKey, String key) {
    Integer id = byKey.get(key);
    if (id == null) {
      throw new IllegalStateException("the historian has not registered " + key);
    }
    return id;
  }

  private boolean exists(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static long minute(Instant time) {
    return time.getEpochSecond() / 60;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
