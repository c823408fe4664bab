package io.linewright.ingest.truth;

import io.linewright.ingest.truth.Target.At;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The series of a tag that counts: raw samples with what was said about them. <b>At each key the
 * latest word decides</b>, whether it was about that key or about a range that covers it: a replace
 * or insert puts its value there, a delete nothing, a restore what is stored. Where nothing was
 * said, what is stored counts. So it does not matter in which order samples arrive: one that comes
 * late into a deleted range is deleted, too.
 *
 * <p>It streams: both inputs are walked once, side by side, and only one key is held.
 */
public final class EffectiveSeries implements Iterator<StoredSample> {

  private final Order order;
  private final Iterator<StoredSample> stored;
  private final Iterator<Entry> corrections;
  private final Ranges ranges;
  private @Nullable StoredSample nextStored;
  private @Nullable Entry nextCorrection;
  private @Nullable StoredSample next;

  /**
   * @param order in which both are walked
   * @param stored raw samples, no key twice
   * @param corrections those about single values by their keys; those of one key follow one another
   *     in any order
   * @param ranges what was said of ranges
   */
  public EffectiveSeries(
      Order order, Iterator<StoredSample> stored, Iterator<Entry> corrections, Ranges ranges) {
    this.order = order;
    this.stored = stored;
    this.corrections = corrections;
    this.ranges = ranges;
    this.nextStored = stored.hasNext() ? stored.next() : null;
    this.nextCorrection = corrections.hasNext() ? corrections.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (nextStored != null || nextCorrection != null)) {
      next = atNextKey();
    }
    return next != null;
  }

  @Override
  public StoredSample next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    StoredSample found = next;
    next = null;
    return found;
  }

  /** What counts at the next key of the two inputs; null if nothing does. */
  private @Nullable StoredSample atNextKey() {
    At storedKey = nextStored == null ? null : At.of(nextStored.sample());
    At correctedKey = nextCorrection == null ? null : key(nextCorrection);
    if (correctedKey == null || (storedKey != null && order.compare(storedKey, correctedKey) < 0)) {
      StoredSample raw = takeStored();
      return raw == null || deleted(raw.sample().sourceMicros()) ? null : raw;
    }
    Entry latest = takeCorrections(correctedKey);
    StoredSample raw = correctedKey.equals(storedKey) ? takeStored() : null;
    return decided(correctedKey, latest, raw);
  }

  private @Nullable StoredSample decided(At key, Entry latest, @Nullable StoredSample raw) {
    Ranges.Stretch range = ranges.at(key.micros());
    if (range != null && range.version() > latest.version()) {
      return range.deleted() ? null : raw;
    }
    return switch (latest.correction().kind()) {
      case REPLACE, INSERT ->
          new StoredSample(
              latest.correction().sample(key), latest.recordedMicros(), latest.recordedMicros());
      case DELETE -> null;
      case RESTORE -> raw;
    };
  }

  private boolean deleted(long micros) {
    Ranges.Stretch range = ranges.at(micros);
    return range != null && range.deleted();
  }

  private @Nullable StoredSample takeStored() {
    StoredSample taken = nextStored;
    nextStored = stored.hasNext() ? stored.next() : null;
    return taken;
  }

  /** The latest correction of the next key; those of that key are taken. */
  private Entry takeCorrections(At key) {
    Entry latest = null;
    while (nextCorrection != null && key(nextCorrection).equals(key)) {
      if (latest == null || nextCorrection.version() > latest.version()) {
        latest = nextCorrection;
      }
      nextCorrection = corrections.hasNext() ? corrections.next() : null;
    }
    if (latest == null) {
      throw new NoSuchElementException();
    }
    return latest;
  }

  private static At key(Entry entry) {
    if (!(entry.correction().target() instanceof At key)) {
      throw new IllegalArgumentException(entry + " is about a range");
    }
    return key;
  }
}
