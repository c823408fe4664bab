package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.rule.Turn.Truth;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule said last and what it is about to say when a delay is over.
 *
 * @param said newest fact; null before the first
 * @param pending what is to be said; null if nothing is
 */
record OutcomeState(@Nullable RuleFact said, @Nullable Turn pending) {

  static final OutcomeState NONE = new OutcomeState(null, null);

  /** Without what is pending, and with nothing that later words must not go behind. */
  OutcomeState restarted() {
    RuleFact last = said;
    return last == null
        ? NONE
        : new OutcomeState(new RuleFact(Long.MIN_VALUE, last.active(), last.status()), null);
  }

  /** Time passes, the condition stays as it is. */
  Step<OutcomeState, RuleFact> until(long micros, Duration delay, Duration clearDelay) {
    Turn due = pending;
    if (due == null) {
      return new Step<>(this, List.of());
    }
    boolean active = due.truth() == Truth.TRUE;
    long at = due.micros() + micros(active ? delay : clearDelay);
    return at > micros ? new Step<>(this, List.of()) : say(at, active, StatusCode.GOOD);
  }

  /** The condition turns; delays that were over before have been dealt with. */
  Step<OutcomeState, RuleFact> turn(Turn turn, Duration delay, Duration clearDelay) {
    RuleFact last = said;
    if (turn.truth() == Truth.UNKNOWN) {
      return last == null || !last.status().isGood()
          ? new Step<>(new OutcomeState(last, null), List.of())
          : say(turn.micros(), last.active(), StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
    }
    boolean active = turn.truth() == Truth.TRUE;
    if (last == null) {
      // The first word: a derived tag has a value from the first moment on.
      Step<OutcomeState, RuleFact> first = say(turn.micros(), false, StatusCode.GOOD);
      return active ? follow(first, first.state().turn(turn, delay, clearDelay)) : first;
    }
    if (last.active() == active) {
      return last.status().isGood()
          ? new Step<>(new OutcomeState(last, null), List.of())
          : say(turn.micros(), active, StatusCode.GOOD);
    }
    if (micros(active ? delay : clearDelay) == 0) {
      return say(turn.micros(), active, StatusCode.GOOD);
    }
    if (last.status().isGood()) {
      return new Step<>(new OutcomeState(last, turn), List.of());
    }
    Step<OutcomeState, RuleFact> known = say(turn.micros(), last.active(), StatusCode.GOOD);
    return new Step<>(new OutcomeState(known.state().said(), turn), known.facts());
  }

  private static Step<OutcomeState, RuleFact> follow(
      Step<OutcomeState, RuleFact> first, Step<OutcomeState, RuleFact> second) {
    List<RuleFact> facts = new ArrayList<>(first.facts());
    facts.addAll(second.facts());
    return new Step<>(second.state(), facts);
  }

  private Step<OutcomeState, RuleFact> say(long micros, boolean active, StatusCode status) {
    // Never behind what was said: a value may arrive after the time that it should have had.
    long at = said == null ? micros : Math.max(micros, said.micros());
    RuleFact fact = new RuleFact(at, active, status);
    return new Step<>(new OutcomeState(fact, null), List.of(fact));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
