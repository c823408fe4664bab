package io.linewright.edge.logic.report;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.Numbers;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what of a tag is reported. Intervals are measured in the time that the values carry, so a
 * queue that arrives at once is thinned like one that arrives in time.
 *
 * <p>Every value that arrives is reported or suppressed exactly once, or held: at most one per tag.
 * A value older than the newest reported one is history and passes. If a value arrives that is
 * older than a repetition, the repetition said too much: the value is said again just behind it.
 * That there is no connection is not repeated: a machine that is away gives no sign of life.
 *
 * @param rules which values are reported
 */
public record ReportingFold(Reporting rules) {

  /** Most repetitions made at once after a long pause; only the latest are. */
  static final int MAX_REPEATS = 100;

  /** Takes one input. */
  public Step<ReportingState, ReportFact> step(ReportingState state, LogicInput input) {
    List<ReportFact> facts = new ArrayList<>(2);
    ReportingState next =
        switch (input) {
          case LogicInput.Value(StampedSample value) -> value(state, value, facts);
          case LogicInput.Time(long micros) -> expire(state, micros, facts).passed(micros);
        };
    return new Step<>(next, facts);
  }

  /** The gateway stops, or the rules change: what is held is reported. */
  public static Step<ReportingState, ReportFact> finish(ReportingState state) {
    StampedSample held = state.held();
    return held == null
        ? new Step<>(state, List.of())
        : new Step<>(
            state.reporting(held, state.intervalMicros()), List.of(new ReportFact.Reported(held)));
  }

  private ReportingState value(ReportingState before, StampedSample value, List<ReportFact> facts) {
    StampedSample reported = before.reported();
    if (reported == null) {
      facts.add(new ReportFact.Reported(value));
      return before.reporting(value, value.micros());
    }
    if (value.micros() < reported.micros()) {
      facts.add(new ReportFact.Reported(value));
      return before;
    }
    ReportingState state = expire(before, value.micros(), facts);
    StampedSample held = state.held();
    Sample newest = held == null ? reported(state).sample() : held.sample();
    if (newest.status().bits() != value.sample().status().bits()) {
      if (held != null) {
        facts.add(new ReportFact.Reported(held));
      }
      return report(state, value, facts);
    }
    if (within(reported(state).sample(), value.sample())) {
      return hold(state, null, facts);
    }
    return inInterval(state, value.micros())
        ? hold(state, value, facts)
        : report(state, value, facts);
  }

  private static StampedSample reported(ReportingState state) {
    return java.util.Objects.requireNonNull(state.reported());
  }

  /** Holds a value, or none; what was held or came instead is suppressed. */
  private static ReportingState hold(
      ReportingState state,
      @org.jspecify.annotations.Nullable StampedSample value,
      List<ReportFact> facts) {
    if (state.held() != null) {
      facts.add(new ReportFact.Suppressed());
    }
    if (value == null) {
      facts.add(new ReportFact.Suppressed());
    }
    return state.holding(value);
  }

  private static ReportingState report(
      ReportingState state, StampedSample value, List<ReportFact> facts) {
    facts.add(new ReportFact.Reported(value));
    if (state.repeatMicros() >= value.micros()) {
      long again = state.repeatMicros() + 1;
      facts.add(new ReportFact.Repeated(at(value.sample(), again)));
      return state.reporting(value, value.micros()).repeated(again);
    }
    return state.reporting(value, value.micros());
  }

  private ReportingState expire(ReportingState before, long micros, List<ReportFact> facts) {
    ReportingState state = before;
    StampedSample held = state.held();
    if (held != null && !inInterval(state, micros)) {
      facts.add(new ReportFact.Reported(held));
      state = state.reporting(held, state.intervalMicros() + micros(rules.minInterval()));
    }
    StampedSample reported = state.reported();
    if (rules.maxInterval().isEmpty()
        || reported == null
        || reported.sample().status().equals(StatusCode.BAD_NO_COMMUNICATION)) {
      return state;
    }
    long interval = micros(rules.maxInterval());
    long due = (micros - state.aliveMicros()) / interval;
    for (long i = Math.max(1, due - MAX_REPEATS + 1); i <= due; i++) {
      long at = state.aliveMicros() + i * interval;
      facts.add(new ReportFact.Repeated(at(reported.sample(), at)));
    }
    return due <= 0 ? state : state.repeated(state.aliveMicros() + due * interval);
  }

  private boolean inInterval(ReportingState state, long micros) {
    return rules.minInterval().isPresent()
        && micros < state.intervalMicros() + micros(rules.minInterval());
  }

  /** Whether the two say the same as far as the deadband sees. */
  private boolean within(Sample reported, Sample value) {
    if (rules.deadband().isEmpty()) {
      return false;
    }
    if (reported.value() == null || value.value() == null) {
      return reported.value() == value.value();
    }
    double was = Numbers.of(reported);
    double is = Numbers.of(value);
    return Double.compare(was, is) == 0 || Math.abs(is - was) <= rules.deadband().getAsDouble();
  }

  private static Sample at(Sample sample, long micros) {
    return new Sample(sample.value(), sample.status(), micros, 0);
  }

  private static long micros(Optional<Duration> duration) {
    return duration.orElseThrow().toNanos() / 1000;
  }
}
