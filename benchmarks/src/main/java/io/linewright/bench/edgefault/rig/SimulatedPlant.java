package io.linewright.bench.edgefault.rig;

import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The simulated plant, which may be started again and again: each time with a log of its own and
 * another seed, on free ports, with the identity of before unless a new one is wanted.
 */
public final class SimulatedPlant implements AutoCloseable {

  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED");
  private static final Duration START = Duration.ofMinutes(2);

  private final Programs programs;
  private final Path directory;
  private final long seed;
  private final double speed;
  private final List<Path> truths = new ArrayList<>();
  private JavaProcess process;
  private JsonNode ready;

  /**
   * Starts it for the first time: it waits with its first change for the gateway.
   *
   * @param speed simulated seconds per second
   */
  public SimulatedPlant(Programs programs, Path directory, long seed, double speed)
      throws IOException, InterruptedException {
    this.programs = programs;
    this.directory = Files.createDirectories(directory);
    this.seed = seed;
    this.speed = speed;
    this.process = launch(List.of("--wait-for-gateway=300s"));
    this.ready = awaitReady();
  }

  /** Starts it again; the one before must have ended. */
  public void start() throws IOException, InterruptedException {
    process = launch(List.of());
    ready = awaitReady();
  }

  private JavaProcess launch(List<String> more) throws IOException {
    int run = truths.size();
    truths.add(directory.resolve("truth-" + run + ".tsv"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--plant",
                "demo",
                "--data-dir",
                directory.toString(),
                "--truth",
                truths.getLast().toString(),
                "--truth-at-once",
                "--seed",
                Long.toString(seed * 1000 + run),
                "--speed",
                Double.toString(speed),
                "--register-patience",
                "60m",
                "--write-edge-file",
                edgeFile().toString()));
    arguments.addAll(more);
    return JavaProcess.start(
        "simulator-" + run,
        programs.of(Programs.Program.SIMULATOR),
        JVM,
        arguments,
        Map.of(),
        directory.resolve("logs"));
  }

  private JsonNode awaitReady() throws IOException, InterruptedException {
    Await.until(
        () -> !process.isAlive() || line().isPresent(), START, "the plant; see " + process.log());
    return Json.parse(
        line().orElseThrow(() -> new IOException("the plant ended; see " + process.log())));
  }

  private java.util.Optional<String> line() throws IOException {
    return Files.readAllLines(process.log()).stream()
        .filter(line -> line.startsWith("ready {"))
        .map(line -> line.substring("ready ".length()))
        .findFirst();
  }

  /** The gateway file that it wrote. */
  public Path edgeFile() {
    return directory.resolve("edge.yaml");
  }

  /** Its certificate, for the gateway to trust. */
  public Path certificate() {
    return directory.resolve("trusted").resolve("plant-simulator.der");
  }

  public int opcUaPort() {
    return ready.path("opcua_port").asInt();
  }

  public int modbusPort() {
    return ready.path("modbus_port").asInt();
  }

  public JavaProcess process() {
    return process;
  }

  /** Forgets key and certificate: the next start has others. */
  public void forgetIdentity() throws IOException {
    Files.deleteIfExists(directory.resolve("server.p12"));
  }

  /** Lets the values stand still; the servers go on. */
  public void rest() throws IOException {
    Files.createFile(directory.resolve("rest"));
  }

  /** Its logs, one for each start. */
  public List<Path> truths() {
    return List.copyOf(truths);
  }

  /** All logs as one: observed by the first, ended by the last. */
  public TruthFile truth() throws IOException {
    OptionalLong observed = OptionalLong.empty();
    OptionalLong ended = OptionalLong.empty();
    Map<String, List<TruthLine>> lines = new LinkedHashMap<>();
    for (Path file : truths) {
      TruthFile part = TruthFile.read(file);
      observed = observed.isPresent() ? observed : part.observedMicros();
      ended = part.endedMicros();
      part.lines()
          .forEach((tag, more) -> lines.computeIfAbsent(tag, t -> new ArrayList<>()).addAll(more));
    }
    return new TruthFile(observed, ended, lines);
  }

  @Override
  public void close() {
    process.close();
  }
}
