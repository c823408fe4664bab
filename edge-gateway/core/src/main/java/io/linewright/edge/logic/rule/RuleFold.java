package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates one rule in the time that the values carry: a delay that ends between two values ends
 * at its own moment, not when the next value comes. Values older than the newest are not looked at.
 *
 * @param condition what is looked for
 * @param delay how long it must hold
 * @param clearDelay how long it must not hold
 */
public record RuleFold(Condition condition, Duration delay, Duration clearDelay) {

  /** The fold of a rule of the gateway file. */
  public static RuleFold of(Rule rule) {
    return new RuleFold(rule.condition(), rule.delay(), rule.clearDelay());
  }

  /** Takes one input. */
  public Step<RuleState, RuleFact> step(RuleState state, LogicInput input) {
    ConditionState before = state.condition();
    if (input instanceof LogicInput.Value
        && before != null
        && input.micros() < before.newestMicros()) {
      return new Step<>(state, List.of());
    }
    Step<ConditionState, Turn> seen = look(before, input);
    List<RuleFact> facts = new ArrayList<>(0);
    OutcomeState outcome = state.outcome();
    for (Turn turn : seen.facts()) {
      outcome = perform(outcome.until(turn.micros(), delay, clearDelay), facts);
      outcome = perform(outcome.turn(turn, delay, clearDelay), facts);
    }
    outcome = perform(outcome.until(input.micros(), delay, clearDelay), facts);
    return new Step<>(new RuleState(seen.state(), outcome), facts);
  }

  private Step<ConditionState, Turn> look(
      @org.jspecify.annotations.Nullable ConditionState before, LogicInput input) {
    return switch (condition) {
      case Condition.Threshold threshold -> Thresholds.step(threshold, before, input);
      case Condition.RateOfChange rate -> Rates.step(rate, before, input);
      case Condition.NoData noData -> Gaps.step(noData, before, input);
      case Condition.StatePattern pattern -> Patterns.step(pattern, before, input);
    };
  }

  private static OutcomeState perform(Step<OutcomeState, RuleFact> step, List<RuleFact> facts) {
    facts.addAll(step.facts());
    return step.state();
  }
}
