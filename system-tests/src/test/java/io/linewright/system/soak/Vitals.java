package io.linewright.system.soak;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was seen of a running plant from outside.
 *
 * @param seconds since the watch began
 * @param heapMib used heap right after a full collection, MiB
 * @param threads of the JVM
 * @param files open file descriptors of the JVM
 * @param edgeLogMib size of the edge's log on disk, MiB
 * @param quarantined records in quarantine
 * @param lag records that consumers have not yet committed, all topics
 * @param newestSeconds age of the newest value by REST
 */
record Vitals(
    double seconds,
    double heapMib,
    double threads,
    double files,
    double edgeLogMib,
    double quarantined,
    double lag,
    double newestSeconds) {

  /** Everything that must not grow, by name. */
  static final Map<String, ToDoubleFunction<Vitals>> FIGURES =
      Map.of(
          "heap after GC [MiB]", Vitals::heapMib,
          "threads", Vitals::threads,
          "open files", Vitals::files,
          "edge log [MiB]", Vitals::edgeLogMib,
          "quarantined", Vitals::quarantined,
          "consumer lag", Vitals::lag);

  String line() {
    return "%6.0f s  heap %6.1f MiB  threads %4.0f  files %5.0f  edge log %7.2f MiB  quarantined %3.0f  lag %6.0f  newest %4.1f s"
        .formatted(seconds, heapMib, threads, files, edgeLogMib, quarantined, lag, newestSeconds);
  }
}
