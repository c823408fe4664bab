package io.linewright.ingest.aggregate;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.RawCursor;
import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.bound.SimpleBounds;
import io.linewright.ingest.aggregate.calculation.Calculation;
import io.linewright.ingest.aggregate.calculation.Calculation.Closing;
import io.linewright.ingest.aggregate.calculation.Calculation.Opening;
import io.linewright.ingest.aggregate.calculation.Calculation.Outcome;
import io.linewright.ingest.aggregate.calculation.Calculation.Region;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.Severity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Aggregates over the readings of a bucket and the stretches between them, Bad ones included. */
final class SimpleRun implements Iterator<AggregateValue> {

  private final Aggregate aggregate;
  private final AggregateConfiguration configuration;
  private final Iterator<Bucket> buckets;
  private final RawCursor cursor;
  private @Nullable Reading lastNonBad;

  SimpleRun(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Iterator<Bucket> buckets,
      Iterator<Reading> readings) {
    this.aggregate = aggregate;
    this.configuration = configuration;
    this.buckets = buckets;
    this.cursor = new RawCursor(readings);
  }

  /** A bucket before the first or after the last reading. */
  static AggregateValue outsideOfData(Bucket bucket) {
    return new AggregateValue(
        bucket,
        bucket.startMicros(),
        null,
        AggregateStatus.with(AggregateStatus.BAD_NO_DATA, 0),
        0);
  }

  @Override
  public boolean hasNext() {
    return buckets.hasNext();
  }

  @Override
  public AggregateValue next() {
    Bucket bucket = buckets.next();
    while (cursor.hasBefore(bucket.startMicros())) {
      take();
    }
    Reading next = cursor.after();
    boolean dataBegan = cursor.before() != null;
    if (next == null || (!dataBegan && next.micros() >= bucket.endMicros())) {
      return outsideOfData(bucket);
    }
    boolean atStart = next.micros() == bucket.startMicros();
    Calculation calculation =
        Calculation.of(
            aggregate,
            configuration,
            new Opening(bucket, boundAt(bucket.startMicros()), atStart, lastNonBad));
    if (!atStart) {
      long to = Math.min(next.micros(), bucket.endMicros());
      calculation.region(region(cursor.before(), next, bucket.startMicros(), to));
    }
    while (cursor.hasBefore(bucket.endMicros())) {
      Reading reading = take();
      tell(calculation, reading);
      long to = regionEnd(bucket, reading);
      if (to > reading.micros()) {
        calculation.region(region(reading, cursor.after(), reading.micros(), to));
      }
    }
    boolean partial = (!dataBegan && !atStart) || cursor.after() == null;
    Outcome outcome = calculation.outcome(new Closing(boundAt(bucket.endMicros()), partial));
    return new AggregateValue(
        bucket, outcome.micros(), outcome.value(), outcome.status(), outcome.percentGood());
  }

  private Reading take() {
    Reading reading = cursor.take();
    if (!reading.bad()) {
      lastNonBad = reading;
    }
    return reading;
  }

  /** All readings of the instant, by their ordinals. */
  private static void tell(Calculation calculation, Reading reading) {
    if (reading.hidden() == null) {
      calculation.raw(reading);
      return;
    }
    Deque<Reading> ascending = new ArrayDeque<>();
    for (Reading r = reading; r != null; r = r.hidden()) {
      ascending.addFirst(r);
    }
    ascending.forEach(calculation::raw);
  }

  /** Data end with the last reading; one at the start of a bucket counts one unit of time. */
  private long regionEnd(Bucket bucket, Reading reading) {
    Reading next = cursor.after();
    if (next != null) {
      return Math.min(next.micros(), bucket.endMicros());
    }
    return reading.micros() == bucket.startMicros()
        ? Math.min(bucket.startMicros() + configuration.resolutionMicros(), bucket.endMicros())
        : reading.micros();
  }

  /** Bounding value at an instant up to which all readings were taken. */
  private Bound boundAt(long micros) {
    Reading next = cursor.after();
    return next != null && next.micros() == micros
        ? SimpleBounds.at(micros, next, null, configuration)
        : SimpleBounds.at(micros, cursor.before(), next, configuration);
  }

  private Region region(@Nullable Reading before, @Nullable Reading after, long from, long to) {
    if (before == null || before.bad()) {
      return Region.bad(from, to);
    }
    boolean slopes = before.slopes(configuration);
    Severity severity = SimpleBounds.severity(before, after, slopes);
    Severity startSeverity = from == before.micros() ? before.severity() : severity;
    double start = before.number();
    double end = before.number();
    if (slopes && after != null && !after.bad() && after.slopes(configuration)) {
      start = from == before.micros() ? start : Bound.onLine(from, before, after);
      end = Bound.onLine(to, before, after);
    }
    return new Region(from, to, start, end, true, startSeverity, severity);
  }
}
