package io.linewright.ingest.truth;

import static io.linewright.ingest.truth.Words.at;
import static io.linewright.ingest.truth.Words.byHand;
import static io.linewright.ingest.truth.Words.during;
import static io.linewright.ingest.truth.Words.folded;
import static io.linewright.ingest.truth.Words.raw;
import static io.linewright.ingest.truth.Words.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.truth.Target.At;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EffectiveSeriesTest {

  private static final List<StoredSample> RAW =
      LongStream.range(0, 5).mapToObj(i -> raw(at(i), i)).toList();

  @Test
  void withoutCorrectionsItIsWhatIsStored() {
    assertThat(folded(Order.OLDEST_FIRST, RAW, List.of())).isEqualTo(RAW);
    assertThat(folded(Order.OLDEST_FIRST, List.of(), List.of())).isEmpty();
  }

  @Test
  void aCorrectedValueBearsTheTimeOfItsCorrection() {
    List<StoredSample> series =
        folded(
            Order.OLDEST_FIRST,
            RAW,
            List.of(
                new Entry(1, 77, set(Kind.REPLACE, at(1), 10)),
                new Entry(2, 78, set(Kind.INSERT, new At(1, 3), 11))));
    assertThat(series).hasSize(6);
    assertThat(series.get(1))
        .isEqualTo(new StoredSample(set(Kind.REPLACE, at(1), 10).sample(at(1)), 77, 77));
    assertThat(series.get(2).sample().ordinal()).isEqualTo(3);
  }

  @Test
  void theStatusStaysAsItWasGiven() {
    StatusCode marked = StatusCode.of(0x809B0403);
    Correction bad = new Correction(Kind.REPLACE, at(2), null, marked);
    Sample sample = folded(Order.OLDEST_FIRST, RAW, List.of(new Entry(1, 9, bad))).get(2).sample();
    assertThat(sample.value()).isNull();
    assertThat(sample.status()).isEqualTo(marked);
  }

  @Test
  void whatComesLateIntoADeletedRangeIsDeletedUntilItIsRestored() {
    List<Entry> deleted = List.of(new Entry(1, 9, Correction.delete(during(1, 4))));
    List<StoredSample> late = new ArrayList<>(RAW);
    late.add(raw(new At(3, 1), 31));
    assertThat(folded(Order.OLDEST_FIRST, late, deleted)).containsExactly(RAW.get(0), RAW.get(4));

    List<Entry> restored = new ArrayList<>(deleted);
    restored.add(new Entry(2, 9, Correction.restore(during(3, 4))));
    assertThat(folded(Order.OLDEST_FIRST, late, restored))
        .containsExactly(RAW.get(0), RAW.get(3), late.getLast(), RAW.get(4));
  }

  @Test
  void aValueCanBePutIntoADeletedRangeAndGoesWithTheNextDeletion() {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(1, 9, Correction.delete(during(0, 5))));
    entries.add(new Entry(2, 9, set(Kind.INSERT, at(2), 22)));
    entries.add(new Entry(3, 9, Correction.restore(at(4))));
    assertThat(folded(Order.OLDEST_FIRST, RAW, entries))
        .extracting(one -> one.sample().sourceMicros())
        .containsExactly(2L, 4L);
    entries.add(new Entry(4, 9, Correction.delete(during(0, 5))));
    assertThat(folded(Order.OLDEST_FIRST, RAW, entries)).isEmpty();
  }

  /** Any corrections in any order of writing and arrival: as one who keeps a list by hand. */
  @Test
  void itIsWhatOneWouldKeepByHand() {
    Seeded.check(
        2_000,
        random -> {
          int times = 1 + random.nextInt(12);
          List<StoredSample> raw = new ArrayList<>();
          for (long time = 0; time < times; time++) {
            for (int ordinal = 0; ordinal < 2; ordinal++) {
              if (random.nextInt(3) > 0) {
                raw.add(raw(new At(time, ordinal), random.nextInt(1_000)));
              }
            }
          }
          List<Entry> entries = new ArrayList<>();
          int count = random.nextInt(25);
          for (int version = 1; version <= count; version++) {
            entries.add(new Entry(version, 100 + version, Words.random(random, times)));
          }
          List<StoredSample> expected = byHand(raw, entries);

          Random shuffling = new Random(random.nextLong());
          Collections.shuffle(raw, shuffling);
          Collections.shuffle(entries, shuffling);
          assertThat(folded(Order.OLDEST_FIRST, raw, entries)).isEqualTo(expected);
          assertThat(folded(Order.NEWEST_FIRST, raw, entries)).isEqualTo(expected.reversed());
        });
  }

  @Test
  void itStreams() {
    long many = 50_000_000_000L;
    Iterator<StoredSample> endless =
        LongStream.range(0, many).mapToObj(i -> raw(at(i), 0)).iterator();
    EffectiveSeries series =
        new EffectiveSeries(
            Order.OLDEST_FIRST,
            endless,
            LongStream.range(0, many)
                .mapToObj(i -> new Entry(i + 1, 9, Correction.delete(at(2 * i))))
                .iterator(),
            Ranges.NONE);
    for (int i = 0; i < 10_000; i++) {
      assertThat(series.next().sample().sourceMicros()).isEqualTo(2 * i + 1);
    }
  }

  @Test
  void wrongInputIsRefused() {
    Iterator<Entry> range = List.of(new Entry(1, 9, Correction.delete(during(0, 1)))).iterator();
    EffectiveSeries series =
        new EffectiveSeries(Order.OLDEST_FIRST, Collections.emptyIterator(), range, Ranges.NONE);
    assertThatThrownBy(series::hasNext).isInstanceOf(IllegalArgumentException.class);
    EffectiveSeries empty =
        new EffectiveSeries(
            Order.OLDEST_FIRST,
            Collections.emptyIterator(),
            Collections.emptyIterator(),
            Ranges.NONE);
    assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
  }
}
