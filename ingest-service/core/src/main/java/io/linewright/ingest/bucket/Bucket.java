package io.linewright.ingest.bucket;

/**
 * A half-open stretch of time: the start belongs to it, the end to the next one (OPC UA part 13,
 * clause 5.4.2.2).
 *
 * @param startMicros first instant, microseconds since 1970-01-01T00:00:00Z
 * @param endMicros first instant after it, later than the start
 */
public record Bucket(long startMicros, long endMicros) {

  /**
   * @throws IllegalArgumentException if the end is not later than the start
   */
  public Bucket {
    if (endMicros <= startMicros) {
      throw new IllegalArgumentException(
          "a bucket must end after its start %d, not at %d".formatted(startMicros, endMicros));
    }
  }

  /** Length in microseconds, positive. */
  public long micros() {
    return Math.subtractExact(endMicros, startMicros);
  }

  /** Whether the instant, in microseconds since the epoch, lies in it. */
  public boolean contains(long micros) {
    return startMicros <= micros && micros < endMicros;
  }
}
