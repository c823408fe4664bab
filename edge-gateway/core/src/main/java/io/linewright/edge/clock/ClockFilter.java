package io.linewright.edge.clock;

import io.linewright.edge.fold.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Estimates a clock's offset and drift. Of every window the reading with the least delay is kept
 * (the minimum-delay filter of RFC 5905, clause 10, over time instead of over eight readings); a
 * line through the kept readings gives offset and drift.
 *
 * <p>Delay makes a one-way offset too low, never too high. A reading far above the estimate is
 * therefore a clock that was set forward, at once; readings far below are believed only after
 * {@link #LOW_WINDOWS} windows in a row.
 *
 * @param window length of a window
 * @param step smallest jump that counts as a step: RFC 5905 takes 128 ms (STEPT); more where values
 *     wait long before they are sent
 */
public record ClockFilter(Duration window, Duration step) {

  /** Step threshold of RFC 5905. */
  public static final Duration STEP = Duration.ofMillis(128);

  /** Windows that the line rests on. */
  public static final int MAX_WINDOWS = 60;

  /** Windows in a row that must say that the clock was set back. */
  static final int LOW_WINDOWS = 3;

  /** Takes one reading. */
  public Step<ClockState, ClockFact> step(ClockState state, ClockReading reading) {
    ClockReading open = state.open();
    if (open == null) {
      return new Step<>(state.withOpen(reading), List.of());
    }
    if (state.estimate().isPresent() && above(state.estimate().get(), reading)) {
      return begin(state, reading);
    }
    if (windowOf(reading) <= windowOf(open)) {
      return new Step<>(
          reading.delayMicros() < open.delayMicros() ? state.withOpen(reading) : state, List.of());
    }
    return close(state.withOpen(reading), open);
  }

  /**
   * Begins anew because something other than a reading says that the clock was set: a tag's stamps
   * that run backwards, a reset.
   */
  public Step<ClockState, ClockFact> suspect(ClockState state, ClockReading reading) {
    return begin(state, reading);
  }

  private Step<ClockState, ClockFact> begin(ClockState state, ClockReading reading) {
    long by =
        state
            .estimate()
            .map(e -> Math.round(reading.offsetMicros() - e.offsetAt(reading.gatewayMicros())))
            .orElse(0L);
    return new Step<>(state.nextEra(reading), List.of(new ClockFact.Stepped(by)));
  }

  private Step<ClockState, ClockFact> close(ClockState state, ClockReading best) {
    if (state.estimate().isPresent() && below(state.estimate().get(), best)) {
      List<ClockReading> low = plus(state.low(), best);
      return low.size() < LOW_WINDOWS || !agree(low)
          ? new Step<>(state.withLow(tail(low, LOW_WINDOWS)), List.of())
          : setBack(state, low);
    }
    List<ClockReading> minima = tail(plus(state.minima(), best), MAX_WINDOWS);
    if (state.estimate().isEmpty()) {
      if (!agree(tail(minima, 2))) {
        return new Step<>(state.withMinima(List.of(best), Optional.empty()), List.of());
      }
      if (minima.size() < 2) {
        return new Step<>(state.withMinima(minima, Optional.empty()), List.of());
      }
    }
    ClockEstimate estimate = DriftFit.fit(minima);
    return new Step<>(
        state.withMinima(minima, Optional.of(estimate)),
        List.of(new ClockFact.Estimated(estimate)));
  }

  private Step<ClockState, ClockFact> setBack(ClockState state, List<ClockReading> low) {
    ClockEstimate before = state.estimate().orElseThrow();
    ClockReading newest = low.getLast();
    long by = Math.round(newest.offsetMicros() - before.offsetAt(newest.gatewayMicros()));
    ClockEstimate estimate = DriftFit.fit(low);
    ClockState next = state.nextEra(state.open()).withMinima(low, Optional.of(estimate));
    return new Step<>(next, List.of(new ClockFact.Stepped(by), new ClockFact.Estimated(estimate)));
  }

  private boolean above(ClockEstimate estimate, ClockReading reading) {
    return reading.offsetMicros() - estimate.offsetAt(reading.gatewayMicros()) > stepMicros();
  }

  private boolean below(ClockEstimate estimate, ClockReading reading) {
    return reading.offsetMicros() - estimate.offsetAt(reading.gatewayMicros()) < -stepMicros();
  }

  private boolean agree(List<ClockReading> readings) {
    for (int i = 1; i < readings.size(); i++) {
      if (Math.abs(readings.get(i).offsetMicros() - readings.get(i - 1).offsetMicros())
          > stepMicros()) {
        return false;
      }
    }
    return true;
  }

  private long windowOf(ClockReading reading) {
    return Math.floorDiv(reading.gatewayMicros(), window.toNanos() / 1000);
  }

  private long stepMicros() {
    return step.toNanos() / 1000;
  }

  private static List<ClockReading> plus(List<ClockReading> readings, ClockReading more) {
    List<ClockReading> all = new ArrayList<>(readings);
    all.add(more);
    return all;
  }

  private static List<ClockReading> tail(List<ClockReading> readings, int most) {
    return readings.subList(Math.max(0, readings.size() - most), readings.size());
  }
}
