package io.linewright.bench.outage;

import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The gateway under test, in a process of its own with a small heap. */
final class GatewayProcess implements AutoCloseable {

  private static final Pattern COLLECTION = Pattern.compile("\\b(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  private final JavaProcess process;
  private final Path collections;

  private GatewayProcess(JavaProcess process, Path collections) {
    this.process = process;
    this.collections = collections;
  }

  /**
   * Starts it with the settings that the plant wrote for it, over a broker address of our own.
   *
   * @param heapMebibytes {@code -Xmx}
   */
  static GatewayProcess start(
      Programs programs, Standalone plant, int brokerPort, int heapMebibytes) throws IOException {
    Path logs = plant.data().resolve("logs");
    Path collections = logs.resolve("edge-gc.log");
    JavaProcess process =
        JavaProcess.start(
            "edge",
            programs.of(Programs.Program.EDGE_GATEWAY),
            List.of(
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xss512k",
                "-Xlog:gc:file=" + collections + "::filecount=0",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"),
            List.of(
                "--spring.config.additional-location=file:"
                    + plant.data().resolve("config").resolve("edge.properties"),
                "--linewright.mqtt.url=tcp://127.0.0.1:" + brokerPort),
            Map.of(),
            logs);
    return new GatewayProcess(process, collections);
  }

  JavaProcess process() {
    return process;
  }

  /** Most heap in use at the begin of a collection so far, MiB. */
  long peakHeapMebibytes() throws IOException {
    return peakHeap(collections);
  }

  static long peakHeap(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(COLLECTION::matcher)
          .filter(Matcher::find)
          .mapToLong(found -> Long.parseLong(found.group(1)))
          .max()
          .orElse(0);
    }
  }

  /** Peak of the resident memory, MiB ({@code VmHWM} of proc(5)); 0 if it is gone. */
  long peakRssMebibytes() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
