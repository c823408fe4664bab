package io.linewright.edge.app.logic;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.rule.Condition;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.rule.RuleFact;
import io.linewright.edge.logic.rule.RuleFold;
import io.linewright.edge.logic.rule.RuleState;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import org.jspecify.annotations.Nullable;

/** One rule while the gateway runs. */
final class RuleRun {

  private final Rule rule;
  private final RuleFold fold;
  private RuleState state;

  /**
   * @param said newest value of its derived tag, from before a restart or a change; null if none
   */
  RuleRun(Rule rule, @Nullable StampedSample said) {
    this.rule = rule;
    this.fold = RuleFold.of(rule);
    this.state = said == null ? RuleState.NONE : before(said.sample());
  }

  private static RuleState before(Sample said) {
    return switch (said.value()) {
      case SampleValue.BooleanValue(boolean active) -> before(said, active);
      case SampleValue.StringValue(String message) -> before(said, !message.isEmpty());
      case null, default -> RuleState.NONE;
    };
  }

  private static RuleState before(Sample said, boolean active) {
    return RuleState.saidBefore(new RuleFact(said.sourceMicros(), active, said.status()));
  }

  Rule rule() {
    return rule;
  }

  void step(LogicInput input, Outbox out) {
    Step<RuleState, RuleFact> step = fold.step(state, input);
    state = step.state();
    for (RuleFact fact : step.facts()) {
      out.made(rule.name(), new Sample(value(fact.active()), fact.status(), fact.micros(), 0));
    }
  }

  private SampleValue value(boolean active) {
    return rule.message().isPresent()
        ? SampleValue.of(active ? rule.message().get() : "")
        : SampleValue.of(active);
  }

  /**
   * The device's time begins anew.
   *
   * @param holds what the tag says, with the new time; null if nothing
   */
  void restart(@Nullable StampedSample holds, Outbox out) {
    state = state.restarted();
    // To "no data" the value would be a sign of life.
    if (holds != null && !(rule.condition() instanceof Condition.NoData)) {
      step(new LogicInput.Value(holds), out);
    }
  }
}
