package io.linewright.edge.app.logic;

import io.linewright.edge.fold.Step;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.logic.summary.SummaryFact;
import io.linewright.edge.logic.summary.SummaryFold;
import io.linewright.edge.logic.summary.SummaryState;
import io.linewright.edge.logic.summary.SummaryValue;
import io.linewright.edge.logic.summary.Window;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.sample.Sample;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One summary while the gateway runs. */
final class SummaryRun {

  private static final Logger LOG = LoggerFactory.getLogger(SummaryRun.class);

  private final Summary summary;
  private final SummaryFold fold;
  private SummaryState state = SummaryState.NONE;
  private long toldMicros;
  private boolean lateLogged;

  /**
   * @param toldMicros end of the newest window that was told before a restart; {@link
   *     Long#MIN_VALUE}: none. A window is told once
   */
  SummaryRun(Summary summary, long toldMicros) {
    this.summary = summary;
    this.fold = new SummaryFold(summary.window());
    this.toldMicros = toldMicros;
  }

  Summary summary() {
    return summary;
  }

  /**
   * Begins, when the present time of the device's values is known: the first value may be hours old
   * (a server tells when it last changed), and the windows since then are none of this gateway's.
   *
   * @param present that time
   * @param newest what holds; null if nothing was said yet
   */
  private void begin(long present, @Nullable StampedSample newest, Outbox out) {
    if (newest == null || newest.micros() < present) {
      perform(new LogicInput.Time(present), out);
    }
    if (newest != null) {
      perform(new LogicInput.Value(newest), out);
    }
  }

  void value(LogicInput.Value value, Outbox out) {
    if (state.window() != null) {
      perform(value, out);
    }
  }

  /**
   * Time passes.
   *
   * @param present the present time of the device's values; values may come that are older
   * @param newest newest value of the tag
   */
  void time(LogicInput.Time time, long present, @Nullable StampedSample newest, Outbox out) {
    Window window = state.window();
    if (window == null) {
      begin(present, newest, out);
    } else if (time.micros() >= window.startMicros() + summary.window().toNanos() / 1000) {
      perform(time, out);
    }
  }

  private void perform(LogicInput input, Outbox out) {
    Step<SummaryState, SummaryFact> step = fold.step(state, input);
    state = step.state();
    for (SummaryFact fact : step.facts()) {
      perform(fact, out);
    }
  }

  private void perform(SummaryFact fact, Outbox out) {
    switch (fact) {
      case SummaryFact.Closed closed -> {
        if (closed.endMicros() > toldMicros) {
          toldMicros = closed.endMicros();
          for (SummaryValue value : summary.values()) {
            out.made(
                summary.nameOf(value),
                new Sample(closed.value(value), closed.status(value), closed.endMicros(), 0));
          }
        }
      }
      case SummaryFact.Late() -> {
        if (!lateLogged) {
          lateLogged = true;
          LOG.warn(
              "{}: values of {} come after their windows are told; they are not in them",
              summary.prefix(),
              summary.tag());
        }
      }
      case SummaryFact.Skipped(long windows) ->
          LOG.warn("{}: {} windows passed while nobody looked", summary.prefix(), windows);
    }
  }

  /** The device's time begins anew: the open window is not told. */
  void restart() {
    state = SummaryState.NONE;
    toldMicros = Long.MIN_VALUE;
  }
}
