package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.file.LogException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that others have the logging thread do, because only it may write to the log. */
final class WorkQueue {

  /** What is to be done. */
  @FunctionalInterface
  interface Work {
    void run() throws LogException;
  }

  private static final String STOPS = "the gateway stops";

  private final BlockingQueue<FutureTask<?>> tasks = new ArrayBlockingQueue<>(8);
  private volatile boolean closed;

  /**
   * Has work done and waits for it. Not from the logging thread.
   *
   * @throws LogException if the work threw it, or the gateway stops
   * @throws InterruptedException if interrupted meanwhile; the work may be done nevertheless
   */
  void call(Work work) throws LogException, InterruptedException {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              work.run();
              return true;
            });
    tasks.put(task);
    if (closed) {
      task.cancel(false);
    }
    try {
      task.get();
    } catch (CancellationException stopped) {
      throw new LogException(LogException.Kind.OTHER, STOPS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof LogException log) {
        throw log;
      }
      throw new IllegalStateException("work on the log failed", failed.getCause());
    }
  }

  /** How many pieces of work wait. Logging thread. */
  int waiting() {
    return tasks.size();
  }

  /** Does the first so many that wait: those before which all is stored. Logging thread. */
  void run(int count) {
    for (int i = 0; i < count; i++) {
      FutureTask<?> task = tasks.poll();
      if (task != null) {
        task.run();
      }
    }
  }

  /** Nothing is done any more; who waits is told so. */
  void close() {
    closed = true;
    for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.cancel(false);
    }
  }
}
