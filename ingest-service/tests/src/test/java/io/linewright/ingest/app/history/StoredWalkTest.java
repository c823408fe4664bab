package io.linewright.ingest.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Order;
import io.linewright.ingest.truth.Ranges;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.ingest.truth.Target;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StoredWalkTest {

  private final NavigableSet<At> stored = new TreeSet<>();
  private final NavigableSet<At> restored = new TreeSet<>();
  private int read;

  @Test
  void deletedRangesAreNotRead() {
    for (long time = 0; time < 100_000; time++) {
      stored.add(new At(time, 0));
    }
    Ranges ranges = deleted(10, 50_000, 50_000, 99_990);
    for (Order order : Order.values()) {
      read = 0;
      assertThat(walk(order, ranges, -1, 100_000)).hasSizeLessThan(80);
      assertThat(read).isLessThan(80);
    }
  }

  @Test
  void whatWasRestoredInThemIsFound() {
    for (long time = 0; time < 10_000; time++) {
      stored.add(new At(time, 0));
      stored.add(new At(time, 1));
    }
    restored.add(new At(5_000, 1));
    Ranges ranges = deleted(0, 10_000);
    for (Order order : Order.values()) {
      assertThat(walk(order, ranges, -1, 10_000)).contains(new At(5_000, 1)).hasSizeLessThan(80);
    }
  }

  /** Nothing that may count is missing, nothing comes twice, the order holds. */
  @Test
  void nothingThatMayCountIsPassedOver() {
    Seeded.check(
        500,
        random -> {
          stored.clear();
          restored.clear();
          int times = 1 + random.nextInt(60);
          for (int i = 0; i < times; i++) {
            for (int ordinal = 0; ordinal < 3; ordinal++) {
              At key = new At(i, ordinal);
              if (random.nextInt(3) > 0) {
                stored.add(key);
              }
              if (random.nextInt(15) == 0) {
                restored.add(key);
              }
            }
          }
          List<Entry> entries = new ArrayList<>();
          for (int version = 1; version <= random.nextInt(8); version++) {
            long from = random.nextInt(times);
            During range = new During(from, from + 1 + random.nextInt(times));
            entries.add(
                new Entry(
                    version,
                    0,
                    random.nextInt(3) > 0 ? Correction.delete(range) : Correction.restore(range)));
          }
          Ranges ranges = Ranges.of(entries);
          long from = random.nextInt(times) - 1;
          long to = from + 1 + random.nextInt(times);
          for (Order order : Order.values()) {
            List<At> found = walk(order, ranges, from, to);
            List<At> ascending = order == Order.OLDEST_FIRST ? found : found.reversed();
            assertThat(ascending).isSorted().doesNotHaveDuplicates();
            Set<At> needed = new HashSet<>(stored.subSet(new At(from, -1), new At(to, -1)));
            needed.removeIf(
                key -> {
                  Ranges.Stretch range = ranges.at(key.micros());
                  return range != null && range.deleted() && !restored.contains(key);
                });
            assertThat(found).containsAll(needed);
            assertThat(stored.subSet(new At(from, -1), new At(to, -1))).containsAll(found);
          }
        });
  }

  private List<At> walk(Order order, Ranges ranges, long from, long to) {
    List<At> found = new ArrayList<>();
    new StoredWalk(
            (low, high, limit) -> read(order, low, high, limit),
            (low, high) -> firstRestored(order, low, high),
            ranges,
            order,
            new At(from, -1),
            new At(to, -1),
            4,
            8)
        .forEachRemaining(one -> found.add(At.of(one.sample())));
    return found;
  }

  private List<StoredSample> read(Order order, At low, At high, int limit) {
    NavigableSet<At> between = stored.subSet(low, false, high, false);
    List<StoredSample> samples =
        (order == Order.OLDEST_FIRST ? between : between.descendingSet())
            .stream()
                .limit(limit)
                .map(
                    key ->
                        new StoredSample(
                            new Sample(
                                SampleValue.of(1.0), StatusCode.GOOD, key.micros(), key.ordinal()),
                            0,
                            0))
                .toList();
    read += samples.size();
    return samples;
  }

  private Optional<At> firstRestored(Order order, At low, At high) {
    if (low.compareTo(high) >= 0) {
      return Optional.empty();
    }
    NavigableSet<At> between = restored.subSet(low, false, high, false);
    return between.isEmpty()
        ? Optional.empty()
        : Optional.of(order == Order.OLDEST_FIRST ? between.first() : between.last());
  }

  private static Ranges deleted(long... bounds) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      Target.During range = new During(bounds[i], bounds[i + 1]);
      entries.add(new Entry(i + 1, 0, Correction.delete(range)));
    }
    return Ranges.of(entries);
  }
}
