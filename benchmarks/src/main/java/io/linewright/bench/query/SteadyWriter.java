package io.linewright.bench.query;

import io.linewright.bench.load.LoadTags;
import io.linewright.bench.load.Traffic;
import io.linewright.model.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends samples of all tags ten times a second, by Kafka, as long as it is open. */
final class SteadyWriter implements AutoCloseable {

  private static final int PER_SECOND = 10;

  /** How many acknowledgements are remembered: those of a minute. */
  private static final int REMEMBERED = 60 * PER_SECOND;

  private final Traffic traffic;
  private final InstantSource clock;
  private final int perTag;
  private final AtomicLong sent = new AtomicLong();

  /**
   * Time of the acknowledgement, of System.nanoTime, and source time of each tag's newest sample.
   */
  private final ConcurrentSkipListMap<Long, Long> acknowledged = new ConcurrentSkipListMap<>();

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private long nextMicros;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("steady-writer").unstarted(task));

  /**
   * Begins to write.
   *
   * @param perSecond samples per second, of all tags together
   */
  SteadyWriter(LoadTags tags, Traffic traffic, int perSecond, InstantSource clock) {
    this.traffic = traffic;
    this.clock = clock;
    this.perTag = Math.max(1, perSecond / tags.count() / PER_SECOND);
    timer.scheduleAtFixedRate(this::send, 0, 1_000 / PER_SECOND, TimeUnit.MILLISECONDS);
  }

  private void send() {
    try {
      long step = 1_000_000L / PER_SECOND / perTag;
      // No time comes twice, also if what was held up is caught up on within a millisecond.
      long from = Math.max(nextMicros, clock.millis() * 1_000 - step * perTag);
      nextMicros = from + step * perTag;
      Traffic.Burst burst = traffic.burst(Topic.TELEMETRY, 1, perTag, from, step);
      long newest = nextMicros - step;
      traffic.send(burst, () -> acknowledged(newest));
      sent.addAndGet(burst.samples());
    } catch (RuntimeException failed) {
      failure.compareAndSet(null, failed);
      throw failed;
    }
  }

  private void acknowledged(long newestMicros) {
    acknowledged.merge(System.nanoTime(), newestMicros, Long::max);
    while (acknowledged.size() > REMEMBERED) {
      acknowledged.pollFirstEntry();
    }
  }

  /**
   * Source time of a sample that Kafka had of every tag so long ago, microseconds; 0 if it had
   * none.
   */
  long acknowledgedMicros(Duration ago) {
    Map.Entry<Long, Long> entry = acknowledged.floorEntry(System.nanoTime() - ago.toNanos());
    return entry == null ? 0 : entry.getValue();
  }

  /** Samples sent so far. */
  long sent() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return sent.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
