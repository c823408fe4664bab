package io.linewright.edge.app.logic;

import io.linewright.edge.clock.ClockPolicy;
import io.linewright.edge.clock.ClockReport;
import io.linewright.edge.clock.DeviceClock;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.LogicInput;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One device between drivers and log. Its driver brings values, a timer the passing of time; a lock
 * keeps the two apart and what they say in order.
 */
final class DeviceStage {

  /** How much later than its time a value may come, besides what it waits at the device. */
  private static final Duration JITTER = Duration.ofMillis(250);

  /** How far the device's time may run back before it is taken for a clock that was set. */
  private static final long SLACK_MICROS = 1_000_000;

  private final DeviceSetup setup;
  private final SampleSink next;
  private final LogicCounters counters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TagName, TagLogic> tags = new HashMap<>();
  private final List<TagLogic> timed = new ArrayList<>();
  private final List<SummaryRun> summaries = new ArrayList<>();
  private final List<RuleRun> rules = new ArrayList<>();
  private final Outbox outbox;
  private final boolean trusted;
  private final long lagMicros;
  private final @Nullable DeviceClock clock;
  private ClockTeller teller = new ClockTeller();
  private long steps;

  /** Up to when time was said to have passed, in the time of the values. */
  private long fedMicros = Long.MIN_VALUE;

  /** Tags that never leave the gateway, those of the file before included. */
  private final Set<TagName> kept;

  private boolean replaced;
  private @Nullable DeviceStage successor;

  /**
   * @param before the device under an earlier file; it is locked by the caller. Null if there is
   *     none
   */
  DeviceStage(
      DeviceSetup setup,
      SampleSink next,
      LogicCounters counters,
      LastValues stored,
      @Nullable DeviceStage before) {
    this.setup = setup;
    this.next = next;
    this.counters = counters;
    this.outbox = new Outbox(setup.path(), setup.published(), next, counters);
    this.trusted = setup.device().clock().policy() == ClockPolicy.TRUST;
    this.kept = new HashSet<>(before == null ? Set.of() : before.setup.unpublished());
    this.kept.addAll(setup.unpublished());
    this.lagMicros = setup.held().plus(JITTER).toNanos() / 1000;
    this.clock = clock(before);
    StageBuilder builder = new StageBuilder(setup, stored, before == null ? null : before.parts());
    builder.tags(trusted).forEach(tag -> tags.put(tag.name(), tag));
    builder.summaries().forEach(this::add);
    builder.rules().forEach(this::add);
    tags.values().stream().filter(TagLogic::timed).forEach(timed::add);
    if (before != null) {
      builder.gone().forEach(tag -> tag.finish(before.outbox));
      outbox.adopt(before.outbox);
    }
  }

  private @Nullable DeviceClock clock(@Nullable DeviceStage before) {
    if (!setup.stamps()) {
      return null;
    }
    if (before == null
        || before.clock == null
        || !before.clock.settings().equals(setup.device().clock())
        || !before.setup.held().equals(setup.held())) {
      return new DeviceClock(setup.device().clock(), setup.held());
    }
    teller = before.teller;
    steps = before.steps;
    fedMicros = before.fedMicros;
    return before.clock;
  }

  private void add(SummaryRun summary) {
    summaries.add(summary);
    logic(summary.summary().tag()).add(summary);
  }

  private void add(RuleRun rule) {
    rules.add(rule);
    logic(rule.rule().tag()).add(rule);
  }

  private TagLogic logic(TagName name) {
    TagLogic tag = tags.get(name);
    if (tag == null) {
      throw new IllegalArgumentException(setup.path() + " has no tag '" + name + "'");
    }
    return tag;
  }

  private StageBuilder.Parts parts() {
    return new StageBuilder.Parts(tags, summaries, rules);
  }

  DeviceSetup setup() {
    return setup;
  }

  /** What is known of its clock; nothing if its values carry none. Any thread. */
  ClockReport clockReport() {
    return clock == null ? ClockReport.NONE : clock.report();
  }

  /** What its clock shows at a moment of the gateway's. Any thread. */
  long deviceMicros(long gatewayMicros) {
    return clock == null ? gatewayMicros : clock.deviceMicros(gatewayMicros);
  }

  /** The gateway's clock was set. Any thread. */
  void gatewaySet(long byMicros) {
    if (clock != null) {
      clock.gatewaySet(byMicros);
    }
  }

