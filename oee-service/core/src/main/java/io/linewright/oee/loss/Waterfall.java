package io.linewright.oee.loss;

import io.linewright.oee.element.Elements;
import io.linewright.oee.element.Lack;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.quantity.Rounded;
import io.linewright.oee.slice.IsoElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where the time went, step by step, from all of the calendar to the OEE index times the planned
 * busy time. It is computed from sums only, so steps of several machines, shifts and products add
 * up; all are whole microseconds, and what is lost and what remains is exactly the calendar.
 *
 * @param calendarMicros all of the time, 0 or more
 * @param steps in the order of {@link LossKind}, from the first on; those that cannot be known, and
 *     all after them, are left out; copied
 * @param lacks why steps are left out; empty if none is
 */
public record Waterfall(long calendarMicros, List<LossStep> steps, Set<Lack> lacks) {

  /** Larger magnitudes do not fit a long. */
  private static final double MOST = 9e18;

  /**
   * @throws IllegalArgumentException if a step is missing between others, or what remains is not
   *     what is left
   */
  public Waterfall {
    steps = List.copyOf(steps);
    long remaining = calendarMicros;
    for (int i = 0; i < steps.size(); i++) {
      LossStep step = steps.get(i);
      remaining = Math.subtractExact(remaining, step.micros());
      if (step.kind().ordinal() != i || step.remainingMicros() != remaining) {
        throw new IllegalArgumentException(
            "step %d must leave %d µs, not %s".formatted(i, remaining, step));
      }
    }
    Set<Lack> copy = EnumSet.noneOf(Lack.class);
    copy.addAll(lacks);
    lacks = Collections.unmodifiableSet(copy);
  }

  /**
   * Of elements.
   *
   * @throws ArithmeticException if a difference is out of range of a long
   */
  public static Waterfall of(Elements e) {
    List<LossStep> steps = new ArrayList<>();
    long remaining = e.times().calendar();
    for (LossKind kind : LossKind.values()) {
      Set<Lack> lacks = EnumSet.noneOf(Lack.class);
      lacks.addAll(kind.needs());
      lacks.retainAll(e.lacks());
      if (!lacks.isEmpty()) {
        return new Waterfall(e.times().calendar(), steps, lacks);
      }
      long micros = micros(kind, e);
      remaining = Math.subtractExact(remaining, micros);
      steps.add(new LossStep(kind, micros, remaining));
    }
    return new Waterfall(e.times().calendar(), steps, Set.of());
  }

  /** How much was lost by a kind; empty if it is not known. */
  public OptionalLong lost(LossKind kind) {
    return kind.ordinal() < steps.size()
        ? OptionalLong.of(steps.get(kind.ordinal()).micros())
        : OptionalLong.empty();
  }

  /** What remains after a kind; empty if it is not known. */
  public OptionalLong remaining(LossKind kind) {
    return kind.ordinal() < steps.size()
        ? OptionalLong.of(steps.get(kind.ordinal()).remainingMicros())
        : OptionalLong.empty();
  }

  /**
   * The valuable time as share of the planned busy time: Σ(PRI · GQ) / PBT. Unlike the OEE index it
   * can be divided among products. Empty if it is not known, or nothing was planned.
   */
  public OptionalDouble valueRatio() {
    OptionalLong valuable = remaining(LossKind.PRODUCTION_REJECT);
    OptionalLong busy = remaining(LossKind.PENDING);
    return valuable.isEmpty() || busy.isEmpty() || busy.getAsLong() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) valuable.getAsLong() / busy.getAsLong());
  }

  private static long micros(LossKind kind, Elements e) {
    long ideal = e.ideal().producedMicros();
    long good = e.ideal().goodMicros();
    long startUp = e.ideal().startUpRejectMicros();
    return switch (kind) {
      case REDUCED_SPEED -> Math.subtractExact(e.times().of(IsoElement.APT), ideal);
      case START_UP_REJECT -> startUp;
      case PRODUCTION_REJECT -> Math.subtractExact(Math.subtractExact(ideal, good), startUp);
      case PRODUCT_MIX -> productMix(e, good);
      default -> kind.category().map(e.times()::of).orElseThrow();
    };
  }

  /** Valuable time less OEE · PBT, which is Σ(PRI · PQ) · GQ / PQ. */
  private static long productMix(Elements e, long good) {
    Quantity produced = e.counts().produced();
    long ideal = e.ideal().producedMicros();
    double quality = e.counts().good().units() / produced.units();
    if (produced.equals(Quantity.ZERO) || !(Math.abs(quality * ideal) < MOST)) {
      // There is no quality, so no index, and nothing to explain.
      return 0;
    }
    // The divisor must be positive; it is negative if a correction took back more than was made.
    long sign = Long.signum(produced.millionths());
    long effective =
        Rounded.quotient(
            ideal, e.counts().good().millionths() * sign, produced.millionths() * sign);
    return Math.subtractExact(good, effective);
  }
}
