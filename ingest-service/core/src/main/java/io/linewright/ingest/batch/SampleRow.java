package io.linewright.ingest.batch;

import io.linewright.model.sample.Sample;
import java.util.Comparator;

/**
 * A sample on its way to the table.
 *
 * @param tagId number of its tag in the registry
 * @param sample value, status, source time and ordinal
 * @param gatewayMicros when its gateway closed the batch, microseconds since the epoch
 * @param origin number of the series that it came in, for whoever has to give it back
 */
public record SampleRow(int tagId, Sample sample, long gatewayMicros, int origin) {

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * The one order in which rows are written everywhere: partition, tag, source time, ordinal. Two
   * writers of the same keys then wait for each other instead of deadlocking.
   */
  public static final Comparator<SampleRow> WRITING_ORDER =
      (a, b) -> {
        int byDay = Long.compare(a.epochDay(), b.epochDay());
        if (byDay != 0) {
          return byDay;
        }
        int byTag = Integer.compare(a.tagId, b.tagId);
        if (byTag != 0) {
          return byTag;
        }
        int byTime = Long.compare(a.sample.sourceMicros(), b.sample.sourceMicros());
        return byTime != 0 ? byTime : Integer.compare(a.sample.ordinal(), b.sample.ordinal());
      };

  /** Day of the source time in UTC, counted from 1970-01-01: the partition. */
  public long epochDay() {
    return Math.floorDiv(sample.sourceMicros(), MICROS_PER_DAY);
  }

  /** Whether both claim the same tag, instant and ordinal. */
  public boolean sameKey(SampleRow other) {
    return tagId == other.tagId
        && sample.sourceMicros() == other.sample.sourceMicros()
        && sample.ordinal() == other.sample.ordinal();
  }
}
