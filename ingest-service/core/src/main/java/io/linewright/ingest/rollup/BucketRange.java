package io.linewright.ingest.rollup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Buckets of one level and tag that follow each other.
 *
 * @param tagId number of the tag
 * @param from number of the first
 * @param to number behind the last, greater than {@code from}
 */
public record BucketRange(int tagId, int from, int to) {

  private static final Comparator<BucketRange> ORDER =
      Comparator.comparingInt(BucketRange::tagId).thenComparingInt(BucketRange::from);

  /**
   * @throws IllegalArgumentException if there is no bucket in it
   */
  public BucketRange {
    if (to <= from) {
      throw new IllegalArgumentException("no bucket from " + from + " to " + to);
    }
  }

  /** How many buckets. */
  public int count() {
    return to - from;
  }

  /** The same buckets, each in one range only, ordered by tag and number. */
  public static List<BucketRange> merged(List<BucketRange> ranges) {
    List<BucketRange> sorted = new ArrayList<>(ranges);
    sorted.sort(ORDER);
    List<BucketRange> merged = new ArrayList<>();
    for (BucketRange range : sorted) {
      BucketRange last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.tagId == range.tagId && range.from <= last.to) {
        merged.set(
            merged.size() - 1, new BucketRange(last.tagId, last.from, Math.max(last.to, range.to)));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  /** Ranges of minutes that lie in the same days; each ends at the end of its day at the latest. */
  public List<BucketRange> byDay() {
    int perDay = (int) (Level.DAY.micros() / Level.MINUTE.micros());
    List<BucketRange> days = new ArrayList<>();
    int next = from;
    while (next < to) {
      int end = Math.min(to, (Math.floorDiv(next, perDay) + 1) * perDay);
      days.add(new BucketRange(tagId, next, end));
      next = end;
    }
    return days;
  }
}
