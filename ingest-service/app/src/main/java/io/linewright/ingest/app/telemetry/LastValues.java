package io.linewright.ingest.app.telemetry;

import io.linewright.ingest.batch.SampleRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last value of each tag, in memory. It follows the commits of this process: what is here is
 * stored. What other processes have stored is read from the table of samples: at the start, and by
 * {@link LastValueUpdate}.
 */
public final class LastValues {

  /** Receives last values with the running numbers of their samples. */
  public interface ChangeReader {
    /**
     * Takes one of them.
     *
     * @param number how many samples of the tag have moved its last value in this process, this one
     *     included
     */
    void read(LastValue value, long number);
  }

  private final Map<Integer, LastValue> byTag = new HashMap<>();
  private final Map<Integer, Long> numbers = new HashMap<>();
  private long version;

  /** Takes what has just been committed; older values change nothing. Rows in writing order. */
  synchronized void committed(List<SampleRow> rows, long ingestMicros) {
    long next = version + 1;
    int ofTag = 0;
    for (int i = 0; i < rows.size(); i++) {
      SampleRow row = rows.get(i);
      ofTag++;
      boolean lastOfTag = i + 1 == rows.size() || rows.get(i + 1).tagId() != row.tagId();
      if (lastOfTag) {
        offer(
            new LastValue(row.tagId(), row.sample(), row.gatewayMicros(), ingestMicros, next),
            ofTag);
        ofTag = 0;
      }
    }
  }

  /** Takes values that were read from the table. */
  synchronized void loaded(Collection<LastValue> values) {
    long next = version + 1;
    values.forEach(value -> offer(value.withVersion(next), 1));
  }

  /** The times of the values known, in microseconds since the epoch, by tag. */
  synchronized Map<Integer, Long> times() {
    Map<Integer, Long> times = new HashMap<>();
    byTag.forEach((tagId, value) -> times.put(tagId, value.sample().sourceMicros()));
    return times;
  }

  /** Which rows are newer than everything known of their tag. Rows in writing order. */
  synchronized BitSet newerThanKnown(List<SampleRow> rows) {
    BitSet newer = new BitSet(rows.size());
    int tagId = -1;
    LastValue known = null;
    for (int i = 0; i < rows.size(); i++) {
      SampleRow row = rows.get(i);
      if (row.tagId() != tagId) {
        tagId = row.tagId();
        known = byTag.get(tagId);
      }
      newer.set(i, known == null || known.olderThan(row.sample()));
    }
    return newer;
  }

  /** Number of the newest change; 0 if nothing is known. */
  public synchronized long version() {
    return version;
  }

  /** The last value of that tag; null if it has none. */
  public synchronized @Nullable LastValue of(int tagId) {
    return byTag.get(tagId);
  }

  /** Every tag's last value that changed after that version; 0 for all. */
  public synchronized List<LastValue> changedSince(long since) {
    if (since >= version) {
      return List.of();
    }
    List<LastValue> changed = new ArrayList<>();
    for (LastValue value : byTag.values()) {
      if (value.version() > since) {
        changed.add(value);
      }
    }
    return changed;
  }

  /** Hands over every last value that changed after that version; 0 for all. */
  public synchronized void changes(long since, ChangeReader reader) {
    if (since < version) {
      for (LastValue value : byTag.values()) {
        if (value.version() > since) {
          reader.read(value, numbers.getOrDefault(value.tagId(), 1L));
        }
      }
    }
  }

  private void offer(LastValue value, long samples) {
    LastValue known = byTag.get(value.tagId());
    if (known == null || known.olderThan(value.sample())) {
      byTag.put(value.tagId(), value);
      numbers.merge(value.tagId(), samples, Long::sum);
      version = Math.max(version, value.version());
    }
  }
}
