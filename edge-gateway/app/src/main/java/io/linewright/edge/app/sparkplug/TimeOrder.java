package io.linewright.edge.app.sparkplug;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Puts the metrics of a message into the order of their times
 * (tck-id-operational-behavior-data-publish-dbirth-order). Most messages are in order already.
 */
final class TimeOrder {

  private long[] times = new long[64];
  private int[] ends = new int[64];
  private int count;
  private boolean inOrder = true;

  /** A metric of that time was added; the bytes of all metrics so far end here. */
  void added(long millis, int end) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    inOrder &= count == 0 || times[count - 1] <= millis;
    times[count] = millis;
    ends[count++] = end;
  }

  /** The metrics in order; the same array if they are. */
  byte[] apply(byte[] metrics) {
    if (inOrder) {
      return metrics;
    }
    byte[] ordered = new byte[metrics.length];
    int at = 0;
    for (int i : byTime()) {
      int from = i == 0 ? 0 : ends[i - 1];
      System.arraycopy(metrics, from, ordered, at, ends[i] - from);
      at += ends[i] - from;
    }
    return ordered;
  }

  private int[] byTime() {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingLong(i -> times[i])) // stable: equal times stay as added
        .mapToInt(Integer::intValue)
        .toArray();
  }

  void clear() {
    count = 0;
    inOrder = true;
  }
}
