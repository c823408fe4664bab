package io.linewright.oee.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a production order is: the code list RequestState1Type of B2MML V0701.
 *
 * <p>Legal changes: an order that has not begun may go to any state but {@link #SUSPENDED}, which
 * interrupts what runs, and {@link #CLOSED}; it may be reported as completed or aborted though
 * nobody said that it ran, as work is done by hand. One that has begun runs, is held or suspended,
 * and ends as completed or aborted; it cannot be cancelled any more, nor planned again, but one
 * that is held may not have begun. What is over can only be closed. {@link #OTHER} is a state of
 * the planning system's own, of which nothing is known but that the order is not over.
 */
public enum OrderState {
  /** Planned, and may still change. */
  FORECAST(Phase.PLANNED),
  /** May be made. */
  RELEASED(Phase.PLANNED),
  /** Waits for what it needs. */
  WAITING(Phase.PLANNED),
  /** Has all that it needs. */
  READY(Phase.PLANNED),
  /** Is being made. */
  RUNNING(Phase.BEGUN),
  /** Somebody holds it back; it may have begun. */
  HELD(Phase.BEGUN),
  /** Interrupted, to go on later. */
  SUSPENDED(Phase.BEGUN),
  /** All was made. */
  COMPLETED(Phase.OVER),
  /** Ended before all was made. */
  ABORTED(Phase.OVER),
  /** Will not be made. */
  CANCELLED(Phase.OVER),
  /** Over, and its papers are done. */
  CLOSED(Phase.OVER),
  /** What the planning system calls by a name of its own. */
  OTHER(Phase.PLANNED);

  private enum Phase {
    PLANNED,
    BEGUN,
    OVER
  }

  private final Phase phase;

  OrderState(Phase phase) {
    this.phase = phase;
  }

  /** The state of that name as B2MML spells it, in any case; empty if there is none. */
  public static Optional<OrderState> ofText(String text) {
    return Arrays.stream(values()).filter(state -> state.text().equalsIgnoreCase(text)).findFirst();
  }

  /** The name as B2MML spells it, such as {@code Released}. */
  public String text() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Whether it is completed, aborted, cancelled or closed. */
  public boolean isOver() {
    return phase == Phase.OVER;
  }

  /** Whether an order of this state may get that one; its own always. */
  public boolean mayBecome(OrderState next) {
    if (next == this) {
      return true;
    }
    if (isOver()) {
      return this != CLOSED && next == CLOSED;
    }
    if (next == CLOSED) {
      return false;
    }
    if (this == OTHER || next == OTHER) {
      return true;
    }
    if (phase == Phase.PLANNED) {
      return next != SUSPENDED;
    }
    return this == HELD || next.phase == Phase.BEGUN || next == COMPLETED || next == ABORTED;
  }
}
