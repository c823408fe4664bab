package io.linewright.ingest.downsample;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first, last, least and greatest sample of one bucket, per severity. Putting in what buckets
 * side by side have kept gives the same as all of their samples. For one thread.
 */
public final class BucketExtremes {

  private static final Comparator<Sample> BY_TIME =
      Comparator.comparingLong(Sample::sourceMicros).thenComparingInt(Sample::ordinal);

  private final Map<Severity, Kept> kept = new EnumMap<>(Severity.class);

  /** Adds a sample of the bucket; ascending by time and ordinal. */
  public void add(Sample sample) {
    kept.computeIfAbsent(sample.status().severity(), s -> new Kept()).add(sample);
  }

  /** The samples kept, at most {@link Extremes#MAX_PER_BUCKET}, ascending by time and ordinal. */
  public List<Sample> samples() {
    List<Sample> all = new ArrayList<>();
    kept.values().forEach(k -> all.addAll(k.samples()));
    all.sort(BY_TIME);
    return all;
  }

  /** What one severity keeps. */
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
      double number = SampleNumber.of(sample.value());
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
}
