package io.linewright.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Proportional set size (PSS) of process trees, from {@code /proc/PID/smaps_rollup}: shared pages,
 * such as PostgreSQL's buffers, are counted once in total.
 */
public final class ProcessMemory {

  private ProcessMemory() {}

  /**
   * Sum over the given processes and all their descendants.
   *
   * @param roots process ids
   * @return MiB
   */
  public static long pssMebibytes(Collection<Long> roots) {
    Set<Long> pids = new HashSet<>(roots);
    for (long root : roots) {
      ProcessHandle.of(root)
          .ifPresent(handle -> handle.descendants().forEach(child -> pids.add(child.pid())));
    }
    return pids.stream().mapToLong(ProcessMemory::pssKibibytes).sum() / 1024;
  }

  /**
   * Highest resident set of one process since its start ({@code VmHWM}).
   *
   * @return MiB; 0 if the process has ended
   */
  public static long peakRssMebibytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }

  /** Processor time of one process so far, seconds; 0 if it has ended. */
  public static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .map(time -> time.toMillis() / 1000.0)
        .orElse(0.0);
  }

  private static long pssKibibytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException gone) {
      return 0; // the process ended in the meantime
    }
    return 0;
  }

  /**
   * The process id in the first line of a pid file, as PostgreSQL writes one; empty if there is
   * none.
   */
  public static Optional<Long> fromPidFile(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .findFirst()
          .map(line -> Long.parseLong(line.strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }
}
