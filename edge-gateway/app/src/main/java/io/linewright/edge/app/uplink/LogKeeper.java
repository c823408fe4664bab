package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.sparkplug.SampleMetrics;
import io.linewright.edge.app.tag.DeviceState;
import io.linewright.edge.app.tag.SampleBuffer;
import io.linewright.edge.app.tag.TagRegistry;
import io.linewright.edge.app.tag.TagState;
import io.linewright.edge.app.uplink.books.StageCounters;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.log.Ordinals;
import io.linewright.edge.log.Window;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
  private static final int STORE_ATTEMPTS = 3;
  private static final long RETRY_NANOS = 100_000_000;
  private static final long OLDEST_PLAUSIBLE_MICROS = Duration.ofDays(7).toNanos() / 1000;
  private static final long NEWEST_PLAUSIBLE_MICROS = Duration.ofMinutes(5).toNanos() / 1000;
  private static final int MAX_UNTOLD = 1000;

  /**
   * What the logging thread works with.
   *
   * @param ready whether records can be sent at once
   * @param counters own counters of this moment
   * @param stored called after each group
   * @param metricsChanged called when births are due
   * @param fault called at {@link #BETWEEN_LOG_AND_SEND}
   */
  record Surroundings(
      Supplier<Boolean> ready,
      Supplier<StageCounters.Values> counters,
      Runnable stored,
      Runnable metricsChanged,
      Consumer<String> fault) {}

  private final SampleBuffer buffer;
  private final RecordLog log;
  private final TagRegistry tags;
  private final LogSettings settings;
  private final Window window;
  private final long housekeepingNanos;
  private final InstantSource clock;
  private final Surroundings around;

  private final Set<DeviceState> touched = new LinkedHashSet<>();
  private final List<LogRecord> group = new ArrayList<>();
  private final SampleMetrics scratch = new SampleMetrics();
  private final Map<Long, byte[]> lastSamples = new HashMap<>();
  private final Map<String, Long> lastCounters = new HashMap<>();
  private final Deque<long[]> liveSizes = new ArrayDeque<>();
  private final List<SamplesLost> untold = new ArrayList<>();
  private long liveBytes;
  private long nextCounters;
  private long nextHousekeeping;
  private volatile long repeats;
  private volatile long implausible;
  private volatile boolean stopping;
  private volatile @Nullable String newEpochReason;
  private volatile @Nullable LogException unreadable;

  LogKeeper(
      SampleBuffer buffer,
      RecordLog log,
      TagRegistry tags,
      LogSettings settings,
      Window window,
      Duration housekeeping,
      InstantSource clock,
      Surroundings around) {
    this.buffer = buffer;
    this.log = log;
    this.tags = tags;
    this.settings = settings;
    this.window = window;
    this.housekeepingNanos = housekeeping.toNanos();
    this.clock = clock;
    this.around = around;
    this.nextCounters = System.nanoTime();
    this.nextHousekeeping = System.nanoTime();
  }

  /** Samples that were dropped because they say what was known. Any thread. */
  long repeats() {
    return repeats;
  }

  /** Samples whose source time cannot be true. Any thread. */
  long implausible() {
    return implausible;
  }

  /** Asks for a new epoch: the platform knows positions that the log does not. Any thread. */
  void requestEpoch(String reason) {
    newEpochReason = reason;
  }

  /** Tells that records cannot be read. Any thread. */
  void reportUnreadable(LogException failure) {
    unreadable = failure;
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
      }
      cycle(buffer.take(0));
      keepHouse(micros());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      LOG.error("The logging thread of the gateway ended; no value is stored any more", broken);
      throw broken;
    }
  }

  private void cycle(SampleBuffer.Group samples) {
    long now = micros();
    for (int i = 0; i < samples.size(); i++) {
      add(samples.tag(i), samples.sample(i), now);
    }
    long nanos = System.nanoTime();
    if (nanos - nextCounters >= 0) {
      nextCounters = nanos + StageCounters.INTERVAL.toNanos();
      addCounters(now);
    }
    touched.forEach(this::cut);
    touched.clear();
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

  private void add(TagState tag, Sample sample, long now) {
    int ordinal = tag.take(sample);
    if (ordinal == Ordinals.REPEAT) {
      repeats++;
      return;
    }
    if (ordinal == Ordinals.FULL) {
      lose(tag.device(), sample, sample, 1, "the source's clock stands still");
      return;
    }
    long age = now - sample.sourceMicros();
    boolean wrongTime = age > OLDEST_PLAUSIBLE_MICROS || age < -NEWEST_PLAUSIBLE_MICROS;
    if (wrongTime) {
      implausible++;
    }
    DeviceState device = tag.device();
    device.metrics().add(tag.alias(), tag.description().type(), sample, ordinal, wrongTime);
    touched.add(device);
    if (device.metrics().full()) {
      cut(device);
    }
  }

  private void cut(DeviceState device) {
    if (device.metrics().count() > 0) {
      group.add(LogRecord.of(device.id(), device.metrics()));
      device.metrics().clear();
    }
  }

  private void addCounters(long now) {
    Map<String, Long> values = around.counters().get().byName();
    for (TagState tag : tags.node().tags()) {
      String name = tag.description().key().name().value();
      Long value = values.get(name);
      if (value != null && !value.equals(lastCounters.put(name, value))) {
        add(tag, new Sample(SampleValue.of(value), StatusCode.GOOD, now, 0), now);
      }
    }
  }

  private void handleReports(long now) {
    try {
      LogException broken = unreadable;
      if (broken != null) {
        unreadable = null;
        log.replaceDamaged(broken);
        forgetLive();
        around.metricsChanged().run();
      }
      String reason = newEpochReason;
      if (reason != null) {
        newEpochReason = null;
        log.beginEpoch(reason, now);
        around.metricsChanged().run();
      }
    } catch (LogException failed) {
      LOG.error("The log cannot be renewed: {}", failed.getMessage());
    }
  }

  /** Stores the group; when the disk refuses again and again, its values are a recorded loss. */
  private void store(long now) {
    long bytes = group.stream().mapToLong(record -> record.payload().length).sum();
    for (int attempt = 1; attempt <= STORE_ATTEMPTS; attempt++) {
      try {
        if (!log.makeRoom(bytes, now)) {
          loseGroup("there was no room for the log on the disk");
          return;
        }
        append(bytes, now);
        around.fault().accept(BETWEEN_LOG_AND_SEND);
        around.stored().run();
        return;
      } catch (LogException failed) {
        LOG.error("Attempt {} to store values failed: {}", attempt, failed.getMessage());
        recover(failed);
      }
    }
    loseGroup("the log could not be written");
  }

  private void append(long bytes, long now) throws LogException {
    settleLive();
    Lane lane = laneOfNew();
    log.append(group, lane, now);
    if (lane == Lane.LIVE) {
      liveSizes.add(new long[] {log.positions().appended(Lane.LIVE), bytes});
      liveBytes += bytes;
    }
  }

  private Lane laneOfNew() {
    return window.laneOfNew(
        around.ready().get(), log.positions().unconfirmed(Lane.LIVE), liveBytes);
  }

  private void settleLive() {
    long released = log.positions().released(Lane.LIVE);
    while (!liveSizes.isEmpty() && liveSizes.element()[0] <= released) {
      liveBytes -= liveSizes.remove()[1];
    }
  }

  private void forgetLive() {
    liveSizes.clear();
    liveBytes = 0;
  }

  private void recover(LogException failed) {
    if (failed.kind() == LogException.Kind.DAMAGED) {
      try {
        log.replaceDamaged(failed);
        forgetLive();
        around.metricsChanged().run();
        return;
      } catch (LogException again) {
        LOG.error("The damaged log cannot be replaced: {}", again.getMessage());
      }
    }
    LockSupport.parkNanos(RETRY_NANOS);
  }

  private void loseGroup(String reason) {
    for (LogRecord record : group) {
      DeviceState device = tags.device(record.device());
      note(
          new SamplesLost(
              (device == null ? tags.node() : device).path().toString(),
              instant(record.firstSourceMicros()),
              instant(record.lastSourceMicros()),
              (long) record.samples(),
              reason));
    }
  }

  private void lose(DeviceState device, Sample first, Sample last, long count, String reason) {
    note(
        new SamplesLost(
            device.path().toString(),
            instant(first.sourceMicros()),
            instant(last.sourceMicros()),
            count,
            reason));
  }

  /** Keeps a loss in memory until the log takes it; the same loss again only makes it larger. */
  private void note(SamplesLost loss) {
    for (int i = 0; i < untold.size(); i++) {
      SamplesLost known = untold.get(i);
      if (known.equipment().equals(loss.equipment()) && known.reason().equals(loss.reason())) {
        untold.set(i, sum(known, loss));
        return;
      }
    }
    if (untold.size() < MAX_UNTOLD) {
      untold.add(loss);
    }
  }

  private static SamplesLost sum(SamplesLost a, SamplesLost b) {
    Long counted = a.count();
    Long more = b.count();
    return new SamplesLost(
        a.equipment(),
        a.from().isBefore(b.from()) ? a.from() : b.from(),
        a.to().isAfter(b.to()) ? a.to() : b.to(),
        counted == null || more == null ? null : Long.valueOf(counted + more),
        a.reason());
  }

  private void keepHouse(long now) {
    for (DeviceState device : tags.devices()) {
      for (TagState tag : device.tags()) {
        Sample last = tag.last();
        if (tag.takeChanged() && last != null) {
          scratch.clear();
          scratch.add(tag.alias(), tag.description().type(), last, last.ordinal(), false);
          lastSamples.put(tag.alias(), scratch.toBytes());
        }
      }
    }
    try {
      while (!untold.isEmpty()) {
        log.lose(untold.getLast());
        untold.removeLast();
      }
      settleLive();
      Lane lossLane = around.ready().get() ? laneOfNew() : null;
      boolean forgotten = log.maintain(lastSamples, lossLane, now);
      lastSamples.clear();
      if (forgotten) {
        around.metricsChanged().run();
      }
      around.stored().run();
    } catch (LogException failed) {
      LOG.error("Housekeeping of the log failed, it is tried again: {}", failed.getMessage());
      if (failed.kind() == LogException.Kind.DAMAGED) {
        recover(failed);
      }
    }
  }

  private long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
