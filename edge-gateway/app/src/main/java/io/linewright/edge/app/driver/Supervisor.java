package io.linewright.edge.app.driver;

import io.linewright.edge.app.driver.DriverStatus.State;
import io.linewright.edge.liveness.BackOff;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one link alive: when a life ends, all its tags become Bad, and after a pause that grows
 * with every failure the connection is built anew.
 */
public final class Supervisor implements Driver, DeviceLink.Life {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final String connection;
  private final DeviceLink link;
  private final List<TagChannel> tags;
  private final StageCounters counters;
  private final SilenceMark silenceMark;
  private final BackOff backOff;
  private final RandomGenerator random;
  private final Thread thread;
  private volatile State state = State.STOPPED;
  private volatile String reason = "";
  private volatile boolean closed;
  private int failures;
  private @Nullable String logged;

  /**
   * @param connection id of the connection
   * @param tags all tags of the connection
   * @param directory keeps what must survive a restart
   * @param random jitter of the pauses
   */
  public Supervisor(
      String connection,
      DeviceLink link,
      List<TagChannel> tags,
      StageCounters counters,
      Path directory,
      BackOff backOff,
      RandomGenerator random) {
    this.connection = connection;
    this.link = link;
    this.tags = List.copyOf(tags);
    this.counters = counters;
    this.silenceMark = new SilenceMark(directory, connection);
    this.backOff = backOff;
    this.random = random;
    // A platform thread: the deadlines must not wait for busy virtual threads.
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("driver-" + connection)
            .unstarted(this::superviseUntilClosed);
  }

  @Override
  public void start() {
    silenceMark
        .since()
        .ifPresent(
            micros -> tags.forEach(t -> t.markedBefore(StatusCode.BAD_NO_COMMUNICATION, micros)));
    thread.start();
  }

  /** Starts in the place of another driver: its tags know how they stand. */
  void startAfterAnother() {
    OptionalLong marked =
        tags.stream()
            .filter(tag -> tag.markedAs(StatusCode.BAD_NO_COMMUNICATION))
            .mapToLong(TagChannel::markedMicros)
            .min();
    boolean stands = silenceMark.since().isPresent();
    if (marked.isPresent()) {
      silenceMark.set(marked.getAsLong());
    } else if (stands) {
      silenceMark.clear();
    }
    thread.start();
  }

  private void superviseUntilClosed() {
    try {
      for (boolean first = true; !closed; first = false) {
        if (!first) {
          counters.reconnected();
        }
        liveOnce();
        if (closed) {
          return; // what ended it was the end of the gateway, or of this driver: nothing is Bad
        }
        state = State.WAITING;
        markAll();
        Duration pause = backOff.after(failures, random);
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      state = State.STOPPED;
    }
  }

  private void liveOnce() throws InterruptedException {
    state = State.CONNECTING;
    try {
      link.live(this);
      reason = "ended";
    } catch (LinkException ended) {
      reason = String.valueOf(ended.getMessage());
    } catch (RuntimeException defect) {
      reason = "unexpected error: " + defect;
      LOG.error("{}: unexpected error, the connection is built anew", connection, defect);
    }
    failures++;
    if (!reason.equals(logged)) {
      logged = reason;
      LOG.warn("{}: {}; its {} tags are Bad, trying again", connection, reason, tags.size());
    }
  }

  @Override
  public void running() {
    if (state == State.RUNNING && !silenceMark.standing()) {
      return;
    }
    if (state != State.RUNNING) {
      LOG.info("{}: running, {} tags", connection, tags.size());
    }
    failures = 0;
    logged = null;
    reason = "";
    state = State.RUNNING;
    if (silenceMark.standing()
        && tags.stream().noneMatch(t -> t.markedAs(StatusCode.BAD_NO_COMMUNICATION))) {
      silenceMark.clear();
    }
  }

  @Override
  public void silent(String why) throws InterruptedException {
    LOG.warn("{}: {}; its {} tags are Bad", connection, why, tags.size());
    state = State.SILENT;
    reason = why;
    markAll();
  }

  @Override
  public void noData(String why) {
    if (state != State.NO_DATA || !reason.equals(why)) {
      LOG.warn("{}: connected, no data: {}", connection, why);
    }
    state = State.NO_DATA;
    reason = why;
  }

  private void markAll() throws InterruptedException {
    tags.stream().mapToLong(TagChannel::nextMark).max().ifPresent(silenceMark::set);
    for (TagChannel tag : tags) {
      tag.mark(StatusCode.BAD_NO_COMMUNICATION);
    }
  }

  @Override
  public DriverStatus status() {
    return new DriverStatus(connection, state, reason, counters.counts(), counters.byDevice());
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_WAIT)) {
        LOG.warn("{}: still busy {} after close", connection, CLOSE_WAIT);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
