package io.linewright.edge.app.tag;

import io.linewright.edge.log.Ordinals;
import io.linewright.model.sample.Sample;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a tag's values. It outlives what the gateway's file says of the tag. The
 * logging thread changes it, others read the last value.
 */
final class TagMemory {

  private final Ordinals ordinals = new Ordinals();
  private volatile @Nullable Sample last;
  private volatile long lastRawMicros;
  private boolean changed;

  @Nullable Sample last() {
    return last;
  }

  /** The device's own stamp of the newest value; 0 before the first. */
  long lastRawMicros() {
    return lastRawMicros;
  }

  int take(Sample sample, long rawMicros) {
    int ordinal = ordinals.next(sample);
    if (ordinal >= 0) {
      lastRawMicros = rawMicros;
      last = ordinal == sample.ordinal() ? sample : withOrdinal(sample, ordinal);
      changed = true;
    }
    return ordinal;
  }

  void restore(Sample stored, long rawMicros) {
    ordinals.restore(stored);
    lastRawMicros = rawMicros;
    last = stored;
    changed = true;
  }

  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  private static Sample withOrdinal(Sample sample, int ordinal) {
    return new Sample(sample.value(), sample.status(), sample.sourceMicros(), ordinal);
  }
}
