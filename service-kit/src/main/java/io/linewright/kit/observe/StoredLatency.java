package io.linewright.kit.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Time from a value's source stamp to its commit in the database, as metric {@code
 * linewright.source.to.stored}. Taken after the commit: before it, nothing is stored.
 */
public final class StoredLatency {

  private final Timer timer;

  public StoredLatency(MeterRegistry meters) {
    this.timer =
        Timer.builder("linewright.source.to.stored")
            .description("Time from a value's source stamp to the commit that stores it")
            .serviceLevelObjectives(
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofMillis(750),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .publishPercentiles(0.5, 0.99)
            .distributionStatisticExpiry(Duration.ofMinutes(2))
            .register(meters);
  }

  /** One value; a source clock that runs ahead counts as no delay. */
  public void record(long sourceMicros, long storedMicros) {
    timer.record(Math.max(0, storedMicros - sourceMicros), TimeUnit.MICROSECONDS);
  }
}
