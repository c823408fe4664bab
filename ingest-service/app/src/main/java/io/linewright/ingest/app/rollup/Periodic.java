package io.linewright.ingest.app.rollup;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does something again and again in a thread of its own. */
public final class Periodic implements SmartLifecycle {

  /** What is done. */
  @FunctionalInterface
  public interface Task {
    void run() throws SQLException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final String name;
  private final Duration interval;
  private final Task task;
  private volatile @Nullable Thread thread;
  private boolean failing;

  /**
   * @param name of the thread
   * @param interval pause between two runs
   */
  public Periodic(String name, Duration interval, Task task) {
    this.name = name;
    this.interval = interval;
    this.task = task;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        once();
        Thread.sleep(interval);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() throws InterruptedException {
    try {
      task.run();
      failing = false;
    } catch (SQLException | RuntimeException failed) {
      if (!failing) {
        LOG.warn("{}: failed, tried again every {}", name, interval, failed);
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
          LOG.warn("{} did not stop within {}", name, STOP_WAIT);
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
