package io.linewright.oee.app.compute;

import io.linewright.oee.app.Times;
import io.linewright.oee.app.mark.Marks.Mark;
import io.linewright.oee.time.Span;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far a machine's results are, in microseconds since the epoch.
 *
 * @param computedUntil {@link Times#EVER}: nothing was computed
 * @param reachesUntil up to where news may change results before that
 * @param decidedUntil up to where nothing is waited for
 * @param first its first event; {@link Times#EVER}: there is none
 * @param lastWord its last event; likewise
 * @param metered up to where all its meters were read; {@link Times#ON} without meters
 * @param completeUntil what its devices vouch for
 * @param marks what is out of date, in the order in which they were added
 */
record MachineRow(
    int machineId,
    long computedUntil,
    long reachesUntil,
    long decidedUntil,
    long first,
    long lastWord,
    long metered,
    OptionalLong completeUntil,
    List<Mark> marks) {

  private static final long LOOK_AGAIN = 5_000_000L;

  boolean toldAnything() {
    return first != Times.EVER;
  }

  /**
   * Up to where its time can be taken for over.
   *
   * @param patient the present without the time that one waits for data
   */
  long overUntil(long now, long patient) {
    return completeUntil.isPresent()
        ? Math.max(patient, Math.min(now, Math.min(completeUntil.getAsLong(), metered)))
        : patient;
  }

  /**
   * When a shift can be told as far as this machine is concerned; the present or before: now. A
   * stop that still goes on is waited for as long as for data.
   */
  long waits(Span shift, long now, ComputeSettings settings) {
    long patience = settings.patience().toNanos() / 1_000;
    long wait = Long.MIN_VALUE;
    if (Math.max(computedUntil, overUntil(now, now - patience)) < shift.toMicros()) {
      wait = now + LOOK_AGAIN;
    }
    for (Mark mark : marks) {
      if (mark.span().overlaps(shift)) {
        wait = Math.max(wait, Redo.isOpen(mark) ? shift.toMicros() + patience : now + LOOK_AGAIN);
      }
    }
    return wait;
  }
}
