package io.linewright.simulator.modbus;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One register (or coil) that holds a value long enough to be seen. What the plant wants to show in
 * the meantime waits; if it changes its mind, only the latest value counts.
 */
final class HeldRegister {

  /** Polls that must have seen a value before it may change. */
  static final int POLLS = 3;

  private static final double HOLD_IN_POLLS = 3.5;

  private final PlantTag tag;
  private final RegisterUnit unit;
  private final int index;
  private final long holdMicros;
  private final long patienceMicros;
  private @Nullable SampleValue shown;
  private @Nullable SampleValue wanted;
  private long shownSince;
  private boolean polled;

  /**
   * @param pollInterval time between two polls of the gateway
   * @param patience longest time that a value waits for its polls once the register was polled
   */
  HeldRegister(
      PlantTag tag, RegisterUnit unit, int index, Duration pollInterval, Duration patience) {
    this.tag = tag;
    this.unit = unit;
    this.index = index;
    this.holdMicros = (long) (pollInterval.toNanos() * HOLD_IN_POLLS / 1000);
    this.patienceMicros = patience.toNanos() / 1000;
  }

  PlantTag tag() {
    return tag;
  }

  void want(SampleValue value) {
    wanted = value;
  }

  /** Whether some client has read it. */
  boolean isPolled() {
    polled |= unit.reads(index) > 0;
    return polled;
  }

  /**
   * Writes the wanted value if the one before was held long enough.
   *
   * @param now µs since 1970
   * @return the value written; null if none
   */
  @Nullable SampleValue show(long now) {
    SampleValue next = wanted;
    if (next == null || next.equals(shown) || (shown != null && !wasSeen(now))) {
      return null;
    }
    unit.write(index, next);
    shown = next;
    shownSince = now;
    return next;
  }

  private boolean wasSeen(long now) {
    long held = now - shownSince;
    if (held < holdMicros) {
      return false;
    }
    return !isPolled() || unit.reads(index) >= POLLS || held > patienceMicros;
  }
}
