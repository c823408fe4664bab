package io.linewright.bench.compare;

import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the changes of one tag with its stored rows. Pure; the rules are those of a user. */
public final class TagComparison {

  private TagComparison() {}

  /**
   * Compares one tag.
   *
   * @param truth every change of the tag, in order
   * @param observedMicros from when on changes are expected; empty: from the first on
   * @param stored stored rows of the tag in order of (source time, ordinal)
   */
  public static Verdict of(
      List<TruthLine> truth, OptionalLong observedMicros, List<StoredSample> stored) {
    boolean polled = truth.stream().anyMatch(TruthLine::polled);
    long from = observedMicros.orElse(Long.MIN_VALUE);
    return polled ? bySequence(truth, from, stored) : byTime(truth, from, stored);
  }

  /** Sources with a clock: value and time identify the change. */
  private static Verdict byTime(List<TruthLine> truth, long from, List<StoredSample> stored) {
    Map<Long, List<String>> open = new HashMap<>();
    NavigableMap<Long, List<String>> known = new TreeMap<>();
    long sent = 0;
    for (TruthLine line : truth) {
      known.computeIfAbsent(line.sourceMicros(), t -> new ArrayList<>(1)).add(line.value());
      if (line.sourceMicros() >= from) {
        open.computeIfAbsent(line.sourceMicros(), t -> new ArrayList<>(1)).add(line.value());
        sent++;
      }
    }
    long found = 0;
    long repeated = 0;
    long wrong = 0;
    long notGood = 0;
    boolean interrupted = false;
    for (StoredSample row : stored) {
      boolean behindBad = interrupted;
      interrupted = !row.isGood();
      if (row.sourceMicros() < from) {
        continue;
      }
      List<String> left = open.get(row.sourceMicros());
      Collection<String> all = known.get(row.sourceMicros());
      if (!row.isGood()) {
        notGood++;
      } else if (left != null && left.remove(String.valueOf(row.value()))) {
        found++;
      } else if (all != null && all.contains(String.valueOf(row.value()))) {
        repeated++;
      } else if (!behindBad || !stood(known, row)) {
        wrong++;
      }
    }
    return new Verdict(sent, found, sent - found, repeated, wrong, notGood);
  }

  /**
   * After a silence the gateway asks what stands and confirms it with its own time (see {@code
   * docs/edge-gateway.md}, silent machines). Such a row has no line in the truth of its own; it is
   * right if the plant had that very value at that very time. It stands directly behind a row that
   * is not Good, so there are no more of them than {@link Verdict#notGood} counts.
   */
  private static boolean stood(NavigableMap<Long, List<String>> known, StoredSample row) {
    Map.Entry<Long, List<String>> latest = known.floorEntry(row.sourceMicros());
    return latest != null && latest.getValue().getLast().equals(row.value());
  }

  /**
   * Polled sources: each change is expected exactly once, in order. The value that stood when the
   * watching began may be stored too.
   */
  private static Verdict bySequence(List<TruthLine> truth, long from, List<StoredSample> stored) {
    List<String> expected = new ArrayList<>();
    String before = null;
    for (TruthLine line : truth) {
      if (line.sourceMicros() >= from) {
        expected.add(line.value());
      } else {
        before = line.value();
      }
    }
    int next = 0;
    long found = 0;
    long repeated = 0;
    long wrong = 0;
    long notGood = 0;
    String previous = before;
    boolean first = true;
    Continuation continuation = new Continuation();
    for (StoredSample row : stored) {
      if (!row.isGood()) {
        notGood++;
        continuation.saw(row);
        continue;
      }
      boolean restored = continuation.restores(row);
      continuation.saw(row);
      String value = String.valueOf(row.value());
      boolean mayBeInitial = next == 0 && (row.sourceMicros() < from || first);
      int at = indexFrom(expected, next, value);
      if (mayBeInitial && row.sourceMicros() < from) {
        previous = value; // before the watching began: not judged
      } else if (at == next) {
        found++;
        next++;
        previous = value;
        first = false;
      } else if (mayBeInitial && value.equals(before)) {
        previous = value;
        first = false;
      } else if (value.equals(previous)) {
        if (!restored) {
          repeated++;
        }
        first = false;
      } else if (at > next) {
        next = at + 1;
        found++;
        previous = value;
        first = false;
      } else {
        wrong++;
        first = false;
      }
    }
    return new Verdict(expected.size(), found, expected.size() - found, repeated, wrong, notGood);
  }

  /**
   * A polled source has no times of its own: what it says first after a silence is a reading of its
   * own, also when nothing has changed since the last good one. Each such row stands directly
   * behind one that is not Good, so there are no more of them than {@link Verdict#notGood} counts.
   */
  private static final class Continuation {
    private @Nullable String lastGood;
    private boolean interrupted;

    void saw(StoredSample row) {
      interrupted = !row.isGood();
      if (row.isGood()) {
        lastGood = row.value();
      }
    }

    boolean restores(StoredSample row) {
      return interrupted && row.isGood() && Objects.equals(lastGood, row.value());
    }
  }

  private static int indexFrom(List<String> values, int start, String value) {
    for (int i = start; i < values.size(); i++) {
      if (values.get(i).equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
