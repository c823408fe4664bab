package io.linewright.simulator.process;

import java.util.PriorityQueue;

/** What happens when, in simulated time; events of one moment happen in the order of planning. */
final class Agenda {

  private static final double MICROS_PER_SECOND = 1e6;

  private final PriorityQueue<Entry> entries = new PriorityQueue<>(256);
  private long planned;
  private long now;

  /** Simulated time in µs since the start. */
  long now() {
    return now;
  }

  /** Simulated time in seconds since the start. */
  double seconds() {
    return now / MICROS_PER_SECOND;
  }

  /** Plans something; a moment in the past means now. */
  void at(long micros, Runnable event) {
    entries.add(new Entry(Math.max(micros, now), planned++, event));
  }

  /** Plans something {@code seconds} from now, at least one microsecond. */
  void after(double seconds, Runnable event) {
    at(now + Math.max(1, Math.round(seconds * MICROS_PER_SECOND)), event);
  }

  /** Lets everything up to and including that moment happen. */
  void runUntil(long micros) {
    for (Entry next = entries.peek(); next != null && next.at <= micros; next = entries.peek()) {
      entries.remove();
      now = next.at;
      next.event.run();
    }
    now = Math.max(now, micros);
  }

  private record Entry(long at, long order, Runnable event) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
