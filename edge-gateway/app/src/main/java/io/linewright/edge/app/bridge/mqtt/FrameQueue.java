package io.linewright.edge.app.bridge.mqtt;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hand-over from the MQTT client's thread to the worker, bounded by bytes. It never blocks the
 * sender: at the bound data messages are dropped and counted; births and deaths, without which
 * nothing can be read, may use as much again.
 */
public final class FrameQueue {

  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Incoming> waiting = new ArrayDeque<>();
  private final AtomicLong dropped = new AtomicLong();
  private long bytes;

  /**
   * @param maxBytes bound of what waits
   */
  public FrameQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the message, or drops it if there is no room. */
  public boolean offer(Incoming incoming) {
    lock.lock();
    try {
      if (bytes + incoming.cost() > bound(incoming)) {
        dropped.incrementAndGet();
        return false;
      }
      waiting.add(incoming);
      bytes += incoming.cost();
      filled.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long bound(Incoming incoming) {
    return switch (incoming) {
      case Incoming.Message message ->
          message.topic().type().name().endsWith("DATA") ? maxBytes : 2 * maxBytes;
      case Incoming.Interruption interruption -> Long.MAX_VALUE;
      case Incoming.CommandsWait wake -> Long.MAX_VALUE;
    };
  }

  /** The next message; null if none comes in that time. */
  public @Nullable Incoming poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
      }
      Incoming next = waiting.poll();
      if (next != null) {
        bytes -= next.cost();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what waits; for a bridge that goes offline. */
  public void clear() {
    lock.lock();
    try {
      waiting.removeIf(
          incoming -> {
            boolean message = incoming instanceof Incoming.Message;
            if (message) {
              dropped.incrementAndGet();
              bytes -= incoming.cost();
            }
            return message;
          });
    } finally {
      lock.unlock();
    }
  }

  /** Messages dropped since the start. */
  public long dropped() {
    return dropped.get();
  }

  /** Bytes that wait. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
