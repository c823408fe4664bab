package io.linewright.edge.app.uplink;

import java.util.concurrent.atomic.LongAdder;

/** Books of the sending thread. */
final class SendBooks {

  private final LongAdder samples = new LongAdder();
  private final LongAdder resent = new LongAdder();
  private final LongAdder turns = new LongAdder();

  void sent(int count, boolean again) {
    samples.add(count);
    if (again) {
      resent.increment();
    }
  }

  void turnedBack() {
    turns.increment();
  }

  /** Samples sent, those sent again included. */
  long samples() {
    return samples.sum();
  }

  /** Records sent again. */
  long resent() {
    return resent.sum();
  }

  /** Times that sending began again behind the confirmed position. */
  long turns() {
    return turns.sum();
  }
}
