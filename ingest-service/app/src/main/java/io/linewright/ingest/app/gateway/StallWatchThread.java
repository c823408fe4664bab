package io.linewright.ingest.app.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the watch look once a second. */
final class StallWatchThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StallWatchThread.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 1_000;

  private final Consumer<Instant> look;
  private final InstantSource clock;
  private volatile @Nullable Thread thread;
  private boolean failing;

  StallWatchThread(Consumer<Instant> look, InstantSource clock) {
    this.look = look;
    this.clock = clock;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name("canary-watch").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        lookOnce();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOnce() {
    try {
      look.accept(clock.instant());
      failing = false;
    } catch (RuntimeException failed) {
      if (!failing) {
        LOG.warn("The canaries cannot be watched; tried again every second", failed);
      }
      failing = true;
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
          LOG.warn("The watch over the canaries did not stop within {}", STOP_WAIT);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
