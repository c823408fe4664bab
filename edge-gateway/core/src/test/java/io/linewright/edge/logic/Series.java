package io.linewright.edge.logic;

import io.linewright.edge.fold.Step;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Inputs of one tag, written by hand or at random, for the tests of all folds. */
public final class Series {

  public static final long SECOND = 1_000_000;

  private Series() {}

  /** A good number at a time in seconds. */
  public static LogicInput.Value at(double seconds, double number) {
    return value(seconds, SampleValue.of(number), StatusCode.GOOD);
  }

  /** A good state. */
  public static LogicInput.Value at(double seconds, long state) {
    return value(seconds, SampleValue.of(state), StatusCode.GOOD);
  }

  /** The machine is away. */
  public static LogicInput.Value bad(double seconds) {
    return value(seconds, null, StatusCode.BAD_NO_COMMUNICATION);
  }

  public static LogicInput.Value value(
      double seconds, @org.jspecify.annotations.Nullable SampleValue value, StatusCode status) {
    long micros = Math.round(seconds * SECOND);
    return new LogicInput.Value(StampedSample.of(new Sample(value, status, micros, 0)));
  }

  /** Time passes. */
  public static LogicInput.Time time(double seconds) {
    return new LogicInput.Time(Math.round(seconds * SECOND));
  }

  /** Values in order of time, some Bad, some NaN, some at the same microsecond. */
  public static List<LogicInput.Value> random(SplittableRandom random, int count, double pace) {
    List<LogicInput.Value> values = new ArrayList<>();
    double at = 0;
    double number = 50;
    for (int i = 0; i < count; i++) {
      at += random.nextInt(10) == 0 ? 0 : -pace * Math.log(1 - random.nextDouble());
      number += random.nextDouble(-10, 10);
      values.add(
          switch (random.nextInt(12)) {
            case 0 -> bad(at);
            case 1 -> at(at, Double.NaN);
            case 2 -> value(at, SampleValue.of(number), StatusCode.UNCERTAIN);
            default -> at(at, Math.rint(number));
          });
    }
    return values;
  }

  /** The values with time fed in between at random moments. */
  public static List<LogicInput> withTime(
      List<LogicInput.Value> values, SplittableRandom random, long endMicros) {
    List<LogicInput> inputs = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (LogicInput.Value value : values) {
      for (int i = random.nextInt(4); i > 0 && last != Long.MIN_VALUE; i--) {
        if (value.micros() > last) {
          last = random.nextLong(last, value.micros());
          inputs.add(new LogicInput.Time(last));
        }
      }
      inputs.add(value);
      last = value.micros();
    }
    inputs.add(new LogicInput.Time(endMicros));
    return inputs;
  }

  /** All facts of a run. */
  public static <S, F> List<F> run(
      BiFunction<S, LogicInput, Step<S, F>> fold, S start, List<? extends LogicInput> inputs) {
    List<F> facts = new ArrayList<>();
    S state = start;
    for (LogicInput input : inputs) {
      Step<S, F> step = fold.apply(state, input);
      state = step.state();
      facts.addAll(step.facts());
    }
    return facts;
  }
}
