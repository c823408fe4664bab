package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.aggregate.tally.Tallies;
import io.linewright.ingest.aggregate.tally.Tally;
import io.linewright.ingest.app.aggregate.RollupTotals.Kept;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.rollup.Level;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out how the aggregates of an answer are computed, before its first byte is written. */
final class AggregatePlanner {

  /** Minutes that a bucket should have, so that roll-ups are fewer than samples. */
  private static final int FEWEST_MINUTES = 4;

  /** Most roll-ups that are read for a tag: hours of 68 years, minutes of a year. */
  private static final long MOST_ROLLUPS = 600_000;

  /** So many roll-ups are read even if there should be few samples. */
  private static final long FEW_ROLLUPS = 1_000;

  /** Samples that a roll-up should stand for: it is wider, and lies farther from the next. */
  private static final int FEWEST_SAMPLES = 4;

  private final RollupTotals rollups;
  private final HeavyReads reads;

  AggregatePlanner(RollupTotals rollups, HeavyReads reads) {
    this.rollups = rollups;
    this.reads = reads;
  }

  /**
   * A plan for each tag, in their order.
   *
   * @throws io.linewright.kit.problem.RefusedException if too many samples would have to be read
   */
  List<AggregatePlan> plans(AggregateQuestion question, List<TagHistory> histories, Truth truth) {
    HeavyReads.Answer answer = reads.answer();
    TimeRange range = question.range();
    List<AggregatePlan> plans = new ArrayList<>();
    long toBeRead = 0;
    for (TagHistory history : histories) {
      List<Bucket> buckets = new ArrayList<>();
      question
          .buckets()
          .between(range.fromMicros(), range.toMicros())
          .forEachRemaining(buckets::add);
      AggregateConfiguration configuration = question.configuration(history.tag());
      Kept kept = kept(history, range, answer);
      // Roll-ups are of what counts; what came is not rolled up.
      boolean known =
          truth == Truth.EFFECTIVE && question.aggregates().stream().anyMatch(Tally::knows);
      Optional<Level> level =
          known ? level(history, range, buckets, kept.samples()) : Optional.empty();
      Tallies tallies = null;
      if (level.isPresent()) {
        toBeRead += rollups(range, level.get());
        AggregatePlan.check(toBeRead);
        tallies = tallies(history, range, buckets, level.get(), answer, configuration);
      }
      AggregatePlan plan =
          new AggregatePlan(history, configuration, buckets, question.aggregates(), tallies);
      toBeRead += plan.toBeRead(kept, question.aggregates());
      AggregatePlan.check(toBeRead);
      plans.add(plan);
    }
    return plans;
  }

  /** What there is, as far as roll-ups and marks know; nothing also in less than an hour. */
  private Kept kept(TagHistory history, TimeRange range, HeavyReads.Answer answer) {
    Kept kept = Kept.NONE;
    if (range.toMicros() - range.fromMicros() < Level.HOUR.micros()) {
      return kept;
    }
    for (Part part : history.parts()) {
      long from = Math.max(range.fromMicros(), part.piece().fromMicros());
      long to = Math.min(range.toMicros(), part.piece().toMicros());
      if (from < to) {
        kept = kept.and(answer.read(() -> rollups.kept(part.piece().tagId(), from, to)));
      }
    }
    return kept;
  }

  /** Roll-ups to be read; empty if it is not worth while, or values are not shown as they are. */
  private static Optional<Level> level(
      TagHistory history, TimeRange range, List<Bucket> buckets, long kept) {
    if (whole(history, range).isEmpty() || EffectiveSource.isLarge(history.tag().type())) {
      return Optional.empty();
    }
    return Tallies.level(buckets, FEWEST_MINUTES)
        .filter(
            level -> {
              long most = rollups(range, level);
              return most <= MOST_ROLLUPS && (most <= FEW_ROLLUPS || kept >= FEWEST_SAMPLES * most);
            });
  }

  /** The stored tag that has all of the range, if its numbers are shown as they are rolled up. */
  private static Optional<Part> whole(TagHistory history, TimeRange range) {
    return history.whole(range).filter(part -> part.mapping().keepsNumbers());
  }

  /** How many roll-ups there are at most. */
  private static long rollups(TimeRange range, Level level) {
    return (range.toMicros() - range.fromMicros()) / level.micros();
  }

  /** Null if it is not worth while. */
  private @Nullable Tallies tallies(
      TagHistory history,
      TimeRange range,
      List<Bucket> buckets,
      Level level,
      HeavyReads.Answer answer,
      AggregateConfiguration configuration) {
    int tagId = whole(history, range).orElseThrow().piece().tagId();
    Tallies tallies = new Tallies(buckets, history.tag().type());
    answer.read(
        () -> {
          rollups.read(tagId, level, range.fromMicros(), range.toMicros(), tallies);
          return tallies;
        });
    if (tallies.samples() < AggregatePlan.SAVING) {
      return null;
    }
    Need any = Need.of(Aggregate.COUNT, configuration);
    List<Sample> before = history.before(range.fromMicros(), any);
    tallies.around(
        before.stream().anyMatch(AggregatePlanner::isKnown),
        !before.isEmpty() && isGoodNumber(before.getLast()),
        !history.after(range.toMicros(), any).isEmpty());
    return tallies;
  }

  /** Before all others, Bad_NoData only says where the archive begins. */
  private static boolean isKnown(Sample sample) {
    return !AggregateStatus.code(sample.status()).equals(AggregateStatus.BAD_NO_DATA);
  }

  private static boolean isGoodNumber(Sample sample) {
    return sample.status().isGood() && Double.isFinite(SampleNumber.of(sample.value()));
  }
}
