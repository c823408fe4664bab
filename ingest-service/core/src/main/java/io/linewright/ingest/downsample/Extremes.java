package io.linewright.ingest.downsample;

import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import io.linewright.model.sample.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
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

  private static final Comparator<Sample> BY_TIME =
      Comparator.comparingLong(Sample::sourceMicros).thenComparingInt(Sample::ordinal);

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
        Map<Severity, Kept> kept = new EnumMap<>(Severity.class);
        while (ahead != null && ahead.sourceMicros() < bucket.endMicros()) {
          if (bucket.contains(ahead.sourceMicros())) {
            kept.computeIfAbsent(ahead.status().severity(), s -> new Kept()).add(ahead);
          }
          ahead = samples.hasNext() ? samples.next() : null;
        }
        List<Sample> all = new ArrayList<>();
        kept.values().forEach(k -> all.addAll(k.samples()));
        all.sort(BY_TIME);
        ready.addAll(all);
      }
    };
  }

  /** What one severity keeps in one bucket. */
  private static final class Kept {

    private @Nullable Sample first;
    private @Nullable Sample last;
    private @Nullable Sample least;
    private @Nullable Sample greatest;
    private double low;
    private double high;

    void add(Sample sample) {
      if (first == null) {
        first = sample;
      }
      last = sample;
      double number = number(sample.value());
      if (!Double.isFinite(number)) {
        return;
      }
      if (least == null || number < low) {
        least = sample;
        low = number;
      }
      if (greatest == null || number > high) {
        greatest = sample;
        high = number;
      }
    }

    Set<Sample> samples() {
      Set<Sample> samples = new LinkedHashSet<>();
      for (@Nullable Sample sample : new @Nullable Sample[] {first, least, greatest, last}) {
        if (sample != null) {
          samples.add(sample);
        }
      }
      return samples;
    }
  }

  private static double number(@Nullable SampleValue value) {
    return switch (value) {
      case null -> Double.NaN;
      case BooleanValue(boolean truth) -> truth ? 1 : 0;
      case IntegerValue(long whole) -> whole;
      case DoubleValue(double number) -> number;
      case StringValue text -> Double.NaN;
      case BytesValue bytes -> Double.NaN;
    };
  }
}
