package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.aggregate.tally.Tallies;
import io.linewright.ingest.aggregate.tally.Tally;
import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.bulkhead.HeavyReads;
import io.linewright.ingest.app.history.EffectiveSource;
import io.linewright.ingest.app.history.Need;
import io.linewright.ingest.app.history.TagHistory;
import io.linewright.ingest.app.truth.Truth;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.registry.ValueMapping;
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
      // Roll-ups are of what counts; what came is not rolled up.
      Tallies tallies =
          truth == Truth.EFFECTIVE && question.aggregates().stream().anyMatch(Tally::knows)
              ? tallies(history, range, buckets, answer, configuration)
              : null;
      AggregatePlan plan =
          new AggregatePlan(history, configuration, buckets, question.aggregates(), tallies);
      toBeRead += plan.toBeRead(kept(history, range, answer), question.aggregates());
      AggregatePlan.check(toBeRead);
      plans.add(plan);
    }
    return plans;
  }

  /** How many samples there are, as far as roll-ups know; 0 also in less than an hour. */
  private long kept(TagHistory history, TimeRange range, HeavyReads.Answer answer) {
    long kept = 0;
    if (range.toMicros() - range.fromMicros() < Level.HOUR.micros()) {
      return kept;
    }
    for (Part part : history.parts()) {
      long from = Math.max(range.fromMicros(), part.piece().fromMicros());
      long to = Math.min(range.toMicros(), part.piece().toMicros());
      if (from < to) {
        kept += answer.read(() -> rollups.samples(part.piece().tagId(), from, to));
      }
    }
    return kept;
  }

  /** Null if it is not worth while, or values are not shown as they are rolled up. */
  private @Nullable Tallies tallies(
      TagHistory history,
      TimeRange range,
      List<Bucket> buckets,
      HeavyReads.Answer answer,
      AggregateConfiguration configuration) {
    Optional<Part> whole =
        history.whole(range).filter(part -> part.mapping().equals(ValueMapping.NONE));
    Optional<Level> level = Tallies.level(buckets, FEWEST_MINUTES);
    if (whole.isEmpty() || level.isEmpty() || EffectiveSource.isLarge(history.tag().type())) {
      return null;
    }
    if ((range.toMicros() - range.fromMicros()) / level.get().micros() > MOST_ROLLUPS) {
      return null;
    }
    Tallies tallies = new Tallies(buckets, history.tag().type());
    answer.read(
        () -> {
          rollups.read(
              whole.get().piece().tagId(),
              level.get(),
              range.fromMicros(),
              range.toMicros(),
              tallies);
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
