package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.log.loss.Loss;
import io.linewright.edge.app.log.loss.UntoldLosses;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.app.tag.DeviceState;
import io.linewright.edge.app.tag.LiveTags;
import io.linewright.edge.app.tag.SampleBuffer;
import io.linewright.edge.app.tag.TagRegistry;
import io.linewright.edge.app.tag.TagState;
import io.linewright.edge.app.uplink.books.LiveWindow;
import io.linewright.edge.app.uplink.books.StageCounters;
import io.linewright.edge.clock.Plausibility;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.log.AgeClock;
import io.linewright.edge.log.Ordinals;
import io.linewright.edge.log.PriorityClass;
import io.linewright.edge.log.Window;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logging thread: takes what the drivers delivered, gives ordinals, stores one record per
 * device and group in one transaction, keeps house. It never waits for the network.
 */
final class LogKeeper implements Runnable {

  /** The point at which a fault drill may end the process: stored, not yet sent. */
  static final String BETWEEN_LOG_AND_SEND = "between-log-and-send";

  /** The same: taken from the drivers, room made, not yet stored. */
  static final String BEFORE_LOG = "before-log";

  /** The same: confirmed records deleted, losses made records. */
  static final String AFTER_HOUSEKEEPING = "after-housekeeping";

  private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
  private static final int STORE_ATTEMPTS = 3;
  private static final long RETRY_NANOS = 100_000_000;
  private static final int MAX_REQUESTS = 1000;

  /**
   * What the logging thread works with.
   *
   * @param ready whether records can be sent at once
   * @param counters own counters of this moment
   * @param stored called after each group
   * @param metricsChanged called when births are due
   * @param progress steps of commands
   * @param fault called at the named points
   */
  record Surroundings(
      Supplier<Boolean> ready,
      Supplier<StageCounters.Values> counters,
      Runnable stored,
      Runnable metricsChanged,
      ProgressQueue progress,
      Consumer<String> fault) {}

  private record Impossible(Lane lane, long position, String reason) {}

  private final SampleBuffer buffer;
  private final RecordLog log;
  private final LiveTags tags;
  private final LogSettings settings;
  private final LiveWindow liveWindow;
  private final long housekeepingNanos;
  private final InstantSource clock;
  private final Surroundings around;

  private final Set<DeviceState> touched = new LinkedHashSet<>();
  private final List<LogRecord> group = new ArrayList<>();
  private final SampleMetrics scratch = new SampleMetrics();
  private final Map<Long, byte[]> lastSamples = new HashMap<>();
  private final Map<String, Long> lastCounters = new HashMap<>();
  private final UntoldLosses untold = new UntoldLosses();
  private final BlockingQueue<Impossible> impossible = new ArrayBlockingQueue<>(MAX_REQUESTS);
  private final WorkQueue work = new WorkQueue();
  private final long maxAgeMicros;
  private AgeClock age;
  private long nextCounters;
  private long nextHousekeeping;
  private volatile long repeats;
  private volatile boolean stopping;
  private volatile @Nullable String newEpochReason;
  private volatile @Nullable LogException unreadable;

  LogKeeper(
      SampleBuffer buffer,
      RecordLog log,
      LiveTags tags,
      LogSettings settings,
      Window window,
      Duration housekeeping,
      InstantSource clock,
      Surroundings around) {
    this.buffer = buffer;
    this.log = log;
    this.tags = tags;
    this.settings = settings;
    this.liveWindow = new LiveWindow(window, log.positions());
    this.housekeepingNanos = housekeeping.toNanos();
    this.clock = clock;
    this.around = around;
    this.maxAgeMicros = settings.maxAge().toNanos() / 1000;
    this.age = AgeClock.start(micros(), System.nanoTime() / 1000);
    this.nextCounters = System.nanoTime();
    this.nextHousekeeping = System.nanoTime();
  }

  /** Samples that were dropped because they say what was known. Any thread. */
  long repeats() {
    return repeats;
  }

