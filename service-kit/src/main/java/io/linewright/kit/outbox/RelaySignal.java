package io.linewright.kit.outbox;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay when a transaction with events has committed. */
final class RelaySignal {

  private final Semaphore raised = new Semaphore(0);

  void raise() {
    raised.release();
  }

  /** Waits for a signal, at most that long; takes all signals raised so far. */
  void await(long millis) throws InterruptedException {
    if (raised.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      raised.drainPermits();
    }
  }
}
