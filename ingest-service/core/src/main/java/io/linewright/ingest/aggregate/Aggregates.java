package io.linewright.ingest.aggregate;

import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.bound.Readings;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import java.util.Iterator;
import java.util.PrimitiveIterator;

/**
 * Computes aggregates by OPC UA part 13 (1.05) while samples stream by: one value per bucket, in
 * the order of time. Memory does not grow with the samples of a bucket, nor with the buckets.
 *
 * <p>The samples must be those of one tag, ascending by time and ordinal; beside the ones in the
 * buckets, those that {@link Aggregate#bounds} names. They are read as far as needed, the last ones
 * only after the last bucket. Out of order they end in an {@link IllegalArgumentException}.
 */
public final class Aggregates {

  private Aggregates() {}

  /**
   * The values of an aggregate.
   *
   * @param buckets ascending, not overlapping; gaps are allowed
   * @throws IllegalArgumentException for AnnotationCount, which needs annotations
   */
  public static Iterator<AggregateValue> over(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Iterator<Bucket> buckets,
      Iterator<Sample> samples) {
    AggregateConfiguration used = configuration;
    if (aggregate == Aggregate.WORST_QUALITY2 && configuration.stepped()) {
      // The definition ignores TreatUncertainAsBad; Annex A does so for stepped tags only
      used = configuration.withTreatUncertainAsBad(false);
    }
    Iterator<Reading> readings = new Readings(samples, used, aggregate.needsNumbers());
    return switch (aggregate) {
      case ANNOTATION_COUNT ->
          throw new IllegalArgumentException(
              "AnnotationCount needs annotations: annotationCount()");
      case INTERPOLATIVE, TIME_AVERAGE, TOTAL ->
          new InterpolatedRun(aggregate, used, buckets, readings);
      default -> new SimpleRun(aggregate, used, buckets, readings);
    };
  }

  /**
   * AnnotationCount: how many annotations there are per bucket. BadNoData where there are no
   * samples around, else Good.
   *
   * @param annotationMicros source times of the annotations, ascending, microseconds since the
   *     epoch
   */
  public static Iterator<AggregateValue> annotationCount(
      AggregateConfiguration configuration,
      Iterator<Bucket> buckets,
      Iterator<Sample> samples,
      PrimitiveIterator.OfLong annotationMicros) {
    // It shares time, status and Partial with DurationGood, which is Good within the data
    Iterator<AggregateValue> frames =
        over(Aggregate.DURATION_GOOD, configuration, buckets, samples);
    return new Iterator<>() {
      private long ahead = following();

      @Override
      public boolean hasNext() {
        return frames.hasNext();
      }

      @Override
      public AggregateValue next() {
        AggregateValue frame = frames.next();
        long count = 0;
        while (ahead < frame.bucket().endMicros()) {
          count += frame.bucket().contains(ahead) ? 1 : 0;
          ahead = following();
        }
        return new AggregateValue(
            frame.bucket(),
            frame.micros(),
            frame.status().isBad() ? null : SampleValue.of(count),
            frame.status(),
            frame.percentGood());
      }

      private long following() {
        return annotationMicros.hasNext() ? annotationMicros.nextLong() : Long.MAX_VALUE;
      }
    };
  }
}
