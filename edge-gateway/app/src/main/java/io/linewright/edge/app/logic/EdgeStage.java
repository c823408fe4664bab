package io.linewright.edge.app.logic;

import io.linewright.edge.app.uplink.books.LogicBooks;
import io.linewright.edge.clock.ClockReport;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.liveness.OwnClockWatch;
import io.linewright.edge.sampling.SampleSink;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of values between the drivers and the log: the time that they carry, which of them
 * are reported, what summaries and rules make of them, and that nothing leaves the gateway that may
 * not. Knows neither broker nor network, so it goes on while the uplink is cut. Devices of which
 * the file asks for nothing of this are passed by.
 */
public final class EdgeStage implements SampleSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeStage.class);

  /** How often time passes for devices that say nothing. */
  private static final long TICK_MILLIS = 200;

  /** Two clocks that were not read within this time were not read together, nanoseconds. */
  private static final long TOGETHER_NANOS = 5_000_000;

  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final SampleSink next;
  private final LastValues stored;
  private final InstantSource clock;
  private final LongSupplier steadyNanos;
  private final OwnClockWatch watch = new OwnClockWatch();
  private final LogicCounters counters = new LogicCounters();
  private final Thread timer;
  private volatile Map<EquipmentPath, DeviceStage> devices;

  /**
   * @param next takes what leaves; called by the threads that bring values and by the timer
   * @param stored what published tags said before a restart
   * @param clock the gateway's clock
   * @param steadyNanos a clock that nobody can set, for noticing that the other one was
   */
  public EdgeStage(
      EdgeFile file,
      SampleSink next,
      LastValues stored,
      InstantSource clock,
      LongSupplier steadyNanos) {
    this.next = next;
    this.stored = stored;
    this.clock = clock;
    this.steadyNanos = steadyNanos;
    this.timer = Thread.ofPlatform().daemon().name("edge-logic").unstarted(this::passTime);
    Map<EquipmentPath, DeviceStage> all = new HashMap<>();
    setups(file)
        .forEach(
            (path, setup) -> all.put(path, new DeviceStage(setup, next, counters, stored, null)));
    this.devices = Map.copyOf(all);
  }

  private static Map<EquipmentPath, DeviceSetup> setups(EdgeFile file) {
    Map<EquipmentPath, DeviceSetup> setups = new HashMap<>();
    for (DeviceSettings device : file.devices()) {
      DeviceSetup setup = DeviceSetup.of(file, device);
      if (setup.needsStage()) {
        setups.put(device.path(), setup);
      }
    }
    return setups;
  }

  /** Lets time pass from now on. */
  public void start() {
    timer.start();
  }

  @Override
  public void accept(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
    DeviceStage stage = devices.get(device);
    if (stage != null) {
      stage.accept(tag, sample, false, nowMicros());
    } else {
      counters.in();
      next.accept(device, tag, sample);
      counters.out();
    }
  }

  @Override
  public void made(EquipmentPath device, TagName tag, Sample sample) throws InterruptedException {
    DeviceStage stage = devices.get(device);
    if (stage != null) {
      stage.accept(tag, sample, true, nowMicros());
    } else {
      counters.in();
      next.made(device, tag, sample);
      counters.out();
    }
  }

  @Override
  public long deviceMicros(EquipmentPath device, long gatewayMicros) {
    DeviceStage stage = devices.get(device);
    return stage == null ? gatewayMicros : stage.deviceMicros(gatewayMicros);
  }

  /** What is known of a device's clock; nothing if the file asks for nothing that depends on it. */
  public ClockReport clock(EquipmentPath device) {
    DeviceStage stage = devices.get(device);
    return stage == null ? ClockReport.NONE : stage.clockReport();
  }

  /** The books since the start. */
  public LogicBooks books() {
    return counters.books();
  }

  /**
   * Hands on the values that are held of tags which another file does not have or treats otherwise.
   * To be called before the sink behind forgets such tags.
   */
  public void flush(EdgeFile other) throws InterruptedException {
    Map<EquipmentPath, DeviceSetup> setups = setups(other);
    for (Map.Entry<EquipmentPath, DeviceStage> device : devices.entrySet()) {
      device.getValue().flush(setups.get(device.getKey()));
    }
  }

  /**
   * Goes on with another file. To be called when the sink behind takes the tags of that file. Tags,
   * summaries, rules and clocks whose settings are the same keep what they know; values that are
   * held of the others are handed on, as by {@link #flush}. Values may arrive meanwhile.
   *
   * @throws InterruptedException if interrupted while the sink behind takes nothing; the call may
   *     be repeated
   */
  public synchronized void take(EdgeFile file) throws InterruptedException {
    Map<EquipmentPath, DeviceStage> all = new HashMap<>(devices);
    Map<EquipmentPath, DeviceSetup> setups = setups(file);
    for (Map.Entry<EquipmentPath, DeviceStage> known : devices.entrySet()) {
      DeviceSetup setup = setups.remove(known.getKey());
      if (setup == null || !setup.equals(known.getValue().setup())) {
        put(all, known.getKey(), known.getValue().replace(setup, stored));
        devices = Map.copyOf(all);
      }
    }
    setups.forEach(
        (path, setup) -> all.put(path, new DeviceStage(setup, next, counters, stored, null)));
    devices = Map.copyOf(all);
    for (DeviceStage stage : devices.values()) {
      stage.drain();
    }
  }

  private static void put(
      Map<EquipmentPath, DeviceStage> all, EquipmentPath path, @Nullable DeviceStage stage) {
    if (stage == null) {
      all.remove(path);
    } else {
      all.put(path, stage);
    }
  }

  private void passTime() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        tick();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets time pass up to the present of the gateway's clock. */
  void tick() throws InterruptedException {
    for (DeviceStage stage : devices.values()) {
      try {
        stage.tick(nowMicros());
      } catch (RuntimeException defect) {
        LOG.error(
            "{}: its rules could not be looked at; tried again", stage.setup().path(), defect);
      }
    }
  }

  /** One thread at a time: a time read before the clock was set must not be looked at after. */
  private long nowMicros() {
    synchronized (watch) {
      long before = steadyNanos.getAsLong();
      Instant instant = clock.instant();
      long now = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
      if (steadyNanos.getAsLong() - before <= TOGETHER_NANOS) {
        notice(watch.look(now, before));
      }
      return now;
    }
  }

  private void notice(long byMicros) {
    if (byMicros != 0) {
      LOG.warn("The gateway's clock was set by {} ms", byMicros / 1000);
      devices.values().forEach(device -> device.gatewaySet(byMicros));
    }
  }

  /** Ends; what is held is handed on. To be called after the drivers have ended. */
  @Override
  public void close() {
    timer.interrupt();
    try {
      if (timer.isAlive() && !timer.join(STOP_WAIT)) {
        LOG.warn("The edge logic is still busy {} after close", STOP_WAIT);
      }
      for (DeviceStage stage : devices.values()) {
        stage.flush(null);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
