package io.linewright.bench.edgefault.rig;

import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Programs.Program;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Everything that a fault may hit, each in a process of its own: plant, gateway, broker, bridge,
 * and the lines between plant, gateway and broker. Kafka, PostgreSQL and historian stay up.
 */
public final class Rig implements AutoCloseable {

  public static final int OPC_UA = 0;
  public static final int MODBUS = 1;
  public static final int MQTT = 2;

  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");
  private static final Duration START = Duration.ofMinutes(3);

  private final Programs programs;
  private final Path place;
  private final SimulatedPlant plant;
  private final SmallDisk disk;
  private final List<Line> lines = new ArrayList<>();
  private final int brokerPort;
  private final Standalone platform;
  private JavaProcess broker;
  private JavaProcess bridge;
  private JavaProcess edge;

  /**
   * Starts everything.
   *
   * @param random of the lines' stutter
   */
  public Rig(Programs programs, Path place, SimulatedPlant plant, SmallDisk disk, Random random)
      throws IOException, InterruptedException {
    this.programs = programs;
    this.place = place;
    this.plant = plant;
    this.disk = disk;
    this.brokerPort = freePort();
    lines.add(new Line("opcua", plant.opcUaPort(), random));
    lines.add(new Line("modbus", plant.modbusPort(), random));
    lines.add(new Line("mqtt", brokerPort, random));
    Files.createDirectories(trusted());
    trust();
    Path file = writeEdgeFile();
    this.platform =
        Standalone.start(
            programs,
            place.resolve("data"),
            List.of("--no-simulator", "--edge", file.toString(), "--services", "ingest,gateway"),
            START);
    try {
      this.broker = launchBroker();
      awaitBroker();
      this.bridge = launchBridge();
      this.edge = launchEdge();
    } catch (IOException | InterruptedException | RuntimeException failed) {
      platform.close();
      throw failed;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The simulator's file, with the lines for its servers and a trust list of our own. */
  private Path writeEdgeFile() throws IOException {
    String text =
        Files.readString(plant.edgeFile())
            .replaceAll("opc\\.tcp://127\\.0\\.0\\.1:\\d+", "opc.tcp://127.0.0.1:" + port(OPC_UA))
            .replaceAll("port: \\d+, poll", "port: " + port(MODBUS) + ", poll")
            .replaceAll("trust-dir: \"[^\"]*\"", "trust-dir: \"" + trusted() + "\"")
            .replaceAll(
                "password-file: \"([^\"]*)\"",
                "password-file: \"" + plant.edgeFile().getParent() + "/$1\"");
    return Files.writeString(place.resolve("edge.yaml"), text);
  }

  private int port(int line) {
    return lines.get(line).port();
  }

  public Line line(int number) {
    return lines.get(number);
  }

  public SimulatedPlant plant() {
    return plant;
  }

  public SmallDisk disk() {
    return disk;
  }

  public Standalone platform() {
    return platform;
  }

  /** The directory of trusted server certificates. */
  private Path trusted() {
    return place.resolve("pki").resolve("trusted");
  }

  /** The directory in which the gateway leaves what it does not trust. */
  public Path rejected() {
    return place.resolve("pki").resolve("rejected");
  }

  /** Trusts the plant's present certificate, from the beginning. */
  private void trust() throws IOException {
    Files.copy(
        plant.certificate(), trusted().resolve("plant.der"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets every trusted certificate. */
  public void trustNobody() throws IOException {
    for (Path file : files(trusted())) {
      Files.delete(file);
    }
  }

  /** Trusts what was rejected, as a user does: by moving the files. */
  public void trustRejected() throws IOException {
    for (Path file : files(rejected())) {
      Files.move(file, trusted().resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Files in a directory; none if there is no such directory. */
  public static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** Lets the lines lead to where the plant's servers are by now. */
  public void aimAtPlant() {
    lines.get(OPC_UA).target(plant.opcUaPort());
    lines.get(MODBUS).target(plant.modbusPort());
  }

  private JavaProcess launchBroker() throws IOException {
    return start(
        "broker",
        Program.STANDALONE,
        List.of(
            "broker",
            "--users",
            platform.data().resolve("mqtt/conf/credentials").toString(),
            "--data",
            place.resolve("broker").toString(),
            "--port",
            Integer.toString(brokerPort)));
  }

  private void awaitBroker() throws IOException, InterruptedException {
    Await.until(
        () -> {
          require(broker);
          try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        },
        START,
        "the broker; see " + broker.log());
  }

  private JavaProcess launchBridge() throws IOException {
    return start(
        "bridge",
        Program.EDGE_GATEWAY,
        List.of(settings("bridge"), "--linewright.mqtt.url=tcp://127.0.0.1:" + brokerPort));
  }

  private JavaProcess launchEdge() throws IOException {
    return start(
        "edge",
        Program.EDGE_GATEWAY,
        List.of(
            settings("edge"),
            "--linewright.mqtt.url=tcp://127.0.0.1:" + port(MQTT),
            "--linewright.edge.data-dir=" + disk.directory().resolve("edge"),
            "--linewright.fault.clock-offset-file=" + clockFile()));
  }

  private Path clockFile() {
    return place.resolve("edge-clock-offset");
  }

  /** Sets the gateway's clock, within 100 ms. */
  public void setEdgeClockOff(Duration offset) throws IOException {
    Path next = Files.writeString(place.resolve("edge-clock-next"), "" + offset.toMillis());
    Files.move(next, clockFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String settings(String service) {
    return "--spring.config.additional-location=file:"
        + platform.data().resolve("config").resolve(service + ".properties");
  }

  private JavaProcess start(String name, Program program, List<String> arguments)
      throws IOException {
    return JavaProcess.start(
        name, programs.of(program), JVM, arguments, Map.of(), place.resolve("logs"));
  }

  /** SIGKILL and, after a pause, a new start. */
  public void killBroker(Duration dead) throws IOException, InterruptedException {
    broker.kill();
    sleep(dead);
    broker = launchBroker();
    awaitBroker();
  }

  /** SIGKILL and, after a pause, a new start. */
  public void killBridge(Duration dead) throws IOException, InterruptedException {
    bridge.kill();
    sleep(dead);
    bridge = launchBridge();
  }

  /** SIGKILL and, after a pause, a new start. */
  public void killEdge(Duration dead) throws IOException, InterruptedException {
    edge.kill();
    sleep(dead);
    edge = launchEdge();
  }

  /** Pauses the run. */
  public static void sleep(Duration time) throws InterruptedException {
    java.util.concurrent.TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  /**
   * Checks that nothing has ended that nobody killed.
   *
   * @throws IOException if something has
   */
  public void requireAlive() throws IOException {
    for (JavaProcess process : List.of(platform.process(), plant.process(), broker, bridge, edge)) {
      require(process);
    }
  }

  private static void require(JavaProcess process) throws IOException {
    if (!process.isAlive()) {
      throw new IOException(process.name() + " ended by itself; see " + process.log());
    }
  }

  @Override
  public void close() throws IOException {
    edge.close();
    bridge.close();
    broker.close();
    platform.close();
    for (Line line : lines) {
      line.close();
    }
  }
}
