package io.linewright.oee.app.compute;

import io.linewright.oee.app.mark.Marks.Mark;
import java.time.Duration;
import java.util.List;

/** Which marks are to be computed now. */
final class Redo {

  /**
   * Cause of the marks of stops that still go on where results end: their lengths, and so what they
   * are, will be others.
   */
  static final String OPEN = "open";

  private static final long MINUTE = 60_000_000L;

  /** Of a stop that goes on for months its length so far changes little. */
  private static final long SHARE = 1_000;

  private Redo() {}

  /**
   * Those of a machine that wait no longer. What comes late mostly comes in thousands: it is put
   * off until nothing has come for a while.
   */
  static List<Mark> due(List<Mark> marks, long now, Duration quiet, Duration atMost) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Mark mark : marks) {
      if (!isOpen(mark)) {
        first = Math.min(first, mark.addedMicros());
        last = Math.max(last, mark.addedMicros());
      }
    }
    boolean come = last <= now - quiet.toNanos() / 1_000 || first <= now - atMost.toNanos() / 1_000;
    return marks.stream().filter(mark -> isOpen(mark) ? again(mark) <= now : come).toList();
  }

  /** When to look at these again at the latest; the greatest long for none. */
  static long next(List<Mark> marks, long now, Duration quiet) {
    return marks.stream()
        .mapToLong(mark -> isOpen(mark) ? again(mark) : now + quiet.toNanos() / 1_000)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  static boolean isOpen(Mark mark) {
    return mark.cause().equals(OPEN);
  }

  private static long again(Mark mark) {
    return mark.addedMicros() + Math.max(MINUTE, mark.span().micros() / SHARE);
  }
}
