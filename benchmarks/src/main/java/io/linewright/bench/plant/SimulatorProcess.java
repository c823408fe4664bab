package io.linewright.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulated plant in a process of its own. */
public final class SimulatorProcess implements AutoCloseable {

  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private final JavaProcess process;
  private final Path directory;

  private SimulatorProcess(JavaProcess process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * Starts the simulator and waits until it has written the gateway file.
   *
   * @param place directory of the run
   * @param plant plant file, {@code demo} or {@code load}
   * @param options further options
   */
  public static SimulatorProcess start(
      Programs programs, Path place, String plant, long seed, List<String> options)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(place.resolve("simulator"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--plant",
                plant,
                "--opcua-port",
                "0",
                "--modbus-port",
                "0",
                "--data-dir",
                directory.toString(),
                "--truth",
                directory.resolve("truth.tsv").toString(),
                "--seed",
                Long.toString(seed),
                "--wait-for-gateway=240s",
                "--write-edge-file",
                directory.resolve("edge.yaml").toString()));
    arguments.addAll(options);
    JavaProcess process =
        JavaProcess.start(
            "simulator",
            programs.of(Programs.Program.SIMULATOR),
            JVM,
            arguments,
            Map.of(),
            directory);
    SimulatorProcess simulator = new SimulatorProcess(process, directory);
    Await.until(
        () -> Files.exists(simulator.edgeFile()) || !process.isAlive(),
        Duration.ofMinutes(1),
        "the simulator; see " + process.log());
    if (!process.isAlive()) {
      throw new IOException("the simulator ended; see " + process.log());
    }
    return simulator;
  }

  /** The gateway file that it wrote. */
  public Path edgeFile() {
    return directory.resolve("edge.yaml");
  }

  /** Its log of what it did. */
  public Path truth() {
    return directory.resolve("truth.tsv");
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to let the values stand still (SIGTERM would stop the servers too). */
  public void rest() throws IOException {
    Files.createFile(directory.resolve("rest"));
  }

  @Override
  public void close() {
    process.close();
  }
}
