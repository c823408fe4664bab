package io.linewright.oee.loss;

import io.linewright.oee.element.Lack;
import io.linewright.oee.slice.TimeCategory;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A reason why time of the calendar is not time in which good items are made, in this order. */
public enum LossKind {
  /** No shift. */
  UNSCHEDULED(TimeCategory.UNSCHEDULED, null),
  /** Breaks, planned maintenance, and stops that a reason says were planned. */
  PLANNED_STOP(TimeCategory.PLANNED_STOP, null),
  /** Data may still come. What remains after it is the planned busy time. */
  PENDING(TimeCategory.PENDING, null),
  /** Nothing is known of the time. */
  NO_DATA(TimeCategory.NO_DATA, null),
  /** It is broken. */
  BREAKDOWN(TimeCategory.BREAKDOWN, BigLoss.BREAKDOWN),
  /** A long stop without reason. */
  UNEXPLAINED(TimeCategory.UNEXPLAINED, null),
  /** It is set up or adjusted. */
  SETUP(TimeCategory.SETUP, BigLoss.SETUP),
  /** Stops too short to be given a reason. */
  MINOR_STOP(TimeCategory.MINOR_STOP, BigLoss.MINOR_STOPS),
  /** It waits for material. */
  STARVED(TimeCategory.STARVED, BigLoss.MINOR_STOPS),
  /** It cannot pass on what it made. */
  BLOCKED(TimeCategory.BLOCKED, BigLoss.MINOR_STOPS),
  /** It could produce and does not. What remains after it is the actual production time. */
  DELAY(TimeCategory.DELAY, BigLoss.MINOR_STOPS),
  /**
   * Production time that was more than the ideal cycles of what was made, with the stops that were
   * too short to count. Negative if the machine was faster than ideal, or made items in time that
   * counts as no production.
   */
  REDUCED_SPEED(BigLoss.REDUCED_SPEED, Set.of(Lack.TOTAL, Lack.IDEAL)),
  /** Ideal time of what was rejected after starts. */
  START_UP_REJECT(BigLoss.START_UP_REJECTS, Set.of(Lack.GOOD)),
  /**
   * Ideal time of all else that was not good, reworked items too. What remains after it is the
   * valuable time: the ideal time of good items.
   */
  PRODUCTION_REJECT(BigLoss.PRODUCTION_REJECTS, Set.of(Lack.GOOD)),
  /**
   * No loss: the OEE index multiplies the speed of all products by the quality of all, and if those
   * with long cycles have another quality than those with short ones, the result is not the
   * valuable time. This is the difference, either sign, and about 0 for one product on one machine.
   * What remains after it is the OEE index times the planned busy time.
   */
  PRODUCT_MIX(null, Set.of());

  private final @Nullable TimeCategory category;
  private final @Nullable BigLoss bigLoss;
  private final Set<Lack> needs;

  LossKind(TimeCategory category, @Nullable BigLoss bigLoss) {
    this.category = category;
    this.bigLoss = bigLoss;
    this.needs = Set.of(Lack.STATE);
  }

  LossKind(@Nullable BigLoss bigLoss, Set<Lack> needs) {
    this.category = null;
    this.bigLoss = bigLoss;
    this.needs = needs;
  }

  /** The category whose time it is; empty for what is computed from counts. */
  public Optional<TimeCategory> category() {
    return Optional.ofNullable(category);
  }

  /** Which of the six big losses it is part of; empty if none. */
  public Optional<BigLoss> bigLoss() {
    return Optional.ofNullable(bigLoss);
  }

  /** What makes it, and all after it, unknown. */
  Set<Lack> needs() {
    return needs;
  }
}
