package io.linewright.ingest.downsample;

import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.Sample;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of each bucket the first, last, least and greatest sample, per severity. A line chart with
 * a bucket per pixel column then looks as one of all samples (M4: U. Jugel et al., PVLDB 7 (2014),
 * doi:10.14778/2732951.2732953), and no quality that occurred is lost, nor a change of it at the
 * ends of a bucket.
 *
 * <p>Samples stay what they are: value, status, time and ordinal. Of several equal extremes the
 * first is kept; what is no finite number has no extremes. At most {@value #MAX_PER_BUCKET} samples
 * per bucket; memory: those of one bucket.
 */
public final class Extremes {

  /** Most samples that one bucket keeps: four for each severity. */
  public static final int MAX_PER_BUCKET = 12;

  private Extremes() {}

  /**
   * The samples kept, ascending by time and ordinal.
   *
   * @param buckets ascending, not overlapping; samples outside of them are dropped
   * @param samples ascending by time and ordinal
   */
  public static Iterator<Sample> of(Iterator<Bucket> buckets, Iterator<Sample> samples) {
    return new Iterator<>() {
      private final Queue<Sample> ready = new ArrayDeque<>();
      private @Nullable Sample ahead = samples.hasNext() ? samples.next() : null;

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && ahead != null && buckets.hasNext()) {
          fill(buckets.next());
        }
        return !ready.isEmpty();
      }

      @Override
      public Sample next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }

      private void fill(Bucket bucket) {
        BucketExtremes kept = new BucketExtremes();
        while (ahead != null && ahead.sourceMicros() < bucket.endMicros()) {
          if (bucket.contains(ahead.sourceMicros())) {
            kept.add(ahead);
          }
          ahead = samples.hasNext() ? samples.next() : null;
        }
        ready.addAll(kept.samples());
      }
    };
  }
}
