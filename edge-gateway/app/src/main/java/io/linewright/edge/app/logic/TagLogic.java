package io.linewright.edge.app.logic;

import io.linewright.edge.clock.TagTimes;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.report.ReportFact;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.edge.logic.report.ReportingFold;
import io.linewright.edge.logic.report.ReportingState;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One tag between driver and log. Guarded by the device's lock. */
final class TagLogic {

  private final TagSettings settings;
  private final boolean published;
  private final TagTimes times;
  private final ReportingFold reporting;

  /** Without repetitions: what was said before the present time is known may be hours old. */
  private final ReportingFold beginning;

  private final boolean thinned;
  private final List<SummaryRun> summaries = new ArrayList<>(0);
  private final List<RuleRun> rules = new ArrayList<>(0);
  private ReportingState reported = ReportingState.NONE;
  private @Nullable StampedSample newest;

  /** Whether the present time of the device's values was known since its time began. */
  private boolean begun;

  /** The device's newest value with its own stamp; null before the first. */
  private @Nullable Sample saidRaw;

  /**
   * @param published whether its values may leave the gateway
   * @param times its times so far
   */
  TagLogic(TagSettings settings, boolean published, TagTimes times) {
    this.settings = settings;
    this.published = published;
    this.times = times;
    Reporting rules = settings.reporting();
    this.reporting = new ReportingFold(rules);
    this.beginning =
        new ReportingFold(new Reporting(rules.deadband(), rules.minInterval(), Optional.empty()));
    this.thinned = published && !rules.equals(Reporting.ALL);
  }

  TagSettings settings() {
    return settings;
  }

  TagName name() {
    return settings.description().key().name();
  }

  boolean published() {
    return published;
  }

  TagTimes times() {
    return times;
  }

  void add(SummaryRun summary) {
    summaries.add(summary);
  }

  void add(RuleRun rule) {
    rules.add(rule);
  }

  /**
   * Takes over what the tag of an earlier file knows.
   *
   * @param same whether its settings were the same
   */
  void adopt(TagLogic other, boolean same) {
    saidRaw = other.saidRaw;
    if (same) {
      reported = other.reported;
      newest = other.newest;
      begun = other.begun;
    }
  }

  /** Takes over what was said before a restart. */
  void restore(StampedSample last) {
    saidRaw = new Sample(last.sample().value(), last.sample().status(), last.rawMicros(), 0);
    times.restore(last.rawMicros(), last.micros());
  }

  /**
   * Whether a value of the device says what its value before said, with the same stamp: as after a
   * restart or a new connection.
   */
  boolean repeats(Sample sample) {
    boolean repeats = sample.equals(saidRaw);
    saidRaw = sample;
    return repeats;
  }

  /** Whether its values go by as they are. */
  boolean plain() {
    return published && !thinned && summaries.isEmpty() && rules.isEmpty();
  }

  /** Whether something may happen while no value comes. */
  boolean timed() {
    return !summaries.isEmpty()
        || !rules.isEmpty()
        || thinned
            && (settings.reporting().minInterval().isPresent()
                || settings.reporting().maxInterval().isPresent());
  }

  void value(StampedSample stamped, Outbox out) {
    newest = stamped;
    LogicInput.Value input = new LogicInput.Value(stamped);
    if (thinned) {
      report(input, out);
    } else {
      out.reported(name(), stamped); // counted as kept if it may not leave
    }
    for (SummaryRun summary : summaries) {
      summary.value(input, out);
    }
    for (RuleRun rule : rules) {
      rule.step(input, out);
    }
  }

  /**
   * Time passes.
   *
   * @param time up to when no value is expected any more
   * @param present the present time of the device's values
   */
  void time(LogicInput.Time time, long present, Outbox out) {
    if (!begun) {
      begun = true;
      reported = aliveFrom(reported, present);
    }
    if (thinned && reportDue(time.micros())) {
      report(time, out);
    }
    for (SummaryRun summary : summaries) {
      summary.time(time, present, newest, out);
    }
    for (RuleRun rule : rules) {
      rule.step(time, out);
    }
  }

  private static ReportingState aliveFrom(ReportingState state, long micros) {
    return new ReportingState(
        state.reported(),
        state.held(),
        state.intervalMicros(),
        Math.max(state.aliveMicros(), micros),
        state.repeatMicros(),
        Math.max(state.passedMicros(), micros));
  }

  private boolean reportDue(long micros) {
    if (reported.held() != null) {
      return true;
    }
    return reported.reported() != null
        && settings.reporting().maxInterval().isPresent()
        && micros - reported.aliveMicros()
            >= settings.reporting().maxInterval().get().toNanos() / 1000;
  }

  private void report(LogicInput input, Outbox out) {
    perform((begun ? reporting : beginning).step(reported, input), out);
  }

  private void perform(Step<ReportingState, ReportFact> step, Outbox out) {
    reported = step.state();
    for (ReportFact fact : step.facts()) {
      switch (fact) {
        case ReportFact.Reported(StampedSample stamped) -> out.reported(name(), stamped);
        case ReportFact.Repeated(Sample sample) -> out.repeated(name(), sample);
        case ReportFact.Suppressed() -> out.suppressed();
      }
    }
  }

  /** The value that is held is handed on: its settings change, or the gateway stops. */
  void finish(Outbox out) {
    perform(ReportingFold.finish(reported), out);
  }

  /**
   * The device's time begins anew: what holds, holds from now on.
   *
   * @param micros the present time of the device's values
   */
  void restart(long micros, Outbox out) {
    finish(out);
    reported = ReportingState.NONE;
    begun = false;
    StampedSample last = newest;
    StampedSample holds =
        last == null
            ? null
            : StampedSample.of(
                new Sample(last.sample().value(), last.sample().status(), micros, 0));
    newest = holds;
    summaries.forEach(SummaryRun::restart);
    rules.forEach(rule -> rule.restart(holds, out));
  }
}
