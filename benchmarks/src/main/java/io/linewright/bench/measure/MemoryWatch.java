package io.linewright.bench.measure;

import io.linewright.bench.plant.ProcessMemory;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Samples the memory of process trees every two seconds and keeps the peak. */
public final class MemoryWatch implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("memory-watch").unstarted(task));
  private final AtomicLong peak = new AtomicLong();

  private MemoryWatch() {}

  /** Starts to watch. */
  public static MemoryWatch over(Supplier<Collection<Long>> roots) {
    MemoryWatch watch = new MemoryWatch();
    watch.timer.scheduleWithFixedDelay(
        () -> watch.peak.accumulateAndGet(ProcessMemory.pssMebibytes(roots.get()), Math::max),
        0,
        2,
        TimeUnit.SECONDS);
    return watch;
  }

  /** Highest sum so far, MiB. */
  public long peakMebibytes() {
    return peak.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
