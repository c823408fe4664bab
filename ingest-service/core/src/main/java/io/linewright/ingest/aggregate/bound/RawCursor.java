package io.linewright.ingest.aggregate.bound;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks through readings and knows the one before and the one after. Memory: these two. */
public final class RawCursor {

  private final Iterator<Reading> readings;
  private @Nullable Reading before;
  private @Nullable Reading after;

  /** Stands before the first reading. */
  public RawCursor(Iterator<Reading> readings) {
    this.readings = readings;
    this.after = readings.hasNext() ? readings.next() : null;
  }

  /** The last reading taken; null before the first. */
  public @Nullable Reading before() {
    return before;
  }

  /** The reading to be taken next; null after the last. */
  public @Nullable Reading after() {
    return after;
  }

  /** Whether a reading earlier than the instant is to be taken. */
  public boolean hasBefore(long micros) {
    return after != null && after.micros() < micros;
  }

  /** Whether a reading at or before the instant is to be taken. */
  public boolean reaches(long micros) {
    return after != null && after.micros() <= micros;
  }

  /** Moves over the next reading and gives it. */
  public Reading take() {
    Reading taken = Objects.requireNonNull(after, "there is no next reading");
    before = taken;
    after = readings.hasNext() ? readings.next() : null;
    return taken;
  }
}
