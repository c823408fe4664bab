package io.linewright.bench.modbus;

import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.trip.RunDirectory;
import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.app.driver.DriverStatus;
import io.linewright.edge.app.modbus.ModbusStatistics;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * {@code bench modbus}: the gateway's real driver (file reader, supervisor, poller, tags with their
 * quality) against a device in a process of its own. Behind the tags stands a sink that compares
 * every sample; log and MQTT are not part of it.
 */
@Command(
    name = "modbus",
    description =
        "The Modbus driver: 20 units x 2,000 registers every 200 ms, 1 % late or exception answers.",
    mixinStandardHelpOptions = true)
public final class ModbusBench implements Callable<Integer> {

  static final int UNITS = 20;

  /** Reads of one unit per scan. */
  static final int BLOCKS = 16;

  private static final int SCAN_MILLIS = 200;

  /** A hit may show after the time-out and one retry in the next scan. */
  private static final long SHOWN_WITHIN_MILLIS = 3 * SCAN_MILLIS;

  private static final List<String> JVM = List.of("-Xmx192m", "-XX:+UseSerialGC");

  @Option(names = "--duration", description = "Seconds (default: ${DEFAULT-VALUE}).")
  private int seconds = 300;

  @Option(names = "--seed", description = "Seed of the faults (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--faults", description = "Share of faults (default: ${DEFAULT-VALUE}).")
  private double faults = 0.01;

