package io.linewright.edge.log;

import io.linewright.model.sample.Sample;
import org.jspecify.annotations.Nullable;

/**
 * Gives the samples of one tag their ordinals: 0 for the first in a microsecond, then 1, 2, …. It
 * remembers the newest microseconds of the tag, so that values out of order by a few places keep
 * their identity, too.
 *
 * <p>Not safe for use by several threads; a mutable object, because a record per sample would cost
 * more than all the rest.
 */
public final class Ordinals {

  /** The sample is known already. */
  public static final int REPEAT = -1;

  /** The source's clock stands still: {@link Sample#MAX_ORDINAL} values share a microsecond. */
  public static final int FULL = -2;

  /** Microseconds remembered per tag. */
  static final int REMEMBERED = 8;

  private final long[] micros = new long[REMEMBERED];
  private final int[] highest = new int[REMEMBERED];
  private int size;
  private int next;
  private @Nullable Sample last;

  /**
   * The ordinal of the tag's next sample.
   *
   * @return {@link #REPEAT} if the sample repeats the one before it (same microsecond, value and
   *     status), as after a reconnect; {@link #FULL} if the microsecond has no ordinal left
   */
  public int next(Sample sample) {
    if (last != null
        && last.sourceMicros() == sample.sourceMicros()
        && last.status().bits() == sample.status().bits()
        && java.util.Objects.equals(last.value(), sample.value())) {
      return REPEAT;
    }
    int ordinal = 0;
    int slot = slotOf(sample.sourceMicros());
    if (slot >= 0) {
      ordinal = highest[slot] + 1;
      if (ordinal > Sample.MAX_ORDINAL) {
        return FULL;
      }
      highest[slot] = ordinal;
    } else {
      remember(sample.sourceMicros(), 0);
    }
    last = sample;
    return ordinal;
  }

  /** Takes over what was stored before a restart, oldest first. */
  public void restore(Sample stored) {
    int slot = slotOf(stored.sourceMicros());
    if (slot < 0) {
      remember(stored.sourceMicros(), stored.ordinal());
    } else {
      highest[slot] = Math.max(highest[slot], stored.ordinal());
    }
    last = stored;
  }

  /** The newest sample by arrival; null if there is none yet. */
  public @Nullable Sample last() {
    return last;
  }

  private void remember(long sourceMicros, int ordinal) {
    micros[next] = sourceMicros;
    highest[next] = ordinal;
    next = (next + 1) % REMEMBERED;
    size = Math.min(REMEMBERED, size + 1);
  }

  private int slotOf(long sourceMicros) {
    for (int i = 0; i < size; i++) {
      if (micros[i] == sourceMicros) {
        return i;
      }
    }
    return -1;
  }
}
