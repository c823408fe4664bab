package io.linewright.ingest.app.quality;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks once a minute whether days are to be judged. */
final class QualityThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(QualityThread.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final QualityDesk desk;
  private volatile @Nullable Thread thread;
  private boolean failing;

  QualityThread(QualityDesk desk) {
    this.desk = desk;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name("data-quality").start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(EVERY);
        look();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      desk.look();
      failing = false;
    } catch (RuntimeException failed) {
      if (!failing) {
        LOG.warn("Data quality cannot be judged; tried again every minute", failed);
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
          LOG.warn("The judge of data quality did not stop within {}", STOP_WAIT);
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
