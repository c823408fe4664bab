package io.linewright.bench.historian;

import io.linewright.bench.edgefault.rig.Signals;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.ProcessMemory;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Broker, database and two instances of the historian, each to be killed alone. Broker and database
 * are two platforms of which one part is used each, so that they share no process.
 */
final class FaultSite implements AutoCloseable {

  static final int INSTANCES = 2;

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration GONE = Duration.ofSeconds(30);

  /** Within which the database answers a quick question, or is taken to be away. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Programs programs;
  private final Path place;
  private final String kafkaAddress;
  private final String databaseUrl;
  private final List<JavaProcess> historians = new ArrayList<>();
  private String lastRefusal = "";
  private Standalone broker;
  private Standalone database;

  FaultSite(Programs programs, Path place) throws IOException, InterruptedException {
    this.programs = programs;
    this.place = place;
    this.broker = start("broker", List.of());
    this.kafkaAddress = broker.addresses().path("kafka").asString();
    try {
      this.database = start("database", List.of());
    } catch (IOException | InterruptedException | RuntimeException failed) {
      broker.close();
      throw failed;
    }
    this.databaseUrl = database.addresses().path("postgres").asString();
    try {
      for (int instance = 0; instance < INSTANCES; instance++) {
        historians.add(startHistorian(instance));
      }
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private Standalone start(String part, List<String> ports)
      throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of("--no-simulator", "--services", "none", "--instances", "ingest=" + INSTANCES));
    options.addAll(ports);
    return Standalone.start(programs, place.resolve(part), options, START);
  }

  private JavaProcess startHistorian(int instance) throws IOException {
    String name = instance == 0 ? "ingest" : "ingest-" + (instance + 1);
    var login = database.credentials().path("postgres").path("users").path("ingest");
    return JavaProcess.start(
        name,
        programs.of(Programs.Program.INGEST_SERVICE),
        HistorianRig.JVM,
        List.of(
            "--spring.config.additional-location=file:"
                + broker.data().resolve("config").resolve(name + ".properties"),
            "--spring.datasource.url=" + databaseUrl,
            "--spring.datasource.username=" + login.path("username").asString(),
            "--spring.datasource.password=" + login.path("password").asString()),
        Map.of(),
        place.resolve("logs"));
  }

  Map<String, Object> kafka() {
    return broker.kafka("admin");
  }

  /** A connection with the historian's rights; each answer must begin within five minutes. */
  Connection connect() throws SQLException {
    return connect(Duration.ofMinutes(5));
  }

  private Connection connect(Duration patience) throws SQLException {
    var login = database.credentials().path("postgres").path("users").path("ingest");
    Properties properties = new Properties();
    properties.setProperty("user", login.path("username").asString());
    properties.setProperty("password", login.path("password").asString());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
    return DriverManager.getConnection(databaseUrl, properties);
  }

  /**
   * How many samples and unreadable records all instances have dealt with; -1 while the database
   * does not say.
   */
  long handled() {
    try (Connection connection = connect(LOOK)) {
      return HistorianRig.handled(connection);
    } catch (SQLException away) {
      lastRefusal = ", the database last said: " + away.getMessage();
      return -1;
    }
  }

  /** What is there now, for a wait that was in vain. */
  String state() {
    long handled = handled();
    return "%s handled%s; see %s"
        .formatted(
            handled < 0 ? "it is not known how many are" : "%,d are".formatted(handled),
            lastRefusal,
            logs());
  }

  /** What the books of both lanes say in sum: in, out, duplicates, set aside. */
  long[] books() throws SQLException {
    try (Connection connection = connect(LOOK);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sum(\"in\"), sum(\"out\"), sum(duplicates), sum(set_aside)"
                    + " FROM ingest.stage_counter WHERE "
                    + HistorianRig.OF_SAMPLES)) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)};
    }
  }

  void killHistorian(int instance, Duration dead) throws IOException, InterruptedException {
    historians.get(instance).kill();
    Thread.sleep(dead);
    historians.set(instance, startHistorian(instance));
  }

  /**
   * Stops an instance where it is for so long that the other one takes over, then lets it go on.
   */
  void freezeHistorian(int instance, Duration frozen) throws IOException, InterruptedException {
    long pid = historians.get(instance).pid();
    Signals.stop(pid);
    try {
      Thread.sleep(frozen);
    } finally {
      Signals.resume(pid);
    }
  }

  void killBroker(Duration dead) throws IOException, InterruptedException {
    kill(broker);
    Thread.sleep(dead);
    int port = URI.create("kafka://" + kafkaAddress).getPort();
    broker = start("broker", List.of("--kafka-port", Integer.toString(port)));
  }

  void killDatabase(Duration dead) throws IOException, InterruptedException {
    kill(database);
    Thread.sleep(dead);
    int port = URI.create(databaseUrl.substring("jdbc:".length())).getPort();
    database = start("database", List.of("--postgres-port", Integer.toString(port)));
  }

  /** The Java VM, and PostgreSQL with all its processes: none of them has time for a word. */
  private static void kill(Standalone platform) throws IOException, InterruptedException {
    platform.process().kill();
    Optional<ProcessHandle> postmaster =
        ProcessMemory.fromPidFile(platform.data().resolve("postgres/data/postmaster.pid"))
            .flatMap(ProcessHandle::of);
    if (postmaster.isEmpty()) {
      throw new IOException("there is no PostgreSQL to kill below " + platform.data());
    }
    // Where it stands, it makes no more processes that nobody would know of.
    Signals.stop(postmaster.get().pid());
    List<ProcessHandle> all = new ArrayList<>(postmaster.get().children().toList());
    all.add(postmaster.get());
    all.forEach(ProcessHandle::destroyForcibly);
    Await.until(
        () -> all.stream().allMatch(FaultSite::hasEnded),
        GONE,
        () ->
            "PostgreSQL to be gone after SIGKILL, these are there: "
                + all.stream().filter(one -> !hasEnded(one)).map(ProcessHandle::pid).toList());
  }

  /**
   * Whether a process has ended, also if its new parent has not asked for its end: ProcessHandle
   * takes such a zombie for alive, and would wait for it as long as the parent lives.
   */
  private static boolean hasEnded(ProcessHandle process) {
    if (!process.isAlive()) {
      return true;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // pid (name) state …; the name may have anything in it.
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException gone) {
      return !process.isAlive();
    }
  }

  /**
   * Checks that nothing has ended that nobody killed.
   *
   * @throws IOException if something has
   */
  void requireAlive() throws IOException {
    List<JavaProcess> all = new ArrayList<>(historians);
    all.addAll(List.of(broker.process(), database.process()));
    for (JavaProcess process : all) {
      if (!process.isAlive()) {
        throw new IOException(process.name() + " ended by itself; see " + process.log());
      }
    }
  }

  /** Files that tell what happened. */
  Path logs() {
    return place.resolve("logs");
  }

  Standalone databasePlatform() {
    return database;
  }

  @Override
  public void close() {
    for (JavaProcess historian : historians) {
      historian.close();
    }
    broker.close();
    database.close();
  }
}
