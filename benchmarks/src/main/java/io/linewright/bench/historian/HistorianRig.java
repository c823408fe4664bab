package io.linewright.bench.historian;

import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Standalone;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Kafka, PostgreSQL and the historian, each in a process of its own; nothing else of the platform
 * runs.
 */
final class HistorianRig implements AutoCloseable {

  /** As the container image starts a service; its share of the memory is fixed. */
  static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  /** The books of both lanes of samples, a condition of SQL. */
  static final String OF_SAMPLES = "stage IN ('ingest.telemetry', 'ingest.telemetry-backfill')";

  /** Which database is used; options that benches share. */
  static final class Outside {

    @Option(
        names = "--jdbc-url",
        description =
            "A database outside, with rights to create in it; its schema 'ingest' must hold nothing"
                + " but a bench's (default: the platform's own PostgreSQL).")
    private @Nullable String url;

    @Option(names = "--jdbc-user", description = "Its user.")
    private String user = "";

    @Option(names = "--jdbc-password", description = "Its password.")
    private String password = "";

    /** Whether there is none: the platform's own is used. */
    boolean isNone() {
      return url == null;
    }
  }

  private final Programs programs;
  private final Standalone plant;
  private final Outside outside;
  private final List<String> jvmOptions;

  private HistorianRig(Programs programs, Standalone plant, Outside outside, List<String> more) {
    this.programs = programs;
    this.plant = plant;
    this.outside = outside;
    this.jvmOptions = new ArrayList<>(JVM);
    this.jvmOptions.addAll(more);
  }

