package io.linewright.edge.app.tag;

import io.linewright.edge.log.Ordinals;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a tag's values. It outlives what the gateway's file says of the tag. The
 * logging thread changes it, others read the last value.
 */
final class TagMemory {

  private final Ordinals ordinals = new Ordinals();
  private volatile @Nullable Sample last;
  private volatile long lastRawMicros;

  /**
   * The newest that the device itself said. A server that is asked anew, by a gateway that was
   * restarted, says it once more, also when the gateway has marked or confirmed it since.
   */
  private @Nullable StampedSample said;

  private boolean changed;

  @Nullable Sample last() {
    return last;
  }

  /**
   * The device's own stamp of the newest value, or of what that was made of; 0 before the first.
   */
  long lastRawMicros() {
    return lastRawMicros;
  }

  /** What the device itself said last; null before the first. Logging thread. */
  @Nullable StampedSample said() {
    return said;
  }

  int take(Sample sample, long rawMicros) {
    StampedSample before = said;
    boolean made = rawMicros == StampedSample.NO_STAMP;
    if (!made && before != null && same(before.sample(), sample)) {
      return Ordinals.REPEAT;
    }
    int ordinal = ordinals.next(sample);
    if (ordinal >= 0) {
      Sample numbered = ordinal == sample.ordinal() ? sample : withOrdinal(sample, ordinal);
      if (!made) {
        said = new StampedSample(numbered, rawMicros);
        lastRawMicros = rawMicros;
      } else {
        lastRawMicros = before == null ? sample.sourceMicros() : before.rawMicros();
      }
      last = numbered;
      changed = true;
    }
    return ordinal;
  }

  /** What has the device's stamp of the value before, but another time, was made of that value. */
  void restore(Sample stored, long rawMicros) {
    StampedSample before = said;
    boolean made =
        before != null
            && rawMicros == before.rawMicros()
            && stored.sourceMicros() != before.micros();
    if (!made) {
      said = new StampedSample(stored, rawMicros);
    }
    ordinals.restore(stored);
    lastRawMicros = rawMicros;
    last = stored;
    changed = true;
  }

  private static boolean same(Sample one, Sample other) {
    return one.sourceMicros() == other.sourceMicros()
        && one.status().bits() == other.status().bits()
        && Objects.equals(one.value(), other.value());
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
