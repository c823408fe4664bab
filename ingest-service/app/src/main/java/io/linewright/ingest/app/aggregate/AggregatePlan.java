package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.Aggregates;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.tally.Tallies;
import io.linewright.ingest.aggregate.tally.Tally;
import io.linewright.ingest.app.aggregate.RollupTotals.Kept;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.history.Histories;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.sample.Sample;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How aggregates of one tag are computed: of roll-ups the buckets for which they determine them, of
 * samples all others.
 */
final class AggregatePlan {

  /** Most samples that are read for an answer: more would take longer than clients wait. */
  static final long MOST_SAMPLES = 5_000_000;

  /** Buckets side by side are computed of roll-ups if that saves a stretch of samples at least. */
  static final long SAVING = 5_000;

  private final TagHistory history;
  private final AggregateConfiguration configuration;
  private final List<Bucket> buckets;
  private final @Nullable Tallies tallies;
  private final Map<Aggregate, BitSet> rolledUp = new EnumMap<>(Aggregate.class);

  /**
   * @param buckets ascending, without gaps, at least one
   * @param tallies told all; null: samples are to be taken
   */
  AggregatePlan(
      TagHistory history,
      AggregateConfiguration configuration,
      List<Bucket> buckets,
      List<Aggregate> aggregates,
      @Nullable Tallies tallies) {
    this.history = history;
    this.configuration = configuration;
    this.buckets = buckets;
    this.tallies = tallies;
    if (tallies != null) {
      for (Aggregate aggregate : aggregates) {
        if (Tally.knows(aggregate)) {
          rolledUp.put(aggregate, tallies.answered(aggregate, SAVING));
        }
      }
    }
  }

  /**
   * About how many samples are read. Aggregates that walk over the same buckets share one reading,
   * as long as what is read for a bucket stays in memory until the last of them has passed it; else
   * each reads by itself. Extremes of roll-ups read some samples besides.
   *
   * @param kept what the tag has in the range
   */
  long toBeRead(Kept kept, List<Aggregate> aggregates) {
    Map<BitSet, Integer> walks = new HashMap<>();
    Set<Aggregate> extremes = EnumSet.noneOf(Aggregate.class);
    long toBeRead = 0;
    for (Aggregate aggregate : aggregates) {
      BitSet answered = rolledUp.getOrDefault(aggregate, new BitSet());
      walks.merge(answered, 1, Integer::sum);
      if (tallies != null && extremes.add(extreme(aggregate))) {
        toBeRead += tallies.samples(answered) - tallies.saved(aggregate, answered);
      }
    }
    boolean shared = Histories.areKept(walks.size(), kept.inBucketOf(longest()));
    for (Map.Entry<BitSet, Integer> walk : walks.entrySet()) {
      long known = tallies == null ? 0 : tallies.samples(walk.getKey());
      toBeRead += Math.max(0, kept.samples() - known) * (shared ? 1 : walk.getValue());
    }
    return toBeRead;
  }

  /** An extreme and its time are looked for among the same samples. */
  private static Aggregate extreme(Aggregate aggregate) {
    return switch (aggregate) {
      case MINIMUM_ACTUAL_TIME -> Aggregate.MINIMUM;
      case MAXIMUM_ACTUAL_TIME -> Aggregate.MAXIMUM;
      default -> aggregate;
    };
  }

  private long longest() {
    return buckets.stream().mapToLong(Bucket::micros).max().orElse(0);
  }

  /**
   * Checks that not too many samples would have to be read.
   *
   * @throws RefusedException if there are more
   */
  static void check(long samples) {
    if (samples > MOST_SAMPLES) {
      throw new RefusedException(
          HttpStatus.BAD_REQUEST,
          "too-many-samples",
          "about %d samples would have to be read, at most %d are for an answer; ask for a shorter range, fewer tags or fewer aggregates, or, with buckets of whole hours, for %s, which are made of roll-ups where values are not Uncertain"
              .formatted(
                  samples,
                  MOST_SAMPLES,
                  Arrays.stream(Aggregate.values())
                      .filter(Tally::knows)
                      .map(Aggregate::browseName)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** The values of an aggregate, one for each bucket. */
  Iterator<AggregateValue> run(Aggregate aggregate) {
    return new Run(aggregate, rolledUp.getOrDefault(aggregate, new BitSet()));
  }

  private Iterator<AggregateValue> ofSamples(Aggregate aggregate, int from, int to) {
    TimeRange range =
        new TimeRange(buckets.get(from).startMicros(), buckets.get(to - 1).endMicros());
    return Aggregates.over(
        aggregate,
        configuration,
        buckets.subList(from, to).iterator(),
        history.samples(range, Need.of(aggregate, configuration)));
  }

  /** Behind the buckets from one on that are computed of samples. */
  private int end(BitSet ofRollups, int from) {
    int next = ofRollups.nextSetBit(from);
    return next < 0 ? buckets.size() : next;
  }

  private final class Run implements Iterator<AggregateValue> {

    private final Aggregate aggregate;
    private final BitSet ofRollups;
    private final Function<Bucket, Iterator<Sample>> reader =
        part -> history.samples(new TimeRange(part.startMicros(), part.endMicros()));
    private Iterator<AggregateValue> ofSamples;
    private int at;

    /** Begins to read, so that what hinders it is known before an answer is written. */
    Run(Aggregate aggregate, BitSet ofRollups) {
      this.aggregate = aggregate;
      this.ofRollups = ofRollups;
      this.ofSamples =
          ofRollups.get(0)
              ? Collections.emptyIterator()
              : AggregatePlan.this.ofSamples(aggregate, 0, end(ofRollups, 0));
    }

    @Override
    public boolean hasNext() {
      return at < buckets.size();
    }

    @Override
    public AggregateValue next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int bucket = at++;
      if (tallies != null && ofRollups.get(bucket)) {
        return tallies
            .value(bucket, aggregate, configuration, reader)
            .orElseGet(() -> AggregatePlan.this.ofSamples(aggregate, bucket, bucket + 1).next());
      }
      if (!ofSamples.hasNext()) {
        ofSamples = AggregatePlan.this.ofSamples(aggregate, bucket, end(ofRollups, bucket));
      }
      return ofSamples.next();
    }
  }
}
