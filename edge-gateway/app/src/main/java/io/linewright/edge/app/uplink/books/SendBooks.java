package io.linewright.edge.app.uplink.books;

import java.util.concurrent.atomic.LongAdder;

/** Books of the sending thread. */
public final class SendBooks {

  private final LongAdder samples = new LongAdder();
  private final LongAdder resent = new LongAdder();
  private final LongAdder turns = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  public void sent(int count, boolean again) {
    samples.add(count);
    if (again) {
      resent.increment();
    }
  }

  public void turnedBack() {
    turns.increment();
  }

  public void unreadable() {
    unreadable.increment();
  }

  /** Messages to the gateway that could not be read; they change nothing. */
  public long unreadableMessages() {
    return unreadable.sum();
  }

  /** Samples sent, those sent again included. */
  public long samples() {
    return samples.sum();
  }

  /** Records sent again. */
  public long resent() {
    return resent.sum();
  }

  /** Times that sending began again behind the confirmed position. */
  public long turns() {
    return turns.sum();
  }
}