  /**
   * Starts Kafka and PostgreSQL.
   *
   * @param more options for the historian's Java VM
   */
  static HistorianRig start(Path place, Outside outside, List<String> more)
      throws IOException, InterruptedException, SQLException {
    Programs programs = Programs.built();
    Standalone plant =
        Standalone.start(
            programs,
            place.resolve("data"),
            List.of("--no-simulator", "--services", "none"),
            Duration.ofMinutes(3));
    HistorianRig rig = new HistorianRig(programs, plant, outside, more);
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit")) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
          row.next();
          if (!row.getString(1).equals("on")) {
            throw new IOException(setting + " is " + row.getString(1) + ", it must be on");
          }
        }
      }
    } catch (IOException | SQLException | RuntimeException unfit) {
      plant.close();
      throw unfit;
    }
    return rig;
  }

  Standalone plant() {
    return plant;
  }

  /** A connection with the historian's own rights. */
  Connection connect() throws SQLException {
    if (outside.url != null) {
      return DriverManager.getConnection(outside.url, outside.user, outside.password);
    }
    return connect("ingest");
  }

  private Connection connect(String user) throws SQLException {
    var login = plant.credentials().path("postgres").path("users").path(user);
    return DriverManager.getConnection(
        plant.addresses().path("postgres").asString(),
        login.path("username").asString(),
        login.path("password").asString());
  }

  /** The historian, started. */
  JavaProcess startHistorian() throws IOException {
    return startHistorian(List.of());
  }

  /** The same with further arguments. */
  JavaProcess startHistorian(List<String> more) throws IOException {
    List<String> arguments = new ArrayList<>(more);
    arguments.add(
        "--spring.config.additional-location=file:"
            + plant.data().resolve("config").resolve("ingest.properties"));
    if (outside.url != null) {
      arguments.add("--spring.datasource.url=" + outside.url);
      arguments.add("--spring.datasource.username=" + outside.user);
      arguments.add("--spring.datasource.password=" + outside.password);
    }
    return JavaProcess.start(
        "ingest",
        programs.of(Programs.Program.INGEST_SERVICE),
        jvmOptions,
        arguments,
        Map.of(),
        plant.data().resolve("logs"));
  }

  /** Waits until the historian has made its tables and waits for samples. */
  void awaitTopic(JavaProcess historian) throws IOException, InterruptedException {
    Await.until(
        () -> {
          requireAlive(historian);
          try (Connection connection = connect()) {
            return number(
                        connection,
                        "SELECT CASE WHEN to_regclass('ingest.consumer_offset') IS NULL THEN 0"
                            + " ELSE 1 END")
                    == 1
                && assigned(connection);
          } catch (SQLException notYet) {
            return false;
          }
        },
        Duration.ofMinutes(3),
        "the historian to be ready; see " + historian.log());
  }

  private static void requireAlive(JavaProcess historian) throws IOException {
    if (!historian.isAlive()) {
      throw new IOException("the historian ended; see " + historian.log());
    }
  }

  /**
   * Numbers of the tags, once the historian has registered them all.
   *
   * @throws IOException if the historian ends or does not register them in time
   */
  int[] awaitTags(KnownSamples known, JavaProcess historian)
      throws IOException, InterruptedException, SQLException {
    int[] ids = new int[known.tags()];
    Await.until(
        () -> {
          requireAlive(historian);
          return readTags(known, ids) == ids.length;
        },
        Duration.ofMinutes(3),
        "the tags to be registered; see " + historian.log());
    return ids;
  }

  private int readTags(KnownSamples known, int[] ids) throws IOException {
    int found = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet exists = statement.executeQuery("SELECT to_regclass('ingest.tag') IS NOT NULL")) {
      exists.next();
      if (!exists.getBoolean(1)) {
        return 0;
      }
      try (PreparedStatement query =
          connection.prepareStatement("SELECT id FROM ingest.tag WHERE path = ? AND name = ?")) {
        for (int tag = 0; tag < ids.length; tag++) {
          query.setString(1, known.path(tag / KnownSamples.TAGS));
          query.setString(2, KnownSamples.name(tag));
          try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
              return found;
            }
            ids[tag] = row.getInt(1);
            found++;
          }
        }
      }
      return found;
    } catch (SQLException notYet) {
      throw new IOException("cannot read the tags: " + notYet.getMessage(), notYet);
    }
  }

  /**
   * Forgets how far the topic has been read; the historian must not run.
   *
   * @param samples whether the samples and what is computed of them are deleted, too
   */
  void reset(boolean samples) throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet exists =
          statement.executeQuery("SELECT to_regclass('ingest.sample') IS NOT NULL")) {
        exists.next();
        if (!exists.getBoolean(1)) {
          return;
        }
      }
      try (ResultSet foreign =
          statement.executeQuery(
              "SELECT 1 FROM ingest.tag WHERE NOT starts_with(path, 'bench/') LIMIT 1")) {
        if (foreign.next()) {
          throw new IOException(
              "the database has tags of a real plant: the bench deletes samples and refuses");
        }
      }
      statement.execute(
          "DELETE FROM ingest.consumer_offset WHERE topic = '" + Topic.TELEMETRY.topicName() + "'");
      statement.execute("DELETE FROM ingest.stage_counter");
      if (samples) {
        forgetSamples(statement);
      }
    }
    checkpoint();
  }

  /** With what was computed of them, or is to be: no run works for the one before. */
  static void forgetSamples(Statement statement) throws SQLException {
    statement.execute(
        "TRUNCATE ingest.sample, ingest.last_value, ingest.rollup_dirty, ingest.rollup_minute,"
            + " ingest.rollup_hour, ingest.rollup_day, ingest.rollup_mismatch, ingest.rollup_pass");
    statement.execute("INSERT INTO ingest.rollup_pass DEFAULT VALUES");
  }

  /** So that no run pays for the pages that the one before has changed. */
  private void checkpoint() throws SQLException {
    try (Connection connection = outside.url == null ? connect("owner") : connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  /** How many samples the historian has dealt with since the reset. */
  static long handled(Connection connection) throws SQLException {
    return number(
        connection,
        "SELECT coalesce(sum(\"in\"), 0) FROM ingest.stage_counter WHERE " + OF_SAMPLES);
  }

  /** Whether the historian has asked where to begin. */
  static boolean assigned(Connection connection) throws SQLException {
    return number(
            connection,
            "SELECT count(*) FROM ingest.consumer_offset WHERE topic = '"
                + Topic.TELEMETRY.topicName()
                + "'")
        > 0;
  }

  /** When the last samples were committed; empty if the database does not keep commit times. */
  static Optional<Instant> lastCommit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("SHOW track_commit_timestamp")) {
        row.next();
        if (!row.getString(1).equals("on")) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT max(pg_xact_commit_timestamp(xmin)) FROM ingest.stage_counter WHERE "
                  + OF_SAMPLES)) {
        row.next();
        return Optional.of(row.getObject(1, OffsetDateTime.class).toInstant());
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Version of the database and the storage it uses. */
  String database() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 'PostgreSQL ' || current_setting('server_version') || ', storage '"
                    + " || (SELECT flavour FROM ingest.series_storage)")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    plant.close();
  }
}
