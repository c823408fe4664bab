package io.linewright.oee.hourly;

import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import java.util.ArrayList;
import java.util.List;

/** Target against actual, hour by hour. */
public final class TargetActual {

  /** Largest share of the ideal that can be asked for. */
  public static final double MOST_RATIO = 2;

  private TargetActual() {}

  /**
   * Target and actual of each hour: the target is the planned busy time divided by the ideal cycle,
   * times the ratio, of each part, rounded to millionths of an item. Parts of several machines and
   * products are summed.
   *
   * @param hours ascending, without overlap
   * @param parts in any order; each in one hour or in none, and then left out
   * @param ratio share of the ideal that is the target, more than 0 and at most {@link #MOST_RATIO}
   * @return as many as hours, in their order
   * @throws IllegalArgumentException if the hours overlap or descend, a part is in more than one,
   *     or the ratio is out of range
   */
  public static List<TargetHour> of(List<Span> hours, List<TargetPart> parts, double ratio) {
    if (!(ratio > 0 && ratio <= MOST_RATIO)) {
      throw new IllegalArgumentException("a target is 0 to 2 times the ideal, not " + ratio);
    }
    List<TargetPart> ascending =
        parts.stream().sorted((a, b) -> a.span().compareTo(b.span())).toList();
    List<TargetHour> answer = new ArrayList<>(hours.size());
    int next = 0;
    for (Span hour : hours) {
      if (!answer.isEmpty() && hour.fromMicros() < answer.getLast().hour().toMicros()) {
        throw new IllegalArgumentException(hour + " begins before the hour before it ends");
      }
      TargetHour sum = new TargetHour(hour, Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, 0);
      for (;
          next < ascending.size() && ascending.get(next).span().fromMicros() < hour.toMicros();
          next++) {
        TargetPart part = ascending.get(next);
        if (hour.covers(part.span())) {
          sum = plus(sum, part, ratio);
        } else if (hour.overlaps(part.span())) {
          throw new IllegalArgumentException(part.span() + " is not all in " + hour);
        }
      }
      answer.add(sum);
    }
    return List.copyOf(answer);
  }

  private static TargetHour plus(TargetHour sum, TargetPart part, double ratio) {
    boolean known = part.idealNanos().isPresent();
    Quantity target =
        known
            ? Quantity.of(
                part.plannedBusyMicros() * 1_000.0 / part.idealNanos().getAsLong() * ratio)
            : Quantity.ZERO;
    return new TargetHour(
        sum.hour(),
        sum.target().plus(target),
        sum.produced().plus(part.produced()),
        sum.good().plus(part.good()),
        sum.withoutIdealMicros() + (known ? 0 : part.plannedBusyMicros()));
  }
}
