package io.linewright.edge.logic.report;

import io.linewright.edge.sampling.StampedSample;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ReportingFold} remembers of a tag.
 *
 * @param reported newest value reported; null before the first
 * @param held value that waits for the end of its interval; null if there is none
 * @param intervalMicros when the present interval began
 * @param aliveMicros when the tag was last reported or repeated
 * @param repeatMicros time of the last repetition; {@link Long#MIN_VALUE} if there was none
 * @param passedMicros up to when time has passed
 */
public record ReportingState(
    @Nullable StampedSample reported,
    @Nullable StampedSample held,
    long intervalMicros,
    long aliveMicros,
    long repeatMicros,
    long passedMicros) {

  /** Nothing happened yet. */
  public static final ReportingState NONE =
      new ReportingState(
          null, null, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

  ReportingState reporting(StampedSample sample, long interval) {
    return new ReportingState(
        sample, null, interval, Math.max(interval, passedMicros), repeatMicros, passedMicros);
  }

  ReportingState holding(@Nullable StampedSample sample) {
    return new ReportingState(
        reported, sample, intervalMicros, aliveMicros, repeatMicros, passedMicros);
  }

  ReportingState repeated(long micros) {
    return new ReportingState(reported, held, intervalMicros, micros, micros, passedMicros);
  }

  ReportingState passed(long micros) {
    return new ReportingState(
        reported, held, intervalMicros, aliveMicros, repeatMicros, Math.max(passedMicros, micros));
  }
}
