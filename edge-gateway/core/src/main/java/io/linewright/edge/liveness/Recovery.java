package io.linewright.edge.liveness;

import io.linewright.model.sample.Sample;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a tag that the gateway marked Bad becomes good again. The mark has a time of the gateway's
 * clock. A value that the device gave itself a later time ends it. An older one does not: it may
 * have waited in a queue and be overtaken by others behind it, so it is a true value of its own
 * time and says nothing of now. What stands unchanged since before the mark is therefore asked for,
 * and confirmed: repeated with the gateway's time of the question, at which it is known to hold.
 */
public final class Recovery {

  /**
   * Looks in which the device must say the same before it is believed against its own
   * notifications: whatever it had to notify of comes within one answer that was under way and one
   * after it.
   */
  public static final int LOOKS = 3;

  /**
   * Looks in which the device must say what it notified of last before that is confirmed: a change
   * that it has stamped already, but does not show yet, comes between the first and the second, by
   * its notification or as the answer.
   */
  public static final int CONFIRMING_LOOKS = 2;

  /** Severity and sub-code; flags such as overflow tell of the way, not of the value. */
  private static final int CODE = 0xFFFF0000;

  /**
   * Whether a value that arrives ends a mark by itself.
   *
   * @param silentSinceMicros source time of the gateway's Bad mark
   */
  public static boolean ends(long silentSinceMicros, Sample arrived) {
    return arrived.sourceMicros() > silentSinceMicros;
  }

  /**
   * Samples to emit for what the device says when it is asked, all its notifications so far being
   * dealt with.
   *
   * @param last last sample that arrived from the device by itself; null if there was none
   * @param silentSinceMicros source time of the gateway's Bad mark
   * @param present what the device answers
   * @param askedMicros the gateway's clock before it asked for the first of these answers
   * @param looks how many answers in a row said this value, this one included, while no
   *     notification came
   * @return nothing as long as a notification of that value may be under way; else the mark is over
   */
  public static List<Sample> ofPresent(
      @Nullable Sample last, long silentSinceMicros, Sample present, long askedMicros, int looks) {
    if (last != null && same(last, present)) {
      if (looks < CONFIRMING_LOOKS) {
        return List.of();
      }
      long at = Math.max(askedMicros, present.sourceMicros());
      return List.of(confirmation(present, Math.max(at, silentSinceMicros + 1)));
    }
    if (looks < LOOKS) {
      return List.of();
    }
    return ends(silentSinceMicros, present)
        ? List.of(present)
        : List.of(present, confirmation(present, Math.max(askedMicros, silentSinceMicros + 1)));
  }

  /** Whether two samples say the same, at whatever time. */
  public static boolean same(Sample one, Sample other) {
    return Objects.equals(one.value(), other.value())
        && ((one.status().bits() ^ other.status().bits()) & CODE) == 0;
  }

  private static Sample confirmation(Sample present, long micros) {
    return new Sample(present.value(), present.status(), micros, 0);
  }

  private Recovery() {}
}
