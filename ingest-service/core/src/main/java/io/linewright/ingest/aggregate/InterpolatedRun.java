package io.linewright.ingest.aggregate;

import io.linewright.ingest.aggregate.bound.Bound;
import io.linewright.ingest.aggregate.bound.NonBadCursor;
import io.linewright.ingest.aggregate.bound.Reading;
import io.linewright.ingest.aggregate.calculation.Calculation;
import io.linewright.ingest.aggregate.calculation.Calculation.Closing;
import io.linewright.ingest.aggregate.calculation.Calculation.Opening;
import io.linewright.ingest.aggregate.calculation.Calculation.Outcome;
import io.linewright.ingest.aggregate.calculation.Calculation.Region;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.bucket.Bucket;
import io.linewright.model.sample.Severity;
import java.util.Iterator;

/** Aggregates that interpolate over what is Bad: Interpolative, TimeAverage and Total. */
final class InterpolatedRun implements Iterator<AggregateValue> {

  private final Aggregate aggregate;
  private final AggregateConfiguration configuration;
  private final Iterator<Bucket> buckets;
  private final NonBadCursor cursor;

  InterpolatedRun(
      Aggregate aggregate,
      AggregateConfiguration configuration,
      Iterator<Bucket> buckets,
      Iterator<Reading> readings) {
    this.aggregate = aggregate;
    this.configuration = configuration;
    this.buckets = buckets;
    this.cursor = new NonBadCursor(readings, configuration);
  }

  @Override
  public boolean hasNext() {
    return buckets.hasNext();
  }

  @Override
  public AggregateValue next() {
    Bucket bucket = buckets.next();
    cursor.moveTo(bucket.startMicros());
    return aggregate == Aggregate.INTERPOLATIVE ? interpolative(bucket) : area(bucket);
  }

  private AggregateValue interpolative(Bucket bucket) {
    Bound bound = cursor.at(bucket.startMicros());
    return new AggregateValue(
        bucket, bound.micros(), bound.value(), bound.status(), bound.status().isGood() ? 100 : 0);
  }

  private AggregateValue area(Bucket bucket) {
    boolean dataEnded = cursor.after() == null && cursor.lastMicros() < bucket.startMicros();
    if (dataEnded || cursor.firstMicros() >= bucket.endMicros()) {
      return SimpleRun.outsideOfData(bucket);
    }
    boolean partial = cursor.firstMicros() > bucket.startMicros();
    Bound start = cursor.at(bucket.startMicros());
    Calculation calculation =
        Calculation.of(
            aggregate, configuration, new Opening(bucket, start, start.isRaw(), cursor.before()));
    long from = bucket.startMicros();
    while (from < bucket.endMicros()) {
      cursor.moveTo(from);
      long to = regionEnd(from, bucket.endMicros());
      calculation.region(region(from, to));
      from = to;
    }
    partial |= cursor.after() == null && cursor.lastMicros() < bucket.endMicros();
    Outcome outcome = calculation.outcome(new Closing(cursor.at(bucket.endMicros()), partial));
    return new AggregateValue(
        bucket, outcome.micros(), outcome.value(), outcome.status(), outcome.percentGood());
  }

  /** Where what is interpolated next ends: at the next reading, or where a held value turns Bad. */
  private long regionEnd(long from, long bucketEnd) {
    Reading after = cursor.after();
    long end = after == null ? bucketEnd : Math.min(after.micros(), bucketEnd);
    Reading before = cursor.before();
    boolean held = before != null && !before.slopes(configuration);
    return held && from < cursor.firstBadMicros() ? Math.min(end, cursor.firstBadMicros()) : end;
  }

  private Region region(long from, long to) {
    if (cursor.before() == null) {
      return Region.bad(from, to);
    }
    Severity severity = cursor.severity(from);
    return new Region(
        from, to, cursor.at(from).number(), cursor.at(to).number(), true, severity, severity);
  }
}
