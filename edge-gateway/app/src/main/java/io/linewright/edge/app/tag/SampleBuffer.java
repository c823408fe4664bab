package io.linewright.edge.app.tag;

import io.linewright.model.sample.Sample;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Bounded buffer between the drivers and the logging thread; filling it is all that drivers do. */
public final class SampleBuffer {

  /** What was taken out: parallel arrays, of which the first {@code size} entries count. */
  public static final class Group {
    private final @Nullable TagState[] tags;
    private final @Nullable Sample[] samples;
    private final long[] rawMicros;
    private int size;

    private Group(int capacity) {
      tags = new @Nullable TagState[capacity];
      samples = new @Nullable Sample[capacity];
      rawMicros = new long[capacity];
    }

    /** Number of samples. */
    public int size() {
      return size;
    }

    /** Tag of the n-th sample. */
    public TagState tag(int n) {
      return java.util.Objects.requireNonNull(tags[n]);
    }

    /** The n-th sample. */
    public Sample sample(int n) {
      return java.util.Objects.requireNonNull(samples[n]);
    }

    /** The device's own stamp of the n-th sample. */
    public long rawMicros(int n) {
      return rawMicros[n];
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition groupReady = lock.newCondition();
  private final int capacity;
  private final int groupSize;
  private Group filling;
  private Group spare;
  private boolean closed;

  /**
   * @param capacity most samples held
   * @param groupSize samples at which the logging thread is woken early
   */
  public SampleBuffer(int capacity, int groupSize) {
    this.capacity = capacity;
    this.groupSize = Math.min(groupSize, capacity);
    this.filling = new Group(capacity);
    this.spare = new Group(capacity);
  }

  /** Adds a sample that travels under the stamp that it was given. */
  public void put(TagState tag, Sample sample) throws InterruptedException {
    put(tag, sample, sample.sourceMicros());
  }

  /**
   * Adds a sample; waits while the buffer is full.
   *
   * @param rawMicros the device's own stamp
   * @throws InterruptedException if interrupted, or closed, while waiting
   */
  public void put(TagState tag, Sample sample, long rawMicros) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (filling.size == capacity && !closed) {
        notFull.await();
      }
      if (closed) {
        throw new InterruptedException("the gateway stops");
      }
      filling.tags[filling.size] = tag;
      filling.samples[filling.size] = sample;
      filling.rawMicros[filling.size] = rawMicros;
      filling.size++;
      if (filling.size == groupSize) {
        groupReady.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything out, at the latest after the time given, at once if a group is full or the
   * buffer is closed. The group taken before is used again.
   */
  public Group take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long rest = nanos;
      while (filling.size < groupSize && rest > 0 && !closed) {
        rest = groupReady.awaitNanos(rest);
      }
      Group taken = filling;
      filling = spare;
      filling.size = 0;
      spare = taken;
      notFull.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing in any more; who waits is turned away. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      notFull.signalAll();
      groupReady.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Samples that wait. */
  public int size() {
    lock.lock();
    try {
      return filling.size;
    } finally {
      lock.unlock();
    }
  }
}
