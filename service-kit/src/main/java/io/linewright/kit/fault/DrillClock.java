package io.linewright.kit.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that a fault drill sets forward and back: a file holds how many milliseconds it is off.
 * No file means 0. Only the process's idea of the time changes, not the machine's.
 *
 * <p>Configured by {@code linewright.fault.clock-offset-file=PATH}.
 */
public final class DrillClock implements InstantSource {

  /** Name of the property that names the file. */
  public static final String PROPERTY = "linewright.fault.clock-offset-file";

  /** Longest time from a change of the file to the jump. */
  public static final Duration LATEST = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(DrillClock.class);

  private final InstantSource clock;
  private final Path file;
  private final LongSupplier nanoTime;
  private final AtomicLong readAt;
  private volatile long offsetMillis;

  /**
   * @param clock the true one
   * @param file holds one whole number, milliseconds to be added
   * @param nanoTime says when to read the file again
   */
  DrillClock(InstantSource clock, Path file, LongSupplier nanoTime) {
    this.clock = clock;
    this.file = file;
    this.nanoTime = nanoTime;
    this.readAt = new AtomicLong(nanoTime.getAsLong() - LATEST.toNanos());
  }

  /**
   * The clock itself, or one that the file sets.
   *
   * @param path the property's value; blank: no drill
   */
  public static InstantSource over(InstantSource clock, String path) {
    if (path.isBlank()) {
      return clock;
    }
    LOG.warn("Fault drill: {} sets the clock of this process", path);
    return new DrillClock(clock, Path.of(path), System::nanoTime);
  }

  @Override
  public Instant instant() {
    long now = nanoTime.getAsLong();
    long last = readAt.get();
    if (now - last >= LATEST.toNanos() && readAt.compareAndSet(last, now)) {
      read();
    }
    return clock.instant().plusMillis(offsetMillis);
  }

  private void read() {
    long offset = offsetMillis;
    try {
      offset = Long.parseLong(Files.readString(file).strip());
    } catch (NoSuchFileException none) {
      offset = 0;
    } catch (IOException | NumberFormatException torn) {
      LOG.warn(
          "Fault drill: {} holds no milliseconds ({}); nothing changes", file, torn.toString());
    }
    if (offset != offsetMillis) {
      LOG.warn("Fault drill: the clock of this process is {} ms off", offset);
      offsetMillis = offset;
    }
  }
}
