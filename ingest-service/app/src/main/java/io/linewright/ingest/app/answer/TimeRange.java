package io.linewright.ingest.app.answer;

/**
 * A stretch of time.
 *
 * @param fromMicros begin, included, microseconds since the epoch
 * @param toMicros end, not included, after the begin
 */
public record TimeRange(long fromMicros, long toMicros) {

  /**
   * A stretch that somebody asks for.
   *
   * @throws IllegalArgumentException if it does not begin before it ends
   */
  public static TimeRange of(long fromMicros, long toMicros) {
    if (fromMicros >= toMicros) {
      throw new IllegalArgumentException(
          "from (%s) must lie before to (%s)"
              .formatted(Rfc3339.format(fromMicros), Rfc3339.format(toMicros)));
    }
    return new TimeRange(fromMicros, toMicros);
  }
}
