package io.linewright.simulator;

import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches every OPC UA tag of a running load plant and counts: arguments are the URL, the password
 * file, the plant and the seconds. For measuring the simulator by hand.
 */
final class LoadProbe {

  private LoadProbe() {}

  public static void main(String[] arguments) throws Exception {
    List<String> nodes =
        PlantTags.of(PlantFile.load(arguments[2])).stream()
            .filter(tag -> tag.machine().modbus().isEmpty())
            .map(PlantTag::nodeName)
            .toList();
    var second = new java.util.concurrent.CountDownLatch(1);
    var count = new LongAdder();
    var repeated = new LongAdder();
    var late = new LongAdder();
    var overflow = new LongAdder();
    Map<String, Long> last = new HashMap<>();
    long[] delays = new long[60_000];
    try (PlantClient client =
        PlantClient.connect(arguments[0], "edge", Files.readString(Path.of(arguments[1])))) {
      client.watch(
          nodes,
          100,
          100,
          (node, value) -> {
            count.increment();
            long time = value.getSourceTime() == null ? 0 : value.getSourceTime().getUtcTime();
            long delay = System.currentTimeMillis() - (time / 10_000 - 11_644_473_600_000L);
            delays[(int) Math.clamp(delay, 0, delays.length - 1)]++;
            Long before = last.put(node, time);
            if (before != null && before >= time) {
              (before == time ? repeated : late).increment();
            }
            if (value.getStatusCode().isOverflowSet()) {
              overflow.increment();
            }
          });
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        long before = count.sum();
        second.await(1, java.util.concurrent.TimeUnit.SECONDS);
        System.out.printf(
            "%d values/s; repeated %d, out of order %d, overflow %d; ms p50 %d p99 %d%n",
            count.sum() - before,
            repeated.sum(),
            late.sum(),
            overflow.sum(),
            at(delays, 0.5),
            at(delays, 0.99));
        if (i == 10) {
          java.util.Arrays.fill(delays, 0);
        }
      }
    }
  }

  private static int at(long[] counts, double share) {
    long left = (long) (java.util.Arrays.stream(counts).sum() * share);
    int delay = 0;
    while (delay < counts.length - 1 && left - counts[delay] > 0) {
      left -= counts[delay++];
    }
    return delay;
  }
}
