package io.linewright.edge.logic.rule;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.rule.Condition.StatePattern;
import io.linewright.edge.logic.rule.ConditionState.Entry;
import io.linewright.edge.logic.rule.ConditionState.OfPattern;
import io.linewright.edge.logic.rule.Turn.Truth;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** States that follow each other within a time. A Bad value breaks the sequence. */
final class Patterns {

  private Patterns() {}

  static Step<ConditionState, Turn> step(
      StatePattern pattern, @Nullable ConditionState before, LogicInput input) {
    List<Turn> turns = new ArrayList<>(0);
    OfPattern state =
        before instanceof OfPattern known
            ? known
            : new OfPattern(Long.MIN_VALUE, Truth.UNKNOWN, List.of(), null);
    state = ended(state, input.micros(), turns);
    if (input instanceof LogicInput.Value value) {
      state = entered(pattern, state, value.stamped().sample(), turns);
    }
    return new Step<>(state, turns);
  }

  private static OfPattern ended(OfPattern state, long micros, List<Turn> turns) {
    Long end = state.endMicros();
    if (end == null || micros < end) {
      return state;
    }
    turns.add(new Turn(end, Truth.FALSE));
    return new OfPattern(state.newestMicros(), Truth.FALSE, state.entries(), null);
  }

  private static OfPattern entered(
      StatePattern pattern, OfPattern state, Sample sample, List<Turn> turns) {
    long at = sample.sourceMicros();
    Optional<String> text = text(sample);
    if (text.isEmpty()) {
      turn(state.truth(), Truth.UNKNOWN, at, turns);
      return new OfPattern(at, Truth.UNKNOWN, List.of(), null);
    }
    List<Entry> entries = new ArrayList<>(state.entries());
    if (!entries.isEmpty() && entries.getLast().state().equals(text.get())) {
      return new OfPattern(at, state.truth(), entries, state.endMicros());
    }
    entries.add(new Entry(at, text.get()));
    while (entries.size() > pattern.states().size()) {
      entries.removeFirst();
    }
    if (matches(pattern, entries)) {
      turn(state.truth(), Truth.TRUE, at, turns);
      Long end = pattern.clearAfter().map(d -> at + d.toNanos() / 1000).orElse(null);
      return new OfPattern(at, Truth.TRUE, entries, end);
    }
    if (state.endMicros() != null) {
      return new OfPattern(at, state.truth(), entries, state.endMicros());
    }
    turn(state.truth(), Truth.FALSE, at, turns);
    return new OfPattern(at, Truth.FALSE, entries, null);
  }

  private static void turn(Truth was, Truth is, long micros, List<Turn> turns) {
    if (was != is) {
      turns.add(new Turn(micros, is));
    }
  }

  private static boolean matches(StatePattern pattern, List<Entry> entries) {
    if (entries.size() < pattern.states().size()) {
      return false;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).state().equals(pattern.states().get(i))) {
        return false;
      }
    }
    long took = entries.getLast().micros() - entries.getFirst().micros();
    return took <= pattern.within().toNanos() / 1000;
  }

  private static Optional<String> text(Sample sample) {
    if (sample.status().isBad()) {
      return Optional.empty();
    }
    return switch (sample.value()) {
      case BooleanValue(boolean value) -> Optional.of(Boolean.toString(value));
      case IntegerValue(long value) -> Optional.of(Long.toString(value));
      case DoubleValue(double value) -> Optional.of(Double.toString(value));
      case StringValue(String value) -> Optional.of(value);
      case null, default -> Optional.empty();
    };
  }
}
