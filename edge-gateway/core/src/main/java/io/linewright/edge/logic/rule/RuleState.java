package io.linewright.edge.logic.rule;

import org.jspecify.annotations.Nullable;

/**
 * What {@link RuleFold} remembers.
 *
 * @param condition memory of the condition; null before the first input
 * @param outcome what the rule said and is about to say
 */
public record RuleState(@Nullable ConditionState condition, OutcomeState outcome) {

  /** Nothing happened yet. */
  public static final RuleState NONE = new RuleState(null, OutcomeState.NONE);

  /** The rule begins anew, but what it said before a restart or a change stays said. */
  public static RuleState saidBefore(RuleFact fact) {
    return new RuleState(null, new OutcomeState(fact, null));
  }

  /** What was said stays said, but the values begin anew: their clock was set. */
  public RuleState restarted() {
    return new RuleState(null, outcome.restarted());
  }
}
