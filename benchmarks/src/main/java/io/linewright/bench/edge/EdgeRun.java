package io.linewright.bench.edge;

import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.measure.MemoryWatch;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.ProcessMemory;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** One run: simulator, broker and gateway in processes of their own, the host in this one. */
final class EdgeRun {

  /**
   * As gateways are to be started, see docs/edge-gateway.md; heap and direct memory keep the
   * process below 768 MiB.
   */
  private static final List<String> GATEWAY_JVM =
      List.of(
          "-Xms192m",
          "-Xmx320m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  /** Group and node that the simulator writes into its gateway file. */
  private static final String GROUP = "acme:graz";

  private static final String NODE = "gw-1";
  private static final int CALM_SECONDS = 4;
  private static final int MAX_LOOKS = 120;

  /**
   * What is asked of the gateway.
   *
   * @param items monitored items
   * @param intervalMillis between two changes of an item
   * @param publishingMillis publishing interval of the subscription
   * @param seconds how long values change
   * @param seed of the simulator
   */
  record Load(int items, int intervalMillis, int publishingMillis, int seconds, long seed) {}

  /**
   * What was measured.
   *
   * @param items tags that the simulator shows
   * @param recount truth against arrivals
   * @param sums records on MQTT
   * @param seconds how long values changed
   * @param rssMebibytes peak of the gateway's resident memory
   * @param pssMebibytes peak of its proportional share
   * @param cpuSeconds processor time of the gateway
   */
  record Figures(
      int items,
      Recount recount,
      Arrivals.Sums sums,
      double seconds,
      long rssMebibytes,
      long pssMebibytes,
      double cpuSeconds) {

    double valuesPerSecond() {
      return recount.verdict().stored() / seconds;
    }

    double p50Millis() {
      return recount.latency().getValueAtPercentile(50) / 1000.0;
    }

    double p99Millis() {
      return recount.latency().getValueAtPercentile(99) / 1000.0;
    }
  }

  private final Load load;
  private final Path place;
  private final Optional<Path> evidence;
  private final List<String> gatewayOptions;
  private final Programs programs = Programs.built();

  /**
   * @param evidence where truth and arrivals are left; empty: nowhere
   * @param gatewayOptions further options of the gateway's Java VM
   */
  EdgeRun(Load load, Path place, Optional<Path> evidence, List<String> gatewayOptions) {
    this.load = load;
    this.place = place;
    this.evidence = evidence;
    this.gatewayOptions = gatewayOptions;
  }

  Figures measure(PrintStream out) throws IOException, InterruptedException {
    Path plant = place.resolve("plant.yaml");
    LoadPlant.write(plant, load.items, load.intervalMillis);
    List<String> options =
        List.of(
            "--duration",
            load.seconds + "s",
            "--publishing-interval",
            load.publishingMillis + "ms");
    try (SimulatorProcess simulator =
            SimulatorProcess.start(programs, place, plant.toString(), load.seed, options);
        Standalone broker = broker(simulator)) {
      Arrivals arrivals = new Arrivals(InstantSource.system());
      try (ConfirmingHost host = ConfirmingHost.start(access(broker), GROUP, NODE, arrivals);
          JavaProcess gateway = gateway(broker);
          MemoryWatch memory = MemoryWatch.over(() -> Set.of(gateway.pid()))) {
        out.printf("broker and gateway are up; values change for %d s%n", load.seconds);
        awaitEnd(simulator, gateway);
        settle(arrivals);
        long rss = ProcessMemory.peakRssMebibytes(gateway.pid());
        double cpu = ProcessMemory.cpuSeconds(gateway.pid());
        if (host.trouble() != null) {
          out.println("the host had trouble: " + host.trouble());
        }
        return figures(simulator, arrivals, rss, memory.peakMebibytes(), cpu, out);
      }
    }
  }

  private Standalone broker(SimulatorProcess simulator) throws IOException, InterruptedException {
    return Standalone.start(
        programs,
        place.resolve("data"),
        List.of("--no-simulator", "--edge", simulator.edgeFile().toString(), "--services", "none"),
        Duration.ofMinutes(3));
  }

  private static ConfirmingHost.Broker access(Standalone broker) {
    JsonNode user = broker.credentials().path("mqtt").path("users").path("bridge");
    return new ConfirmingHost.Broker(
        broker.addresses().path("mqtt").asString(),
        user.path("username").asString(),
        user.path("password").asString());
  }

  private JavaProcess gateway(Standalone broker) throws IOException {
    List<String> jvm = new ArrayList<>(GATEWAY_JVM);
    jvm.addAll(gatewayOptions);
    return JavaProcess.start(
        "edge",
        programs.of(Programs.Program.EDGE_GATEWAY),
        jvm,
        List.of(
            "--spring.config.additional-location=file:"
                + broker.data().resolve("config").resolve("edge.properties")),
        Map.of(),
        place.resolve("logs"));
  }

  private void awaitEnd(SimulatorProcess simulator, JavaProcess gateway)
      throws IOException, InterruptedException {
    Await.until(
        () -> TruthFile.hasEnded(simulator.truth()) || !gateway.isAlive(),
        Duration.ofSeconds(load.seconds + 300L),
        "the simulator to finish; see " + gateway.log());
    if (!gateway.isAlive()) {
      throw new IOException("the gateway ended:\n" + Files.readString(gateway.log()));
    }
  }

  /** Ends when nothing has arrived for some seconds; the gateway's own counters do not count. */
  private static void settle(Arrivals arrivals) throws IOException, InterruptedException {
    long last = -1;
    int calm = 0;
    for (int look = 0; look < MAX_LOOKS && calm < CALM_SECONDS; look++) {
      TimeUnit.SECONDS.sleep(1);
      long now = arrivals.plantValues();
      calm = now == last ? calm + 1 : 0;
      last = now;
    }
    if (calm < CALM_SECONDS) {
      throw new IOException("values go on arriving " + MAX_LOOKS + " s after the end");
    }
  }

  private Figures figures(
      SimulatorProcess simulator,
      Arrivals arrivals,
      long rss,
      long pss,
      double cpu,
      PrintStream out)
      throws IOException {
    TruthFile truth = TruthFile.read(simulator.truth());
    if (truth.observedMicros().isEmpty()) {
      throw new IOException("the simulator's log has no '# observed': see the gateway's log");
    }
    if (evidence.isPresent()) {
      Files.copy(
          simulator.truth(),
          evidence.get().resolve("truth.tsv"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Recount recount = Recount.of(truth, arrivals.byTag(), evidence);
    recount.course().forEach(out::println);
    double seconds = (truth.endedMicros().orElseThrow() - truth.observedMicros().getAsLong()) / 1e6;
    return new Figures(truth.lines().size(), recount, arrivals.sums(), seconds, rss, pss, cpu);
  }
}
