package io.linewright.edge.clock;

import io.linewright.edge.fold.Step;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How far the gateway's clock was set since the start, in sum. */
  private final AtomicLong gatewaySet = new AtomicLong();

  /** How much of that is considered in what is known. */
  private long considered;

  private volatile Known known = new Known(ClockReport.NONE, 0);

  /** A report, and how far the gateway's clock had been set when it was made. */
  private record Known(ClockReport report, long gatewaySet) {}

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

  /**
   * The gateway's clock was set: the device's was not. Without this an estimate would hold for the
   * wrong clock for windows, and marks would stand behind or before the values they are meant for.
   * Any thread.
   *
   * @param byMicros how far; negative: back
   */
  public void gatewaySet(long byMicros) {
    gatewaySet.addAndGet(byMicros);
  }

  private void considerGatewaySet() {
    long by = gatewaySet.get() - considered;
    if (by != 0) {
      considered += by;
      state = state.gatewaySet(by);
      correction = correction == null ? null : correction.gatewaySet(by);
      learningSince = learningSince == Long.MIN_VALUE ? Long.MIN_VALUE : learningSince + by;
      know();
    }
  }

  private void know() {
    known = new Known(new ClockReport(state.estimate(), implausible, steps), considered);
  }

  private void learn(TagTimes times, long raw, long now) {
    considerGatewaySet();
    if (Plausibility.of(raw, now, settings) != Plausibility.PLAUSIBLE) {
      implausible++;
      know();
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
    know();
  }

  /** What is known now. Any thread. */
  public ClockReport report() {
    return known.report();
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
    if (known.report().estimate().isPresent()) {
      return OptionalLong.of(deviceMicros(nowMicros));
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
    Known now = known;
    long then = nowMicros - (gatewaySet.get() - now.gatewaySet());
    return now.report()
        .estimate()
        .map(estimate -> then + Math.round(estimate.offsetAt(then)))
        .orElse(nowMicros);
  }
}
