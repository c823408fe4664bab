package io.linewright.ingest.aggregate.tally;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.rollup.Level;
import io.linewright.ingest.rollup.Rollup;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Buckets that follow each other, and what roll-ups say of them. First it is told all roll-ups and
 * where there are none that can be used, then what lies around; then it is asked.
 */
public final class Tallies {

  private final List<Bucket> buckets;
  private final List<Tally> tallies;
  private final BitSet unknown = new BitSet();
  private final BitSet within = new BitSet();
  private final BitSet goodBefore = new BitSet();
  private int at;

  /**
   * @param buckets ascending, without gaps, at least one
   * @param type of the samples' values
   */
  public Tallies(List<Bucket> buckets, DataType type) {
    this.buckets = buckets;
    this.tallies = new ArrayList<>(buckets.size());
    buckets.forEach(bucket -> tallies.add(new Tally(bucket, type)));
  }

  /**
   * The highest level, up to the hour, whose roll-ups make up all of the buckets; the first and the
   * last one may be cut. Empty: there is none, or a bucket would have few.
   *
   * @param buckets ascending, without gaps, at least one
   * @param fewest minutes that a bucket should have
   */
  public static Optional<Level> level(List<Bucket> buckets, int fewest) {
    for (Level level : List.of(Level.HOUR, Level.MINUTE)) {
      // Hours may be single: each is made of many minutes
      int least = level == Level.MINUTE ? fewest : 1;
      if (isMadeOf(level, buckets)
          && buckets.stream().anyMatch(b -> b.micros() >= least * level.micros())) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  private static boolean isMadeOf(Level level, List<Bucket> buckets) {
    if (buckets.size() == 1) {
      Bucket only = buckets.getFirst();
      return only.startMicros() % level.micros() == 0 && only.endMicros() % level.micros() == 0;
    }
    return buckets.stream().skip(1).allMatch(b -> b.startMicros() % level.micros() == 0);
  }

  /** Takes a roll-up that is up to date; ascending. */
  public void add(Rollup rollup, Level level) {
    while (at < buckets.size() && rollup.startMicros() >= buckets.get(at).endMicros()) {
      at++;
    }
    if (at < buckets.size() && rollup.startMicros() >= buckets.get(at).startMicros()) {
      tallies.get(at).add(rollup, level);
    }
  }

  /** Takes a stretch of which roll-ups do not tell; it may be empty. */
  public void unknown(long fromMicros, long toMicros) {
    int i = fromMicros < toMicros ? indexOf(fromMicros) : buckets.size();
    for (; i < buckets.size() && buckets.get(i).startMicros() < toMicros; i++) {
      unknown.set(i);
    }
  }

  /** Number of the first bucket that ends after an instant. */
  private int indexOf(long micros) {
    int low = 0;
    int high = buckets.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (buckets.get(middle).endMicros() > micros) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** How many samples there are in buckets of which roll-ups tell all. */
  public long samples() {
    long samples = 0;
    for (int i = 0; i < buckets.size(); i++) {
      samples += unknown.get(i) ? 0 : tallies.get(i).samples();
    }
    return samples;
  }

  /**
   * Takes what lies around the buckets.
   *
   * @param begun whether there is a sample before them other than Bad_NoData
   * @param good whether the last sample before them is Good and a number
   * @param followed whether there is a sample behind them
   */
  public void around(boolean begun, boolean good, boolean followed) {
    boolean data = begun;
    boolean lastGood = good;
    for (int i = 0; i < buckets.size(); i++) {
      Tally tally = tallies.get(i);
      within.set(i, data && !unknown.get(i));
      goodBefore.set(i, lastGood);
      data |= tally.hasNumbers();
      if (unknown.get(i)) {
        lastGood = false;
      } else if (tally.samples() > 0) {
        lastGood = tally.endsGood();
      }
    }
    boolean later = followed;
    for (int i = buckets.size() - 1; i >= 0; i--) {
      within.set(i, within.get(i) && later);
      later |= tallies.get(i).samples() > 0;
    }
  }

  /**
   * Numbers of the buckets for which roll-ups determine an aggregate. Those side by side that would
   * save less are left out: what is read of samples begins anew behind them.
   *
   * @param saving least number of samples that need not be read for buckets side by side
   */
  public BitSet answered(Aggregate aggregate, long saving) {
    BitSet answered = new BitSet();
    for (int i = 0; i < buckets.size(); i++) {
      answered.set(i, within.get(i) && tallies.get(i).answers(aggregate, goodBefore.get(i)));
    }
    for (int i = answered.nextSetBit(0); i >= 0; ) {
      int end = answered.nextClearBit(i);
      if (saved(aggregate, i, end) < saving) {
        answered.clear(i, end);
      }
      i = answered.nextSetBit(end);
    }
    return answered;
  }

  private long saved(Aggregate aggregate, int from, int to) {
    long saved = 0;
    for (Tally tally : tallies.subList(from, to)) {
      saved += tally.samples() - tally.toBeRead(aggregate);
    }
    return saved;
  }

  /** How many samples there are in some of the buckets. */
  public long samples(BitSet some) {
    return some.stream().mapToLong(i -> tallies.get(i).samples()).sum();
  }

  /** How many samples need not be read for these buckets, of {@link #answered}. */
  public long saved(Aggregate aggregate, BitSet answered) {
    long saved = 0;
    for (int i = answered.nextSetBit(0); i >= 0; i = answered.nextSetBit(i + 1)) {
      saved += saved(aggregate, i, i + 1);
    }
    return saved;
  }

  /**
   * The value of an aggregate for a bucket of {@link #answered}.
   *
   * @param reader the samples of a part of the bucket, ascending; asked at most once
   * @return empty if the samples read are not those of the roll-ups any more
   */
  public Optional<AggregateValue> value(
      int bucket,
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Function<Bucket, Iterator<Sample>> reader) {
    return tallies.get(bucket).value(aggregate, configuration, reader);
  }
}
