package io.linewright.edge.app.reload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the gateway file now and then while the gateway runs. */
public final class FileWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(15);

  private final FileTakeover takeover;
  private final Duration interval;
  private volatile @Nullable Thread thread;

  /**
   * @param interval time between two looks; zero: never
   */
  public FileWatch(FileTakeover takeover, Duration interval) {
    this.takeover = takeover;
    this.interval = interval;
  }

  @Override
  public void start() {
    if (interval.isPositive()) {
      thread = Thread.ofPlatform().daemon().name("edge-file").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
        look();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      takeover.look();
    } catch (RuntimeException defect) {
      LOG.error("The gateway file could not be looked at; tried again", defect);
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
          LOG.warn("Still busy with the gateway file {} after stop", STOP_WAIT);
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
