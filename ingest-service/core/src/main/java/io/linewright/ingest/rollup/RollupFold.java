package io.linewright.ingest.rollup;

import io.linewright.ingest.bucket.Bucket;
import io.linewright.ingest.downsample.BucketExtremes;
import io.linewright.ingest.downsample.SampleNumber;
import io.linewright.ingest.rollup.Rollup.Edge;
import io.linewright.ingest.rollup.Rollup.Extreme;
import io.linewright.ingest.rollup.Rollup.Held;
import io.linewright.ingest.rollup.Rollup.Numbers;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Makes the roll-up of one bucket from its samples, or from the roll-ups of the buckets that it is
 * made of; both give the same, but for the last digits of sums. For one bucket and thread.
 */
public final class RollupFold {

  private static final double MICROS_PER_SECOND = 1e6;

  private final Bucket bucket;
  private final int[] counts = new int[Severity.values().length];
  private final long[] held = new long[Severity.values().length];
  private final BucketExtremes points = new BucketExtremes();
  private boolean pointsKnown = true;
  private int numbers;
  private double sum;
  private double sumSquares;
  private @Nullable Extreme minimum;
  private @Nullable Extreme maximum;
  private double integral;
  private long integralMicros;
  private @Nullable Edge first;
  private @Nullable Edge inForce;
  private long inForceSince;

  public RollupFold(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Whether nothing was added yet. */
  public boolean isEmpty() {
    return first == null;
  }

  /**
   * Adds a sample of the bucket; ascending by time and ordinal.
   *
   * @param text whether its value is a text or bytes, left out of {@code sample}
   */
  public void add(Sample sample, boolean text) {
    double number = SampleNumber.of(sample.value());
    long micros = sample.sourceMicros();
    Edge edge = new Edge(micros, sample.status(), Double.isFinite(number) ? number : null);
    begin(edge);
    inForce = edge;
    inForceSince = micros;
    counts[sample.status().severity().ordinal()]++;
    points.add(sample);
    pointsKnown &= !text;
    Double usable = edge.usable();
    if (usable != null) {
      numbers++;
      sum += usable;
      sumSquares += usable * usable;
      extremes(new Extreme(usable, micros), null);
    }
  }

  /** Adds a part of the bucket; ascending, not mixed with samples. */
  public void add(Rollup part, Level level) {
    begin(part.first());
    inForce = part.last();
    inForceSince = part.startMicros() + level.micros();
    counts[Severity.GOOD.ordinal()] += part.good();
    counts[Severity.UNCERTAIN.ordinal()] += part.uncertain();
    counts[Severity.BAD.ordinal()] += part.bad();
    numbers += part.numbers().count();
    sum += part.numbers().sum();
    sumSquares += part.numbers().sumSquares();
    extremes(part.numbers().minimum(), part.numbers().maximum());
    integral += part.held().integral();
    integralMicros += part.held().integralMicros();
    held[Severity.GOOD.ordinal()] += part.held().goodMicros();
    held[Severity.UNCERTAIN.ordinal()] += part.held().uncertainMicros();
    held[Severity.BAD.ordinal()] += part.held().badMicros();
    if (part.points() == null) {
      pointsKnown = false;
    } else {
      part.points().forEach(points::add);
    }
  }

  /**
   * The roll-up of all that was added.
   *
   * @throws IllegalStateException if nothing was: a bucket without samples has none
   */
  public Rollup result() {
    holdUntil(bucket.endMicros());
    if (first == null || inForce == null) {
      throw new IllegalStateException("no roll-up without a sample");
    }
    inForceSince = bucket.endMicros();
    return new Rollup(
        bucket.startMicros(),
        counts[Severity.GOOD.ordinal()],
        counts[Severity.UNCERTAIN.ordinal()],
        counts[Severity.BAD.ordinal()],
        new Numbers(numbers, sum, sumSquares, minimum, maximum),
        first,
        inForce,
        new Held(
            integral,
            integralMicros,
            held[Severity.GOOD.ordinal()],
            held[Severity.UNCERTAIN.ordinal()],
            held[Severity.BAD.ordinal()]),
        pointsKnown ? points.samples() : null);
  }

  private void begin(Edge edge) {
    if (first == null) {
      first = edge;
    }
    holdUntil(edge.micros());
  }

  private void holdUntil(long micros) {
    if (inForce == null) {
      return;
    }
    long time = micros - inForceSince;
    held[inForce.status().severity().ordinal()] += time;
    Double usable = inForce.usable();
    if (usable != null) {
      integral += usable * (time / MICROS_PER_SECOND);
      integralMicros += time;
    }
  }

  private void extremes(@Nullable Extreme low, @Nullable Extreme high) {
    Extreme highest = high == null ? low : high;
    if (low != null && (minimum == null || low.value() < minimum.value())) {
      minimum = low;
    }
    if (highest != null && (maximum == null || highest.value() > maximum.value())) {
      maximum = highest;
    }
  }
}
