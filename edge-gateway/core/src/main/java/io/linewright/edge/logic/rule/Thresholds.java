package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.logic.rule.Condition.Threshold;
import io.linewright.edge.logic.rule.ConditionState.OfThreshold;
import io.linewright.edge.logic.rule.Turn.Truth;
import io.linewright.model.sample.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number beyond a limit, with hysteresis. */
final class Thresholds {

  private Thresholds() {}

  static Step<ConditionState, Turn> step(
      Threshold limit, @Nullable ConditionState before, LogicInput input) {
    OfThreshold state =
        before instanceof OfThreshold known
            ? known
            : new OfThreshold(Long.MIN_VALUE, Truth.UNKNOWN, false);
    if (!(input instanceof LogicInput.Value value)) {
      return new Step<>(state, List.of());
    }
    Sample sample = value.stamped().sample();
    double number = sample.status().isBad() ? Double.NaN : Numbers.of(sample);
    boolean beyond = state.beyond();
    Truth truth = Truth.UNKNOWN;
    if (!Double.isNaN(number)) {
      double edge = beyond ? limit.clear() : limit.limit();
      beyond = limit.above() ? number > edge : number < edge;
      truth = beyond ? Truth.TRUE : Truth.FALSE;
    }
    OfThreshold next = new OfThreshold(input.micros(), truth, beyond);
    return new Step<>(
        next, truth == state.truth() ? List.of() : List.of(new Turn(input.micros(), truth)));
  }
}
