package io.linewright.ingest.bucket;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A division of all time into buckets without gaps. All instants are microseconds since 1970Z. */
public sealed interface Buckets permits FixedBuckets, CalendarBuckets {

  /**
   * The bucket that an instant lies in.
   *
   * @throws ArithmeticException if its bounds do not fit 64 bits of microseconds
   */
  Bucket containing(long micros);

  /**
   * The buckets of a window in the order of time, made one by one. The first and the last are cut
   * at the window's ends, so that nothing is said of time that was not asked for; whoever wants
   * whole buckets rounds the window by {@link #containing}.
   *
   * @throws IllegalArgumentException if the window does not end after its start
   */
  default Iterator<Bucket> between(long fromMicros, long toMicros) {
    Bucket window = new Bucket(fromMicros, toMicros);
    return new Iterator<>() {
      private long next = window.startMicros();

      @Override
      public boolean hasNext() {
        return next < window.endMicros();
      }

      @Override
      public Bucket next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        long end = Math.min(containing(next).endMicros(), window.endMicros());
        Bucket bucket = new Bucket(next, end);
        next = end;
        return bucket;
      }
    };
  }

  /**
   * How many buckets a window has; counting stops at the limit plus one, so that a question for too
   * many is refused at little cost.
   *
   * @throws IllegalArgumentException if the window does not end after its start
   */
  default int count(long fromMicros, long toMicros, int limit) {
    Iterator<Bucket> buckets = between(fromMicros, toMicros);
    int count = 0;
    while (count <= limit && buckets.hasNext()) {
      buckets.next();
      count++;
    }
    return count;
  }
}