  @Option(names = "--timeout", description = "Time-out, ms (default: ${DEFAULT-VALUE}).")
  private int timeoutMillis = 60;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    out.printf(
        "%d units, %d reads per %d ms scan, %d s, seed %d%n",
        UNITS, UNITS * BLOCKS, SCAN_MILLIS, seconds, seed);
    try (RunDirectory.Place place = directory.open("modbus");
        JavaProcess device = device(place.path())) {
      Await.until(
          () -> Files.exists(place.path().resolve("port")) || !device.isAlive(),
          Duration.ofMinutes(1),
          "the device; see " + device.log());
      int result = run(place, Files.readString(place.path().resolve("port")));
      if (place.evidence().isPresent()) {
        for (String name : List.of("hits.tsv", "reads.json", "edge.yaml")) {
          Files.copy(
              place.path().resolve(name),
              place.evidence().get().resolve(name),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return result;
    }
  }

  private JavaProcess device(Path path) throws IOException {
    return JavaProcess.start(
        "device",
        Programs.built().of(Programs.Program.BENCH),
        JVM,
        List.of(
            "bench",
            "modbus-device",
            "--directory=" + path,
            "--seed=" + seed,
            "--faults=" + faults,
            "--timeout=" + timeoutMillis),
        Map.of(),
        path);
  }

  /** What the driver says of itself at the end of a run. */
  private record Ended(
      ModbusStatistics statistics, DriverStatus status, double seconds, double cores) {}

  private int run(RunDirectory.Place place, String port) throws Exception {
    KnownValues values = new KnownValues();
    Scoreboard board = new Scoreboard(values, timeoutMillis + 1000L);
    Path file = Files.writeString(place.path().resolve("edge.yaml"), edgeFile(values, port));
    Ended ended = drive(file, place.path().resolve("data"), board);
    TimeUnit.SECONDS.sleep(2); // the device writes its counts once a second
    return report(place.path(), board, ended);
  }

  private Ended drive(Path file, Path data, Scoreboard board) throws Exception {
    long cpuBefore = cpuNanos();
    try (EdgeDrivers drivers =
        new EdgeDrivers(
            EdgeFileReader.read(file), board, InstantSource.system(), data, new Random(seed))) {
      long begin = System.nanoTime();
      drivers.start();
      watch(drivers, board, begin);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      return new Ended(
          drivers.modbusStatistics().values().iterator().next(),
          drivers.status().getFirst(),
          elapsed,
          (cpuNanos() - cpuBefore) / 1e9 / elapsed);
    }
  }

  private void watch(EdgeDrivers drivers, Scoreboard board, long begin)
      throws InterruptedException {
    for (int second = 10; second <= seconds; second += 10) {
      long left = begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(left);
      out.printf(
          "%3d s: right %,d wrong %d skipped %d, %s%n",
          second, board.right(), board.wrong(), board.skipped(), drivers.modbusStatistics());
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private int report(Path path, Scoreboard board, Ended ended) throws IOException {
    ModbusStatistics statistics = ended.statistics();
    double elapsed = ended.seconds();
    Hits hits = Hits.read(path.resolve("hits.tsv"));
    List<Scoreboard.Bad> unexplained =
        board.bads().stream()
            .filter(bad -> !hits.explains(bad, timeoutMillis + SHOWN_WITHIN_MILLIS))
            .toList();
    board.examples().forEach(out::println);
    unexplained.stream().limit(20).forEach(bad -> out.println("Bad without a hit: " + bad));
    long leastScans = leastScans(Json.read(path.resolve("reads.json")));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "modbus");
    json.put("measured", "driver");
    json.put("units", UNITS);
    json.put("registers", UNITS * BLOCKS * Field.BLOCK);
    json.put("seconds", Math.round(elapsed));
    json.put("seed", seed);
    json.put("missed_cycles", statistics.missedCycles());
    json.put("least_scans", leastScans);
    json.put("values", board.right());
    json.put("wrong", board.wrong());
    json.put("skipped", board.skipped());
    json.put("late_injected", hits.count("late"));
    json.put("exceptions_injected", hits.count("exception"));
    json.put("late_answers", statistics.lateAnswers());
    json.put("stray_answers", statistics.strayAnswers());
    json.put("timeouts", statistics.timeouts());
    json.put("bad_samples", board.bads().size());
    json.put("bad_wrongly", unexplained.size());
    json.put("reconnects", ended.status().counts().reconnects());
    json.put("requests_per_s", Math.round(statistics.requests() / elapsed));
    json.put("values_per_s", Math.round(board.right() / elapsed));
    json.put("p99_answer_ms", statistics.p99Micros() / 1000.0);
    json.put("cpu_cores", Math.round(ended.cores() * 100) / 100.0);
    out.println(Json.line(json));
    boolean met =
        statistics.missedCycles() == 0
            && board.wrong() == 0
            && board.skipped() == 0
            && unexplained.isEmpty()
            && leastScans >= (long) (elapsed * 1000 / SCAN_MILLIS) - 2;
    return met ? 0 : 1;
  }

  /** Reads of the block that was read least, as the device counted. */
  private static long leastScans(JsonNode reads) {
    return reads.properties().stream()
        .flatMapToLong(entry -> LongStream.of(entry.getValue().asLong()))
        .min()
        .orElse(0);
  }

  private String edgeFile(KnownValues values, String port) {
    StringBuilder text =
        new StringBuilder(
            """
            version: 1
            gateway: {group: "bench:modbus", node: gw-1}
            connections:
              - {id: line, driver: modbus-tcp, host: 127.0.0.1, port: %s, poll-interval: %dms, timeout: %dms, parallel-units: %d}
            devices:
            """
                .formatted(port, SCAN_MILLIS, timeoutMillis, UNITS));
    for (int unit = 1; unit <= UNITS; unit++) {
      text.append("  - path: bench/modbus/area/line/unit-").append(unit).append('\n');
      text.append("    connection: line\n    unit-id: ").append(unit).append("\n    tags:\n");
      for (int block = 0; block < BLOCKS; block++) {
        for (int field = 0; field < values.fields().size(); field++) {
          String name = "b" + block + "/f" + field;
          text.append("      - ")
              .append(values.fields().get(field).yaml(name, block * Field.BLOCK))
              .append('\n');
        }
      }
    }
    return text.toString();
  }
}
