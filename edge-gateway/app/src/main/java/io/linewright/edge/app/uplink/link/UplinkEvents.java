package io.linewright.edge.app.uplink.link;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sending thread has to look at. Any thread puts in, the sending thread takes out. */
public final class UplinkEvents {

  private static final Logger LOG = LoggerFactory.getLogger(UplinkEvents.class);
  private static final int MOST = 10_000;

  private final BlockingQueue<UplinkEvent> events = new ArrayBlockingQueue<>(MOST);
  private final AtomicBoolean storedPending = new AtomicBoolean();
  private final AtomicBoolean metricsChanged = new AtomicBoolean();

  /**
   * Puts an event in. A full queue drops it: confirmations come again, and the loop looks at the
   * log anyway.
   */
  public void offer(UplinkEvent event) {
    if (!events.offer(event)) {
      LOG.warn("Too many MQTT messages wait; one is passed over: {}", event.getClass());
    }
  }

  /** There are new records. */
  public void stored() {
    if (storedPending.compareAndSet(false, true)) {
      offer(new UplinkEvent.Stored());
    }
  }

  /**
   * The set of metrics has changed. This is never dropped, and from when this returns no record may
   * leave that is not offered already: it may use metrics that no birth has told.
   */
  public void metricsChanged() {
    metricsChanged.set(true);
    offer(new UplinkEvent.MetricsChanged());
  }

  /** Nothing but the end is of interest any more. */
  public void stop() {
    events.clear();
    offer(new UplinkEvent.Stop());
  }

  /**
   * The next event; null if there is none.
   *
   * @param waitMillis how long one is waited for
   */
  public @Nullable UplinkEvent next(long waitMillis) throws InterruptedException {
    UplinkEvent event = events.poll(waitMillis, TimeUnit.MILLISECONDS);
    if (event instanceof UplinkEvent.Stored) {
      storedPending.set(false);
    }
    return event;
  }

  /** Whether births are due because the set of metrics has changed. */
  public boolean birthsDue() {
    return metricsChanged.get();
  }

  /** Whether births were due; they count as done. */
  public boolean takeBirthsDue() {
    return metricsChanged.getAndSet(false);
  }
}
