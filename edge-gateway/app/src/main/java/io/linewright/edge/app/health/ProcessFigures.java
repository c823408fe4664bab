package io.linewright.edge.app.health;

import com.sun.management.OperatingSystemMXBean;
import io.linewright.edge.health.FileFigures;
import io.linewright.edge.health.GatewayFigures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Figures of this process, from Java and, where there is one, from Linux' {@code /proc}. */
final class ProcessFigures {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private final Path dataDir;
  private final Supplier<FileFigures> file;
  private final String version;
  private long lastCpuNanos = cpuNanos();
  private long lastNanos = System.nanoTime();

  /**
   * @param dataDir where free space matters
   * @param file how it stands with the gateway file
   */
  ProcessFigures(Path dataDir, Supplier<FileFigures> file) {
    this.dataDir = dataDir;
    this.file = file;
    String known = ProcessFigures.class.getPackage().getImplementationVersion();
    this.version = known == null ? "development" : known;
  }

  /** The figures now; the processor's share is since the last call. */
  GatewayFigures look() {
    Runtime java = Runtime.getRuntime();
    return new GatewayFigures(
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
        version,
        file.get(),
        cpuPercent(),
        java.totalMemory() - java.freeMemory(),
        resident(),
        diskFree());
  }

  private OptionalDouble cpuPercent() {
    long cpu = cpuNanos();
    long now = System.nanoTime();
    double percent = 100.0 * (cpu - lastCpuNanos) / Math.max(1, now - lastNanos);
    boolean known = cpu >= 0 && lastCpuNanos >= 0;
    lastCpuNanos = cpu;
    lastNanos = now;
    return known ? OptionalDouble.of(percent) : OptionalDouble.empty();
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }

  private static OptionalLong resident() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kibibytes) * 1024);
        }
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException notLinux) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong diskFree() {
    try {
      return OptionalLong.of(Files.getFileStore(dataDir).getUsableSpace());
    } catch (IOException unknown) {
      return OptionalLong.empty();
    }
  }
}
