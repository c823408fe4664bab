package io.linewright.ingest.app.answer;

/**
 * A stretch of time.
 *
 * @param fromMicros begin, included, microseconds since the epoch
 * @param toMicros end, not included, after the begin
 */
public record TimeRange(long fromMicros, long toMicros) {}
