package io.linewright.oee.element;

import io.linewright.oee.energy.EnergyUse;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * All that figures of any time, machines, shifts, orders and products are made of. Figures of more
 * than one are made of the sum of these, never of a mean of figures. The sum is exact, does not
 * depend on the order, and lacks what any of its summands lacks.
 *
 * @param times how long time was what
 * @param absorbedMicros of the production time what was stops too short to count, 0 or more; it
 *     shows as lost speed
 * @param counts how many items there were
 * @param ideal how long they would have taken
 * @param plannedScrap PSQ, how many items were planned to be rejected
 * @param capacity EPC, how many items the machines can make in their planned operation time
 * @param stops how many stops began, 0 or more; those that were absorbed are none
 * @param failures what broke
 * @param energy what was taken
 * @param lacks what is not known; elements that need it are 0, and mean nothing; copied
 */
public record Elements(
    TimeSums times,
    long absorbedMicros,
    Counts counts,
    IdealTimes ideal,
    Quantity plannedScrap,
    Quantity capacity,
    long stops,
    Failures failures,
    EnergyUse energy,
    Set<Lack> lacks) {

  /** Of nothing: what is added to it stays the same. It lacks nothing. */
  public static final Elements NONE =
      new Elements(
          TimeSums.NONE,
          0,
          Counts.NONE,
          IdealTimes.NONE,
          Quantity.ZERO,
          Quantity.ZERO,
          0,
          Failures.NONE,
          EnergyUse.NONE,
          Set.of());

  /**
   * @throws IllegalArgumentException if there are less than 0 stops or more absorbed than produced
   */
  public Elements {
    if (absorbedMicros < 0 || absorbedMicros > times.of(TimeCategory.PRODUCTION) || stops < 0) {
      throw new IllegalArgumentException(
          "%d µs absorbed and %d stops cannot be in %s".formatted(absorbedMicros, stops, times));
    }
    lacks = united(lacks, Set.of());
  }

  /**
   * Of both.
   *
   * @throws ArithmeticException if a sum is out of range
   */
  public Elements plus(Elements other) {
    return new Elements(
        times.plus(other.times),
        Math.addExact(absorbedMicros, other.absorbedMicros),
        counts.plus(other.counts),
        ideal.plus(other.ideal),
        plannedScrap.plus(other.plannedScrap),
        capacity.plus(other.capacity),
        Math.addExact(stops, other.stops),
        failures.plus(other.failures),
        energy.plus(other.energy),
        united(lacks, other.lacks));
  }

  private static Set<Lack> united(Set<Lack> one, Set<Lack> other) {
    Set<Lack> both = EnumSet.noneOf(Lack.class);
    both.addAll(one);
    both.addAll(other);
    return Collections.unmodifiableSet(both);
  }
}