  /**
   * Takes a value.
   *
   * @param made whether the gateway made it
   * @param now the gateway's clock
   */
  void accept(TagName name, Sample sample, boolean made, long now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      DeviceStage follows = successor;
      if (follows != null) {
        follows.accept(name, sample, made, now);
        return;
      }
      counters.in();
      outbox.drain();
      TagLogic tag = tags.get(name);
      if (replaced || tag == null) {
        passGone(name, sample);
        return;
      }
      take(tag, sample, made, now);
    } finally {
      lock.unlock();
    }
  }

  /** A tag, or device, that the file in force has no more, but its driver still brings. */
  private void passGone(TagName name, Sample sample) throws InterruptedException {
    if (kept.contains(name)) {
      counters.kept();
    } else {
      next.accept(setup.path(), name, sample);
      counters.out();
    }
  }

  private void take(TagLogic tag, Sample sample, boolean made, long now)
      throws InterruptedException {
    long raw = sample.sourceMicros();
    long time = made ? timeOfMade(tag, raw, now) : timeOf(tag, sample, now);
    if (tag.plain() && time == raw && !made) {
      next.accept(setup.path(), tag.name(), sample);
      counters.out();
      return;
    }
    Sample at =
        time == raw ? sample : new Sample(sample.value(), sample.status(), time, sample.ordinal());
    tag.value(made ? StampedSample.made(at) : new StampedSample(at, raw), outbox);
    outbox.drain();
  }

  private long timeOfMade(TagLogic tag, long micros, long now) {
    return clock == null || trusted ? micros : tag.times().made(now);
  }

  private long timeOf(TagLogic tag, Sample sample, long now) {
    long raw = sample.sourceMicros();
    DeviceClock known = clock;
    if (known == null) {
      return raw;
    }
    long time = known.stamp(tag.times(), raw, now, tag.repeats(sample));
    ClockReport report = known.report();
    if (report.steps() != steps) {
      steps = report.steps();
      if (trusted) {
        restart(raw);
      }
    } else if (trusted && report.estimate().isEmpty() && behind(raw)) {
      restart(raw); // it spoke for the first time, and its clock is not the gateway's
    }
    return time;
  }

  private boolean behind(long micros) {
    return fedMicros != Long.MIN_VALUE
        && micros < fedMicros - SLACK_MICROS - setup.held().toNanos() / 1000;
  }

  private void restart(long micros) {
    fedMicros = Long.MIN_VALUE;
    tags.values().forEach(tag -> tag.restart(micros, outbox));
  }

  /**
   * Time passes.
   *
   * @param now the gateway's clock
   */
  void tick(long now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (replaced) {
        return;
      }
      outbox.drain();
      if (clock != null && setup.device().clock().reported()) {
        teller.tell(clock.report(), now, outbox);
      }
      OptionalLong event = clock == null ? OptionalLong.of(now) : clock.eventMicros(now);
      if (event.isPresent() && !timed.isEmpty()) {
        pass(event.getAsLong() - lagMicros);
      }
      outbox.drain();
    } finally {
      lock.unlock();
    }
  }

  private void pass(long micros) {
    if (behind(micros)) {
      restart(micros);
    }
    fedMicros = Math.max(fedMicros, micros);
    LogicInput.Time time = new LogicInput.Time(fedMicros);
    for (TagLogic tag : timed) {
      tag.time(time, fedMicros + lagMicros, outbox);
    }
  }

  /** Hands on what is held of tags that another file does not have or treats otherwise. */
  void flush(@Nullable DeviceSetup other) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Set<TagSettings> kept = other == null ? Set.of() : new HashSet<>(other.device().tags());
      for (TagLogic tag : tags.values()) {
        if (!kept.contains(tag.settings())) {
          tag.finish(outbox);
        }
      }
      outbox.drain();
    } finally {
      lock.unlock();
    }
  }

  /** Hands on what is left. */
  void drain() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      outbox.drain();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The device under another file, with everything that stays true; whoever still calls this object
   * calls it.
   *
   * @param other null if the device needs no stage any more
   */
  @Nullable DeviceStage replace(@Nullable DeviceSetup other, LastValues stored)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (other == null) {
        tags.values().forEach(tag -> tag.finish(outbox));
        outbox.drain();
      } else {
        successor = new DeviceStage(other, next, counters, stored, this);
      }
      replaced = true;
      return successor;
    } finally {
      lock.unlock();
    }
  }
}
