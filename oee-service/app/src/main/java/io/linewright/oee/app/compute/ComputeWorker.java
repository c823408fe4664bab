package io.linewright.oee.app.compute;

import io.linewright.oee.app.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * The threads that compute. They have the least priority: events are to be stored, and questions
 * answered, meanwhile. One that ends by an unexpected error is told to liveness, as a restart mends
 * it; whatever a database does is tried again.
 */
final class ComputeWorker implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(ComputeWorker.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final LineRound round;
  private final ComputeMeters meters;
  private final InstantSource clock;
  private final int count;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile boolean failing;
  private volatile boolean ended;

  ComputeWorker(LineRound round, ComputeMeters meters, InstantSource clock, int count) {
    this.round = round;
    this.meters = meters;
    this.clock = clock;
    this.count = count;
  }

  @Override
  public void start() {
    running = true;
    for (int i = 1; i <= count; i++) {
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .name("compute-" + i)
              .priority(Thread.MIN_PRIORITY)
              .unstarted(this::run);
      threads.add(thread);
      thread.start();
    }
  }

  private void run() {
    try {
      while (running && !Thread.currentThread().isInterrupted()) {
        Thread.sleep(once());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Error broken) {
      ended = true;
      LOG.error("A thread that computes has ended; restart the service", broken);
      throw broken;
    }
  }

  /** One round; how long to wait then. */
  private Duration once() {
    try {
      Optional<LineRound.Outcome> outcome = round.run(micros());
      outcome.ifPresent(meters::count);
      failing = false;
      return outcome.isPresent() ? Duration.ZERO : IDLE;
    } catch (RuntimeException failed) {
      if (!running) {
        return Duration.ZERO;
      }
      meters.failed();
      if (!failing) {
        LOG.warn("Results could not be computed; tried again every {}", AFTER_FAILURE, failed);
      }
      failing = true;
      return AFTER_FAILURE;
    }
  }

  private long micros() {
    return Times.micros(clock.instant());
  }

  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        if (!thread.join(STOP_WAIT)) {
          LOG.warn("{} did not stop within {}", thread.getName(), STOP_WAIT);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public Health health() {
    return ended ? Health.down().withDetail("ended", "compute").build() : Health.up().build();
  }
}
