package io.linewright.model.machine;

import io.linewright.model.sample.Sample;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which values of one tag of energy or power become events. Those are
 *
 * <ul>
 *   <li>the first one of all, and the first one in each other minute of source time;
 *   <li>the last one before its status turns bad or is no longer bad, and the first one after;
 *   <li>the one that holds where somebody asks for it: when the machine reports a state, and when
 *       the tag has fallen silent.
 * </ul>
 *
 * <p>So the newest value is told or held, never forgotten: whoever holds it must ask for it some
 * day. Each value is told at most once. Used by one thread.
 */
public final class EnergyThinning {

  /** Of values within one such period of source time, in microseconds, the first one is told. */
  public static final long PERIOD_MICROS = 60_000_000;

  private boolean begun;
  private long toldPeriod;
  private boolean bad;
  private @Nullable Sample held;

  /** The thinning of a tag of which nothing was told. */
  public EnergyThinning() {}

  /** The same thinning, to be changed alone. */
  public EnergyThinning copy() {
    EnergyThinning copy = new EnergyThinning();
    copy.begun = begun;
    copy.toldPeriod = toldPeriod;
    copy.bad = bad;
    copy.held = held;
    return copy;
  }

  /**
   * Takes the next value of the tag.
   *
   * @param tell takes those that become events now, in order; none, one or two
   */
  public void take(Sample sample, Consumer<Sample> tell) {
    Sample before = held;
    boolean turned = begun && bad != sample.status().isBad();
    boolean late = before != null && order(sample, before) < 0;
    if (!begun || turned || period(sample) != toldPeriod) {
      if (before != null && (turned || late)) {
        tell.accept(before);
      }
      tell(sample, tell);
      bad = sample.status().isBad();
    } else if (!late) {
      held = sample;
    }
  }

  /**
   * Tells the value that is held, if it was said at that time or before.
   *
   * @param untilMicros source time, {@link Long#MAX_VALUE} for any
   */
  public void release(long untilMicros, Consumer<Sample> tell) {
    Sample sample = held;
    if (sample != null && sample.sourceMicros() <= untilMicros) {
      tell(sample, tell);
    }
  }

  /** Whether a value is held that was not told. */
  public boolean holds() {
    return held != null;
  }

  private void tell(Sample sample, Consumer<Sample> tell) {
    tell.accept(sample);
    toldPeriod = period(sample);
    begun = true;
    held = null;
  }

  private static long period(Sample sample) {
    return Math.floorDiv(sample.sourceMicros(), PERIOD_MICROS);
  }

  private static int order(Sample one, Sample other) {
    int byTime = Long.compare(one.sourceMicros(), other.sourceMicros());
    return byTime != 0 ? byTime : Integer.compare(one.ordinal(), other.ordinal());
  }
}
