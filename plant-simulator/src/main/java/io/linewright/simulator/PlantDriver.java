package io.linewright.simulator;

import io.linewright.simulator.process.Plant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the plant's time pass: a thread that wakes every 10 ms and shows what has changed since,
 * each change with its own exact time.
 */
final class PlantDriver implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(PlantDriver.class);

  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration FLUSH_INTERVAL = Duration.ofMillis(500);
  private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);
  private static final long LONGEST_STEP_MICROS = 2_000_000;

  private final Plant plant;
  private final PlantOutlets outlets;
  private final InstantSource clock;
  private final double speed;
  private final Optional<Duration> duration;
  private final Optional<Duration> longestWait;
  private final Path restFile;

  private long realAnchor;
  private double simulatedAnchor;
  private long lastReal;
  private long nextFlush;
  private long nextWatch;
  private long nextRestCheck;
  private boolean observed;
  private volatile boolean stopped;
  private volatile boolean ended;

  PlantDriver(Plant plant, PlantOutlets outlets, InstantSource clock, SimulatorOptions options) {
    this.plant = plant;
    this.outlets = outlets;
    this.clock = clock;
    this.speed = options.speed();
    this.duration = options.duration();
    this.longestWait = options.waitForGateway();
    this.restFile = options.dataDirectory().resolve(PlantSimulator.REST_FILE);
    this.nextFlush = System.nanoTime();
    this.nextWatch = nextFlush;
    this.nextRestCheck = nextFlush;
  }

  /** Shows the first value of every tag. */
  void showFirstValues() {
    long now = now();
    plant.begin((micros, tag, value) -> outlets.show(tag, value, now));
    outlets.showRegisters(now);
  }

  /** Whether the duration is over and values stand still. */
  boolean isEnded() {
    return ended;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      longestWait.ifPresent(this::waitForGateway);
      letTimePass();
      while (!stopped) {
        pause();
        flushNowAndThen();
      }
    } catch (RuntimeException e) {
      LOG.error("the plant stands still because of an error in the simulator", e);
    }
  }

  private void waitForGateway(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (!stopped && !observed && System.nanoTime() - end < 0) {
      pause();
      watchForGateway();
      flushNowAndThen();
    }
    if (!observed && !stopped) {
      int unread = outlets.unread();
      outlets.truth().comment("unobserved " + now() + " tags=" + unread);
      LOG.warn(
          "no gateway reads all tags after {} s ({} are not read); the plant starts all the same",
          longest.toSeconds(),
          unread);
    }
  }

  private void letTimePass() {
    realAnchor = now();
    lastReal = realAnchor;
    long start = System.nanoTime();
    while (!stopped) {
      if (isOver(start)) {
        outlets.truth().comment("ended " + now());
        outlets.truth().flush();
        ended = true;
        return;
      }
      tick();
      watchForGateway();
      flushNowAndThen();
      pause();
    }
  }

  private boolean isOver(long start) {
    if (duration.isPresent() && System.nanoTime() - start >= duration.get().toNanos()) {
      return true;
    }
    if (System.nanoTime() - nextRestCheck < 0) {
      return false;
    }
    nextRestCheck = System.nanoTime() + WATCH_INTERVAL.toNanos();
    return Files.exists(restFile);
  }

  private void tick() {
    long real = now();
    long step = real - lastReal;
    if (step < 0 || step > LONGEST_STEP_MICROS) {
      LOG.warn(
          "the clock has moved by {} µs since the last look; the plant goes on from here", step);
      simulatedAnchor += (lastReal - realAnchor) * speed;
      realAnchor = real;
    }
    lastReal = real;
    long until = (long) (simulatedAnchor + (real - realAnchor) * speed);
    plant.advanceTo(
        until,
        (micros, tag, value) ->
            outlets.show(tag, value, realAnchor + (long) ((micros - simulatedAnchor) / speed)));
    outlets.showRegisters(real);
  }

  private void watchForGateway() {
    if (observed || System.nanoTime() - nextWatch < 0) {
      return;
    }
    nextWatch = System.nanoTime() + WATCH_INTERVAL.toNanos();
    if (outlets.unread() == 0) {
      observed = true;
      outlets.truth().comment("observed " + now());
    }
  }

  private void flushNowAndThen() {
    if (System.nanoTime() - nextFlush >= 0) {
      outlets.truth().flush();
      nextFlush = System.nanoTime() + FLUSH_INTERVAL.toNanos();
    }
  }

  private void pause() {
    if (Thread.interrupted()) {
      stopped = true;
    }
    LockSupport.parkNanos(this, TICK.toNanos());
  }

  private long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