  /** Samples whose source time cannot be true, of the devices that there are. Any thread. */
  long implausible() {
    return tags.get().devices().stream().mapToLong(DeviceState::implausible).sum();
  }

  /** Asks for a new epoch: the platform knows positions that the log does not. Any thread. */
  void requestEpoch(String reason) {
    newEpochReason = reason;
  }

  /**
   * Asks to set a record aside that can never be sent. Any thread; with too many such requests one
   * is passed over, and comes again when the record is tried again.
   */
  void requestSetAside(Lane lane, long position, String reason) {
    if (!impossible.offer(new Impossible(lane, position, reason))) {
      LOG.warn("Too many records cannot be sent; {} {} waits", lane, position);
    }
  }

  /** Tells that records cannot be read. Any thread. */
  void reportUnreadable(LogException failure) {
    unreadable = failure;
  }

  /** Work to be done on this thread when all that was handed in before it is stored. */
  WorkQueue work() {
    return work;
  }

  /** Ends the thread after everything delivered so far is stored. */
  void stop() {
    stopping = true;
    buffer.close();
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        cycle(buffer.take(settings.groupInterval().toNanos()));
        int waiting = work.waiting();
        if (waiting > 0) {
          cycle(buffer.take(0));
          keepHouse(micros());
          work.run(waiting); // more may have come since; that waits for what came before it
        }
      }
      cycle(buffer.take(0));
      keepHouse(micros());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      LOG.error("The logging thread of the gateway ended; no value is stored any more", broken);
      throw broken;
    } finally {
      work.close();
    }
  }

  private void cycle(SampleBuffer.Group samples) {
    long now = micros();
    age = age.look(now, System.nanoTime() / 1000);
    for (int i = 0; i < samples.size(); i++) {
      add(samples.tag(i), samples.sample(i), samples.rawMicros(i), now);
    }
    long nanos = System.nanoTime();
    if (nanos - nextCounters >= 0) {
      nextCounters = nanos + StageCounters.INTERVAL.toNanos();
      addCounters(now);
    }
    touched.forEach(this::cut);
    touched.clear();
    group.addAll(around.progress().records(now));
    handleReports(now);
    if (!group.isEmpty()) {
      store(now);
      group.clear();
    }
    if (System.nanoTime() - nextHousekeeping >= 0) {
      nextHousekeeping = System.nanoTime() + housekeepingNanos;
      keepHouse(now);
    }
  }

  private void add(TagState tag, Sample sample, long rawMicros, long now) {
    int ordinal = tag.take(sample, rawMicros);
    if (ordinal == Ordinals.REPEAT) {
      repeats++;
      return;
    }
    if (ordinal == Ordinals.FULL) {
      String path = tag.device().path().toString();
      untold.note(Loss.of(path, sample, tag.alias(), "the source's clock stands still"));
      return;
    }
    DeviceState device = tag.device();
    boolean wrongTime =
        Plausibility.of(sample.sourceMicros(), now, device.clock()) != Plausibility.PLAUSIBLE;
    if (wrongTime) {
      device.noteImplausible();
    }
    SampleMetrics metrics = device.metrics(tag.priority());
    long stamp = tag.lastRawMicros();
    metrics.add(tag.alias(), tag.description().type(), sample, ordinal, wrongTime, stamp);
    touched.add(device);
    if (metrics.full()) {
      cut(device, tag.priority());
    }
  }

  /** What raises events goes first. */
  private void cut(DeviceState device) {
    cut(device, PriorityClass.EVENTS);
    cut(device, PriorityClass.SAMPLES);
  }

  private void cut(DeviceState device, PriorityClass priority) {
    SampleMetrics metrics = device.metrics(priority);
    if (metrics.count() > 0) {
      group.add(LogRecord.of(device.id(), priority, metrics));
      metrics.clear();
    }
  }

  private void addCounters(long now) {
    Map<String, Long> values = around.counters().get().byName();
    for (TagState tag : tags.get().node().tags()) {
      String name = tag.description().key().name().value();
      Long value = values.get(name);
      if (value != null && !value.equals(lastCounters.put(name, value))) {
        add(tag, new Sample(SampleValue.of(value), StatusCode.GOOD, now, 0), now, now);
      }
    }
  }

  private void handleReports(long now) {
    try {
      LogException broken = unreadable;
      if (broken != null) {
        unreadable = null;
        log.replaceDamaged(broken);
        liveWindow.clear();
        metricsChanged();
      }
      for (Impossible next = impossible.poll(); next != null; next = impossible.poll()) {
        log.setAside(next.lane(), next.position(), next.reason());
      }
      String reason = newEpochReason;
      if (reason != null) {
        newEpochReason = null;
        log.beginEpoch(reason, now);
        metricsChanged();
      }
    } catch (LogException failed) {
      LOG.error("The log cannot be renewed: {}", failed.getMessage());
    }
  }

  /** Stores the group; when the disk refuses again and again, its values are a recorded loss. */
  private void store(long now) {
    boolean diskFull = false;
    long bytes = group.stream().mapToLong(record -> record.payload().length).sum();
    for (int attempt = 1; attempt <= STORE_ATTEMPTS; attempt++) {
      try {
        if (!log.makeRoom(bytes, age.oldestKept(maxAgeMicros), diskFull)) {
          loseGroup("there was no room for the log on the disk");
          return;
        }
        around.fault().accept(BEFORE_LOG);
        append(bytes, now);
        around.progress().stored();
        around.fault().accept(BETWEEN_LOG_AND_SEND);
        around.stored().run();
        return;
      } catch (LogException failed) {
        LOG.error("Attempt {} to store values failed: {}", attempt, failed.getMessage());
        diskFull = failed.kind() == LogException.Kind.FULL;
        recover(failed);
      }
    }
    loseGroup("the log could not be written");
  }

  private void append(long bytes, long now) throws LogException {
    Lane lane = liveWindow.laneOfNew(around.ready().get());
    log.append(group, lane, now);
    if (lane == Lane.LIVE) {
      liveWindow.appended(bytes);
    }
  }

  private void recover(LogException failed) {
    if (failed.kind() == LogException.Kind.DAMAGED) {
      try {
        log.replaceDamaged(failed);
        liveWindow.clear();
        metricsChanged();
        return;
      } catch (LogException again) {
        LOG.error("The damaged log cannot be replaced: {}", again.getMessage());
      }
    }
    LockSupport.parkNanos(RETRY_NANOS);
  }

  private void loseGroup(String reason) {
    group.removeIf(record -> record.kind() == LogRecord.Kind.PROGRESS); // it is tried again
    for (LogRecord record : group) {
      TagRegistry registry = tags.get();
      DeviceState device = registry.device(record.device());
      untold.note(
          record.lost((device == null ? registry.node() : device).path().toString(), reason));
    }
  }

  private void keepHouse(long now) {
    for (DeviceState device : tags.get().devices()) {
      for (TagState tag : device.tags()) {
        if (tag.changed(scratch)) {
          lastSamples.put(tag.alias(), scratch.toBytes());
        }
      }
    }
    try {
      while (!untold.isEmpty()) {
        log.lose(untold.last());
        untold.told();
      }
      Lane lossLane = around.ready().get() ? liveWindow.laneOfNew(true) : null;
      boolean forgotten = log.maintain(lastSamples, lossLane, now);
      around.fault().accept(AFTER_HOUSEKEEPING);
      lastSamples.clear();
      if (forgotten) {
        metricsChanged();
      }
      around.stored().run();
      tags.settle();
    } catch (LogException failed) {
      LOG.error("Housekeeping of the log failed, it is tried again: {}", failed.getMessage());
      if (failed.kind() == LogException.Kind.DAMAGED) {
        recover(failed);
      }
    }
  }

  private void metricsChanged() {
    tags.retiredChanged();
    around.metricsChanged().run();
  }

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
