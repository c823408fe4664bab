package io.linewright.ingest.truth;

import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Short words for tests about corrections: times are single microseconds. */
final class Words {

  private Words() {}

  static At at(long micros) {
    return new At(micros, 0);
  }

  static During during(long from, long to) {
    return new During(from, to);
  }

  static Correction set(Kind kind, At key, double value) {
    return new Correction(kind, key, SampleValue.of(value), StatusCode.GOOD);
  }

  static StoredSample raw(At key, double value) {
    return new StoredSample(
        new Sample(SampleValue.of(value), StatusCode.GOOD, key.micros(), key.ordinal()),
        key.micros() + 1,
        key.micros() + 2);
  }

  /** A correction of a few keys and ranges, any kind, whether or not it makes sense there. */
  static Correction random(RandomGenerator random, int times) {
    At key = new At(random.nextInt(times), random.nextInt(2));
    long from = random.nextInt(times);
    During range = new During(from, from + 1 + random.nextInt(times));
    return switch (random.nextInt(6)) {
      case 0 -> set(Kind.REPLACE, key, random.nextInt(1_000));
      case 1 -> set(Kind.INSERT, key, random.nextInt(1_000));
      case 2 -> Correction.delete(key);
      case 3 -> Correction.restore(key);
      case 4 -> Correction.delete(range);
      default -> Correction.restore(range);
    };
  }

  /**
   * The series as somebody keeps it who changes a list of values with each correction: deletes take
   * out, restores put back from the raw values.
   */
  static List<StoredSample> byHand(List<StoredSample> raw, List<Entry> entries) {
    NavigableMap<At, StoredSample> stored = new TreeMap<>();
    raw.forEach(one -> stored.put(At.of(one.sample()), one));
    NavigableMap<At, StoredSample> now = new TreeMap<>(stored);
    for (Entry entry : entries) {
      Correction correction = entry.correction();
      At first = new At(correction.target().fromMicros(), -1);
      At behind = new At(correction.target().toMicros(), -1);
      switch (correction.target()) {
        case At key -> {
          switch (correction.kind()) {
            case REPLACE, INSERT ->
                now.put(
                    key,
                    new StoredSample(
                        correction.sample(key), entry.recordedMicros(), entry.recordedMicros()));
            case DELETE -> now.remove(key);
            case RESTORE -> {
              now.remove(key);
              if (stored.containsKey(key)) {
                now.put(key, stored.get(key));
              }
            }
          }
        }
        case During range -> {
          now.subMap(first, behind).clear();
          if (correction.kind() == Kind.RESTORE) {
            now.putAll(stored.subMap(first, behind));
          }
        }
      }
    }
    return new ArrayList<>(now.values());
  }

  /** The series as the core folds it, in that order. */
  static List<StoredSample> folded(Order order, List<StoredSample> raw, List<Entry> entries) {
    Comparator<At> keys =
        order == Order.OLDEST_FIRST ? Comparator.naturalOrder() : Comparator.reverseOrder();
    List<StoredSample> sorted =
        raw.stream().sorted(Comparator.comparing(one -> At.of(one.sample()), keys)).toList();
    List<Entry> values =
        entries.stream()
            .filter(entry -> entry.correction().target() instanceof At)
            .sorted(Comparator.comparing(entry -> (At) entry.correction().target(), keys))
            .toList();
    List<Entry> ranges =
        entries.stream().filter(entry -> entry.correction().target() instanceof During).toList();
    List<StoredSample> found = new ArrayList<>();
    new EffectiveSeries(order, sorted.iterator(), values.iterator(), Ranges.of(ranges))
        .forEachRemaining(found::add);
    return found;
  }
}
