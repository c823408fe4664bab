package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.rule.Condition.RateOfChange;
import io.linewright.edge.logic.rule.ConditionState.OfRate;
import io.linewright.edge.logic.rule.ConditionState.Point;
import io.linewright.edge.logic.rule.Turn.Truth;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Change of a number over a span: (v(t) − v(t − span)) / span, where a number holds until the next
 * (stepped). It is looked at whenever either of the two changes, so also when an old number leaves
 * the span while nothing new comes. Known once a number has held for a whole span; a Bad value
 * begins anew. Numbers closer together than a 256th of the span count as one at the begin of the
 * span, so memory is bounded whatever the pace of the tag.
 */
final class Rates {

  /** Parts of the span that are told apart at its begin. */
  static final int PARTS = 256;

  private Rates() {}

  static Step<ConditionState, Turn> step(
      RateOfChange rule, @Nullable ConditionState before, LogicInput input) {
    OfRate state =
        before instanceof OfRate known
            ? known
            : new OfRate(Long.MIN_VALUE, Truth.UNKNOWN, List.of(), Double.NaN);
    List<Turn> turns = new ArrayList<>(0);
    state = slide(rule, state, input.micros(), turns);
    if (input instanceof LogicInput.Value value) {
      state = arrive(rule, state, value.stamped().sample(), turns);
    }
    return new Step<>(state, turns);
  }

  /** Old numbers leave the span one after the other. */
  private static OfRate slide(RateOfChange rule, OfRate state, long micros, List<Turn> turns) {
    List<Point> points = state.points();
    if (points.isEmpty()) {
      return state;
    }
    long span = rule.over().toNanos() / 1000;
    Truth truth = state.truth();
    if (truth == Truth.UNKNOWN && points.getFirst().micros() + span <= micros) {
      truth = turned(rule, truth, points.getFirst(), state.number(), span, turns);
    }
    int first = 0;
    while (first + 1 < points.size() && points.get(first + 1).micros() + span <= micros) {
      first++;
      truth = turned(rule, truth, points.get(first), state.number(), span, turns);
    }
    return new OfRate(
        state.newestMicros(), truth, points.subList(first, points.size()), state.number());
  }

  private static Truth turned(
      RateOfChange rule, Truth was, Point from, double number, long span, List<Turn> turns) {
    Truth is = exceeds(rule, from.number(), number) ? Truth.TRUE : Truth.FALSE;
    if (is != was) {
      turns.add(new Turn(from.micros() + span, is));
    }
    return is;
  }

  private static OfRate arrive(RateOfChange rule, OfRate state, Sample sample, List<Turn> turns) {
    long at = sample.sourceMicros();
    double number = sample.status().isBad() ? Double.NaN : Numbers.of(sample);
    if (Double.isNaN(number)) {
      if (state.truth() != Truth.UNKNOWN) {
        turns.add(new Turn(at, Truth.UNKNOWN));
      }
      return new OfRate(at, Truth.UNKNOWN, List.of(), Double.NaN);
    }
    List<Point> points = new ArrayList<>(state.points());
    long span = rule.over().toNanos() / 1000;
    if (points.isEmpty() || at - points.getLast().micros() >= span / PARTS) {
      points.add(new Point(at, number));
    }
    Truth truth = state.truth();
    if (truth != Truth.UNKNOWN) {
      Truth is = exceeds(rule, points.getFirst().number(), number) ? Truth.TRUE : Truth.FALSE;
      if (is != truth) {
        turns.add(new Turn(at, is));
      }
      truth = is;
    }
    return new OfRate(at, truth, points, number);
  }

  private static boolean exceeds(RateOfChange rule, double from, double to) {
    double rate = (to - from) / (rule.over().toNanos() / 1e9);
    return switch (rule.direction()) {
      case RISING -> rate > rule.perSecond();
      case FALLING -> -rate > rule.perSecond();
      case EITHER -> Math.abs(rate) > rule.perSecond();
    };
  }
}
