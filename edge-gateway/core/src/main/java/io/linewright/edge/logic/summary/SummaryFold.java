package io.linewright.edge.logic.summary;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures over tumbling windows, aligned to 1970-01-01T00:00:00Z. A value holds from its time until
 * that of the next (stepped, OPC UA part 13); only Good finite numbers count; truth values are 0
 * and 1. A window closes when a value or the time passes its end. How often time is fed changes
 * nothing but when the figures come. Of empty windows that follow each other only the first is
 * told: what it says holds, and a machine that is not there has nothing more to say.
 *
 * @param length length of a window
 */
public record SummaryFold(Duration length) {

  /** Most windows told at once after a long pause; the older ones are passed over. */
  static final int MAX_WINDOWS = 1000;

  /** Takes one input. */
  public Step<SummaryState, SummaryFact> step(SummaryState state, LogicInput input) {
    List<SummaryFact> facts = new ArrayList<>(0);
    SummaryState next =
        switch (input) {
          case LogicInput.Value value -> value(state, value.stamped().sample(), facts);
          case LogicInput.Time(long micros) -> advance(begun(state, micros), micros, facts);
        };
    return new Step<>(next, facts);
  }

  private SummaryState value(SummaryState before, Sample sample, List<SummaryFact> facts) {
    double number = goodNumber(sample);
    SummaryState begun = begun(before, sample.sourceMicros());
    if (sample.sourceMicros() < begun.toMicros()) {
      if (begun.any()) {
        facts.add(new SummaryFact.Late());
        return begun;
      }
      return first(begun, number, sample.sourceMicros());
    }
    SummaryState state = advance(begun, sample.sourceMicros(), facts);
    Window window =
        java.util.Objects.requireNonNull(state.window())
            .held(state.number(), sample.sourceMicros() - state.toMicros());
    return new SummaryState(
        Double.isNaN(number) ? window : window.with(number, sample.sourceMicros()),
        number,
        sample.sourceMicros(),
        true,
        state.emptyTold());
  }

  /** The first value is older than the window is open: nothing was known, now it is. */
  private static SummaryState first(SummaryState state, double number, long micros) {
    Window open = java.util.Objects.requireNonNull(state.window());
    if (micros < open.startMicros()) {
      return new SummaryState(
          Window.begin(open.startMicros(), number),
          number,
          open.startMicros(),
          true,
          state.emptyTold());
    }
    return new SummaryState(
        Double.isNaN(number) ? open : open.with(number, micros),
        number,
        micros,
        true,
        state.emptyTold());
  }

  private SummaryState begun(SummaryState state, long micros) {
    return state.window() != null
        ? state
        : new SummaryState(
            Window.begin(startOf(micros), Double.NaN), Double.NaN, micros, false, false);
  }

  private SummaryState advance(SummaryState before, long micros, List<SummaryFact> facts) {
    Window window = java.util.Objects.requireNonNull(before.window());
    long to = before.toMicros();
    boolean emptyTold = before.emptyTold();
    long skipTo = startOf(micros) - MAX_WINDOWS * lengthMicros();
    while (micros >= window.startMicros() + lengthMicros()) {
      long end = window.startMicros() + lengthMicros();
      Window over = window.held(before.number(), end - to);
      if (!over.empty() || !emptyTold) {
        facts.add(new SummaryFact.Closed(over, before.number(), lengthMicros()));
      }
      emptyTold = over.empty();
      if (end < skipTo) {
        facts.add(new SummaryFact.Skipped((skipTo - end) / lengthMicros()));
        end = skipTo;
      }
      window = Window.begin(end, before.number());
      to = end;
    }
    // Time within a window leaves no mark: sums of the same parts are the same to the last bit.
    return new SummaryState(window, before.number(), to, before.any(), emptyTold);
  }

  private static double goodNumber(Sample sample) {
    double number = sample.status().isGood() ? Numbers.of(sample) : Double.NaN;
    return Double.isInfinite(number) ? Double.NaN : number;
  }

  private long startOf(long micros) {
    return Math.floorDiv(micros, lengthMicros()) * lengthMicros();
  }

  private long lengthMicros() {
    return length.toNanos() / 1000;
  }
}
