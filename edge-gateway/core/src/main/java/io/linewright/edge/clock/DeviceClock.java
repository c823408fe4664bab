package io.linewright.edge.clock;

import io.linewright.edge.fold.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one device: learns from every stamp and says what time a value gets. One thread
 * stamps; {@link #report} may be asked by any.
 */
public final class DeviceClock {

  /** Longest time for which a device that speaks has no event time. */
  public static final Duration LEARNING = Duration.ofMinutes(1);

  private final ClockSettings settings;
  private final ClockFilter filter;
  private ClockState state = ClockState.NONE;
  private @Nullable Correction correction;
  private long newestStamp = Long.MIN_VALUE;
  private long implausible;
  private long steps;
  private volatile ClockReport report = ClockReport.NONE;

  /** Gateway's clock since which stamps come without telling the offset yet. */
  private volatile long learningSince = Long.MIN_VALUE;

  /**
   * @param held longest time that a value waits at the device before it is sent (publishing
   *     interval): offsets may jump by as much without a step of the clock
   */
  public DeviceClock(ClockSettings settings, Duration held) {
    this.settings = settings;
    this.filter = new ClockFilter(settings.window(), ClockFilter.STEP.plus(held));
  }

  /** What the gateway file says of it. */
  public ClockSettings settings() {
    return settings;
  }

  /**
   * The time of a value, microseconds since 1970.
   *
   * @param times of the value's tag
   * @param raw the device's stamp
   * @param now the gateway's clock at arrival
   * @param repeat whether stamp, value and status are those of the tag's value before
   */
  public long stamp(TagTimes times, long raw, long now, boolean repeat) {
    learn(times, raw, now);
    if (settings.policy() == ClockPolicy.TRUST) {
      times.seen(raw);
      return raw;
    }
    return settings.policy() == ClockPolicy.CORRECT && correction != null
        ? times.corrected(raw, correction.correct(raw), state.era())
        : times.replaced(raw, now, repeat, state.era());
  }

  private void learn(TagTimes times, long raw, long now) {
    if (Plausibility.of(raw, now, settings) != Plausibility.PLAUSIBLE) {
      implausible++;
      report = new ClockReport(state.estimate(), implausible, steps);
    }
    ClockReading reading = ClockReading.oneWay(raw, now);
    Step<ClockState, ClockFact> step =
        ranBackwards(times, raw, reading)
            ? filter.suspect(state, reading)
            : filter.step(state, reading);
    state = step.state();
    newestStamp = Math.max(newestStamp, raw);
    for (ClockFact fact : step.facts()) {
      perform(fact, raw);
    }
    if (state.estimate().isPresent()) {
      learningSince = Long.MIN_VALUE;
    } else if (learningSince == Long.MIN_VALUE) {
      learningSince = now;
    }
  }

  /** Values of a tag arrive in their order: a stamp behind the last one tells of a set clock. */
  private boolean ranBackwards(TagTimes times, long raw, ClockReading reading) {
    long step = filter.step().toNanos() / 1000;
    return state.estimate().isPresent()
        && times.lastRaw() != Long.MIN_VALUE
        && raw < times.lastRaw() - step
        && reading.offsetMicros() < state.estimate().get().offsetAt(reading.gatewayMicros()) - step;
  }

  private void perform(ClockFact fact, long raw) {
    switch (fact) {
      case ClockFact.Stepped(long by) -> {
        steps++;
        correction = null;
        newestStamp = raw;
      }
      case ClockFact.Estimated(ClockEstimate estimate) ->
          correction =
              correction == null
                  ? Correction.begin(estimate, newestStamp, settings.window())
                  : correction.towards(estimate, newestStamp);
    }
    report = new ClockReport(state.estimate(), implausible, steps);
  }

  /** What is known now. Any thread. */
  public ClockReport report() {
    return report;
  }

  /**
   * The time that the device's values carry at a moment of the gateway's clock: with policy trust
   * the device's clock, else the gateway's. Empty while the device speaks but its offset is not
   * known yet, at most {@link #LEARNING}: who judged by the gateway's clock then would take the
   * values of a clock that is behind for late, and the machine for silent. Any thread.
   */
  public OptionalLong eventMicros(long nowMicros) {
    if (settings.policy() != ClockPolicy.TRUST) {
      return OptionalLong.of(nowMicros);
    }
    Optional<ClockEstimate> estimate = report.estimate();
    if (estimate.isPresent()) {
      return OptionalLong.of(nowMicros + Math.round(estimate.get().offsetAt(nowMicros)));
    }
    long since = learningSince;
    boolean learning = since != Long.MIN_VALUE && nowMicros - since < LEARNING.toNanos() / 1000;
    return learning ? OptionalLong.empty() : OptionalLong.of(nowMicros);
  }

  /**
   * What the device's clock shows at a moment of the gateway's clock; the gateway's time while the
   * offset is not known. Any thread.
   */
  public long deviceMicros(long nowMicros) {
    return report
        .estimate()
        .map(estimate -> nowMicros + Math.round(estimate.offsetAt(nowMicros)))
        .orElse(nowMicros);
  }
}
