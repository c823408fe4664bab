package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.rule.Condition.NoData;
import io.linewright.edge.logic.rule.ConditionState.OfNoData;
import io.linewright.edge.logic.rule.Turn.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No good value for a time, counted from the last one or, before the first, from the start. */
final class Gaps {

  private Gaps() {}

  static Step<ConditionState, Turn> step(
      NoData rule, @Nullable ConditionState before, LogicInput input) {
    if (!(before instanceof OfNoData state)) {
      Truth truth = good(input) ? Truth.FALSE : Truth.UNKNOWN;
      return new Step<>(
          new OfNoData(input.micros(), truth),
          truth == Truth.FALSE ? List.of(new Turn(input.micros(), truth)) : List.of());
    }
    List<Turn> turns = new ArrayList<>(0);
    Truth truth = state.truth();
    long due = state.newestMicros() + rule.after().toNanos() / 1000;
    if (truth != Truth.TRUE && input.micros() >= due) {
      truth = Truth.TRUE;
      turns.add(new Turn(due, truth));
    }
    long newest = state.newestMicros();
    if (good(input)) {
      newest = input.micros();
      if (truth != Truth.FALSE) {
        truth = Truth.FALSE;
        turns.add(new Turn(newest, truth));
      }
    }
    return new Step<>(new OfNoData(newest, truth), turns);
  }

  private static boolean good(LogicInput input) {
    return input instanceof LogicInput.Value value
        && value.stamped().sample().value() != null
        && value.stamped().sample().status().isGood();
  }
}
