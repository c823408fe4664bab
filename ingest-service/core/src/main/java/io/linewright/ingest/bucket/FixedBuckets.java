package io.linewright.ingest.bucket;

/**
 * Buckets of one width, whatever a clock on the wall does: an hour stays an hour.
 *
 * @param originMicros start of one of them, microseconds since 1970-01-01T00:00:00Z
 * @param widthMicros width of each, at least 1
 */
public record FixedBuckets(long originMicros, long widthMicros) implements Buckets {

  /**
   * @throws IllegalArgumentException if the width is not positive
   */
  public FixedBuckets {
    if (widthMicros < 1) {
      throw new IllegalArgumentException(
          "buckets must be at least 1 microsecond wide, not " + widthMicros);
    }
  }

  @Override
  public Bucket containing(long micros) {
    long index = Math.floorDiv(Math.subtractExact(micros, originMicros), widthMicros);
    long start = Math.addExact(originMicros, Math.multiplyExact(index, widthMicros));
    return new Bucket(start, Math.addExact(start, widthMicros));
  }
}
