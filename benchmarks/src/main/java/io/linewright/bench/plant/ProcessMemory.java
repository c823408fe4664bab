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
