package io.linewright.ingest.rollup;

import io.linewright.ingest.batch.SampleRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Which minutes a batch of samples makes out of date. What was marked before and surely still is,
 * is left out.
 *
 * @param ranges minutes to mark, none over the end of a day of UTC. Minutes of a tag that are less
 *     than an hour apart are marked together with those between: marking one too many costs a
 *     little computing, a mark of its own for each costs a row
 * @param minutes the minutes with new samples among them, as {@link #key}
 */
public record MinuteMarks(List<BucketRange> ranges, LongSet minutes) {

  private static final int APART = 60;

  /** A minute of a tag as one number. */
  static long key(int tagId, int minute) {
    return ((long) tagId << 32) | (minute & 0xFFFF_FFFFL);
  }

  /**
   * The marks that a batch needs.
   *
   * @param rows in {@link SampleRow#WRITING_ORDER}
   * @param marked minutes that are marked already
   */
  public static MinuteMarks of(List<SampleRow> rows, LongSet marked) {
    Collector collector = new Collector();
    int tag = -1;
    long begin = 0;
    for (SampleRow row : rows) {
      long offset = row.sample().sourceMicros() - begin;
      if (row.tagId() == tag && offset >= 0 && offset < Level.MINUTE.micros()) {
        continue;
      }
      tag = row.tagId();
      int minute = Level.MINUTE.numberOf(row.sample().sourceMicros());
      begin = Level.MINUTE.startOf(minute);
      if (!marked.contains(key(tag, minute))) {
        collector.touch(tag, minute);
      }
    }
    return collector.marks();
  }

  private static final class Collector {

    private static final int PER_DAY = (int) (Level.DAY.micros() / Level.MINUTE.micros());

    private final List<BucketRange> ranges = new ArrayList<>();
    private final LongSet minutes = new LongSet();
    private int tag;
    private int from;
    private int to;

    void touch(int touchedTag, int minute) {
      minutes.add(key(touchedTag, minute));
      boolean near =
          to > from
              && touchedTag == tag
              && minute >= from
              && minute < to + APART
              && Math.floorDiv(minute, PER_DAY) == Math.floorDiv(from, PER_DAY);
      if (!near) {
        end();
        tag = touchedTag;
        from = minute;
      }
      to = minute + 1;
    }

    private void end() {
      if (to > from) {
        ranges.add(new BucketRange(tag, from, to));
      }
    }

    MinuteMarks marks() {
      end();
      return new MinuteMarks(ranges, minutes);
    }
  }
}
