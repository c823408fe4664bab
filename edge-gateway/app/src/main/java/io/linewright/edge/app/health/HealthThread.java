package io.linewright.edge.app.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the reporter look once a second while the gateway runs. */
final class HealthThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(HealthThread.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 1_000;

  private final HealthReporter reporter;
  private final InstantSource clock;
  private volatile @Nullable Thread thread;

  HealthThread(HealthReporter reporter, InstantSource clock) {
    this.reporter = reporter;
    this.clock = clock;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name("edge-health").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        tick();
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() throws InterruptedException {
    try {
      reporter.tick(
          System.nanoTime() / 1_000, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    } catch (RuntimeException defect) {
      LOG.error("The health of the gateway could not be told; tried again", defect);
    }
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        if (!running.join(STOP_WAIT)) {
          LOG.warn("Still busy with the health of the gateway {} after stop", STOP_WAIT);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
