package io.linewright.edge.app.driver.write;

import io.linewright.edge.app.driver.WriteOutcome;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A write that waits to be sent. Either it is taken in time, or it expires, never both. */
public final class PendingWrite {

  private final Duration patience;
  private final long deadline;
  private final CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean decided = new AtomicBoolean();

  /**
   * @param patience time from now after which it must not be sent
   */
  public PendingWrite(Duration patience) {
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** Lets it expire when its time has come, also if nobody looks at it. */
  public void expireInTime(Runnable afterwards) {
    CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              expire();
              afterwards.run();
            });
  }

  /** Whether it must not be sent any more. */
  public boolean late(long nanoTime) {
    return nanoTime - deadline >= 0;
  }

  /** Takes it for sending; false if it has expired. */
  public boolean take() {
    return decided.compareAndSet(false, true);
  }

  /** Ends it if nobody took it. */
  public void expire() {
    if (decided.compareAndSet(false, true)) {
      outcome.complete(new WriteOutcome.Expired());
    }
  }

  /** Ends it without sending it, unless it has expired. */
  public void refuse(StatusCode status, String reason) {
    if (take()) {
      outcome.complete(new WriteOutcome.Refused(status, reason));
    }
  }

  /** Completes when it is known how it ended. */
  public CompletableFuture<WriteOutcome> outcome() {
    return outcome;
  }
}
