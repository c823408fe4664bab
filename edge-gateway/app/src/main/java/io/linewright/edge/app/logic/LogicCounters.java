package io.linewright.edge.app.logic;

import io.linewright.edge.app.uplink.books.LogicBooks;
import java.util.concurrent.atomic.LongAdder;

/** Running counts of the stage; written by many threads. */
final class LogicCounters {

  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder suppressed = new LongAdder();
  private final LongAdder kept = new LongAdder();
  private final LongAdder made = new LongAdder();

  void in() {
    in.increment();
  }

  void out() {
    out.increment();
  }

  void suppressed() {
    suppressed.increment();
  }

  void kept() {
    kept.increment();
  }

  void made() {
    made.increment();
  }

  LogicBooks books() {
    return new LogicBooks(in.sum(), out.sum(), suppressed.sum(), kept.sum(), made.sum());
  }
}
