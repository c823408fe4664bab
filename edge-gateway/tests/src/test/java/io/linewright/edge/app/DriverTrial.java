package io.linewright.edge.app;

import com.sun.management.OperatingSystemMXBean;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.sample.Sample;
import java.io.BufferedWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Runs the drivers of a gateway file without anything behind them and prints every five seconds
 * values per second, share of one core and status; with a fourth argument every sample goes to that
 * file as {@code time, tag, type, value, status} for a comparison with the simulator's log.
 *
 * <p>Arguments: gateway file, data directory, seconds, optionally the file to write.
 */
final class DriverTrial {

  private static final int STEP_SECONDS = 5;

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createDirectories(Path.of(arguments[1]));
    long seconds = Long.parseLong(arguments[2]);
    LongAdder count = new LongAdder();
    LongAdder bad = new LongAdder();
    ConcurrentSkipListMap<Long, LongAdder> latencies = new ConcurrentSkipListMap<>();
    try (BufferedWriter out =
            arguments.length > 3 ? Files.newBufferedWriter(Path.of(arguments[3])) : null;
        EdgeDrivers drivers =
            new EdgeDrivers(
                EdgeFileReader.read(Path.of(arguments[0])),
                sink(count, bad, latencies, out),
                InstantSource.system(),
                data,
                RandomGenerator.getDefault())) {
      drivers.start();
      report(drivers, count, bad, seconds);
      long total = latencies.values().stream().mapToLong(LongAdder::sum).sum();
      long seen = 0;
      for (var bucket : latencies.entrySet()) {
        seen += bucket.getValue().sum();
        if (seen >= total * 0.99) {
          System.out.println("p99 source to sink <= " + (bucket.getKey() + 1) * 10 + " ms");
          break;
        }
      }
    }
  }

  private static SampleSink sink(
      LongAdder count,
      LongAdder bad,
      ConcurrentSkipListMap<Long, LongAdder> latencies,
      @org.jspecify.annotations.Nullable BufferedWriter out) {
    return (device, tag, sample) -> {
      count.increment();
      if (!sample.status().isGood()) {
        bad.increment();
      }
      long latency = (System.currentTimeMillis() - sample.sourceMicros() / 1000) / 10;
      latencies.computeIfAbsent(latency, l -> new LongAdder()).increment();
      if (out != null) {
        write(out, device + "#" + tag, sample);
      }
    };
  }

  private static void write(BufferedWriter out, String tag, Sample sample) {
    try {
      synchronized (out) {
        out.write(sample.sourceMicros() + "\t" + tag + "\t" + sample.value() + "\t");
        out.write(sample.status() + "\n");
      }
    } catch (java.io.IOException full) {
      throw new java.io.UncheckedIOException(full);
    }
  }

  private static void report(EdgeDrivers drivers, LongAdder count, LongAdder bad, long seconds)
      throws InterruptedException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long lastCount = 0;
    long lastCpu = system.getProcessCpuTime();
    long lastTime = System.nanoTime();
    for (long t = 0; t < seconds; t += STEP_SECONDS) {
      TimeUnit.SECONDS.sleep(STEP_SECONDS);
      long now = System.nanoTime();
      long cpu = system.getProcessCpuTime();
      double rate = (count.sum() - lastCount) * 1e9 / (now - lastTime);
      System.out.printf(
          "%s %.0f values/s, %.0f %% of a core, %d samples, %d not good, %s%n",
          Instant.now(),
          rate,
          100.0 * (cpu - lastCpu) / (now - lastTime),
          count.sum(),
          bad.sum(),
          drivers.status());
      lastCount = count.sum();
      lastCpu = cpu;
      lastTime = now;
    }
  }

  private DriverTrial() {}
}
