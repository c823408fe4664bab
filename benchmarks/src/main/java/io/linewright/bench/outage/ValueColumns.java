package io.linewright.bench.outage;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of one tag in columns: five million of them must fit into the bench's heap. A value is
 * kept as the hash of its canonical text, so a wrong value passes with probability 2^-32.
 */
final class ValueColumns {

  private static final int FIRST_CAPACITY = 64;

  private long[] micros = new long[FIRST_CAPACITY];
  private int[] hashes = new int[FIRST_CAPACITY];
  private int[] statuses = new int[FIRST_CAPACITY];
  private int size;

  void add(long sourceMicros, String canonical, int status) {
    if (size == micros.length) {
      int capacity = size + size / 2;
      micros = Arrays.copyOf(micros, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
      statuses = Arrays.copyOf(statuses, capacity);
    }
    micros[size] = sourceMicros;
    hashes[size] = canonical.hashCode();
    statuses[size] = status;
    size++;
  }

  int size() {
    return size;
  }

  /** Values with a source time from one instant up to before another. */
  long between(long from, long to) {
    long count = 0;
    for (int i = 0; i < size; i++) {
      if (micros[i] >= from && micros[i] < to) {
        count++;
      }
    }
    return count;
  }

  /** Some values at times at which the truth has none, as text. */
  List<String> strangers(String tag, ValueColumns truth, int limit) {
    Set<Long> known = new HashSet<>();
    for (int i = 0; i < truth.size; i++) {
      known.add(truth.micros[i]);
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < size && found.size() < limit; i++) {
      if (!known.contains(micros[i])) {
        found.add("%s at %d, hash %x, status %x".formatted(tag, micros[i], hashes[i], statuses[i]));
      }
    }
    return found;
  }

  /** As changes of the simulator. */
  List<TruthLine> truth(String tag) {
    List<TruthLine> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(new TruthLine(micros[i], tag, Integer.toHexString(hashes[i]), false));
    }
    return lines;
  }

  /** As rows in order of source time; the order within a microsecond is that of arrival. */
  List<StoredSample> rows() {
    List<StoredSample> rows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      rows.add(
          new StoredSample(
              micros[i], 0, Integer.toUnsignedLong(statuses[i]), Integer.toHexString(hashes[i])));
    }
    rows.sort(Comparator.comparingLong(StoredSample::sourceMicros));
    return rows;
  }
}
