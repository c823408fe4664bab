package io.linewright.edge.app.logic;

import io.linewright.edge.clock.ClockEstimate;
import io.linewright.edge.clock.ClockReport;
import io.linewright.edge.config.DerivedTags;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a device's clock as tags of the device, with the gateway's time, when they change. Nothing
 * is told that the device did not give rise to: the offset of a clock that drifts, carried forward
 * while the device is silent, would be the only sign of life of a device that has none.
 */
final class ClockTeller {

  /** Least time between two values of one of these tags. */
  private static final long INTERVAL_MICROS = 10_000_000;

  private final Map<TagName, Optional<SampleValue>> said = new HashMap<>();
  private long nextMicros = Long.MIN_VALUE;
  private @Nullable ClockReport told;

  /**
   * @param now the gateway's clock
   */
  void tell(ClockReport report, long now, Outbox out) {
    if (report.equals(told) || (now < nextMicros && nextMicros - now <= INTERVAL_MICROS)) {
      return;
    }
    told = report;
    nextMicros = now + INTERVAL_MICROS;
    ClockEstimate known = report.estimate().orElse(null);
    say(
        DerivedTags.CLOCK_OFFSET,
        known == null ? null : tenths(known.offsetAt(now) / 1000),
        now,
        out);
    say(
        DerivedTags.CLOCK_DRIFT,
        known == null || !known.driftKnown() ? null : tenths(known.driftPpm()),
        now,
        out);
    say(DerivedTags.CLOCK_IMPLAUSIBLE, SampleValue.of(report.implausible()), now, out);
  }

  private void say(TagName tag, @Nullable SampleValue value, long micros, Outbox out) {
    // What was never told and is not known need not be told.
    Optional<SampleValue> before = said.getOrDefault(tag, Optional.empty());
    Optional<SampleValue> now = Optional.ofNullable(value);
    if (before.equals(now)) {
      return;
    }
    said.put(tag, now);
    StatusCode status = value == null ? StatusCode.BAD_WAITING_FOR_INITIAL_DATA : StatusCode.GOOD;
    out.made(tag, new Sample(value, status, micros, 0));
  }

  private static SampleValue tenths(double number) {
    return SampleValue.of(Math.round(number * 10) / 10.0);
  }
}
