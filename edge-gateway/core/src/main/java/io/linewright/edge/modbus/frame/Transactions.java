package io.linewright.edge.modbus.frame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which answer belongs to which request. An answer counts only if number, unit and function code
 * are those of an outstanding request. The number of a request that was given up is not used again
 * until its answer has come or {@link #MAX_ABANDONED} others were given up after it: no request can
 * get the answer of another one.
 *
 * <p>RTU framing has no numbers. There one request is outstanding at a time, and after one was
 * given up nothing is sent until its answer has come or its time has passed once more (the settling
 * time). An answer that is later still can be mistaken if unit, function and size are those of the
 * request that is then outstanding; nothing in RTU can tell.
 *
 * @param <R> what the caller keeps with a request
 */
public final class Transactions<R> {

  /** Most requests whose late answer is waited for. */
  static final int MAX_ABANDONED = 4096;

  private static final int NUMBERS = 65536;

  /** An outstanding request. */
  private record Outstanding<R>(R request, int unit, int functionCode, long deadline) {}

  /**
   * What an incoming message is.
   *
   * @param request whose answer it is; empty: nobody's, it is dropped
   * @param late whether it answers a request that was given up
   */
  public record Match<R>(Optional<R> request, boolean late) {}

  private final boolean numbered;
  private final long settleNanos;
  private final Map<Integer, Outstanding<R>> outstanding = new HashMap<>();
  private final Deque<Integer> bySending = new ArrayDeque<>();
  private final LinkedHashSet<Integer> abandoned = new LinkedHashSet<>();
  private int next;
  private int settlingUnit;
  private int settlingFunction;
  private long settledAt = Long.MIN_VALUE;

  /**
   * @param numbered whether messages carry numbers
   * @param settleNanos settling time of unnumbered messages, ns
   */
  public Transactions(boolean numbered, long settleNanos) {
    this.numbered = numbered;
    this.settleNanos = settleNanos;
  }

  /** Requests whose answer is awaited. */
  public int size() {
    return outstanding.size();
  }

  /** Whether a request may be sent now, as far as answers can be told apart. */
  public boolean mayOpen(long nanoTime) {
    return numbered || outstanding.isEmpty() && !settling(nanoTime);
  }

  private boolean settling(long nanoTime) {
    return settledAt != Long.MIN_VALUE && nanoTime - settledAt < 0;
  }

  /** When to look again, if {@link #mayOpen} said no; ns from now. */
  public long settleNanos(long nanoTime) {
    return settling(nanoTime) ? settledAt - nanoTime : 0;
  }

  /**
   * Notes a request that is sent.
   *
   * @param deadline nano time after which it is given up; not before that of the request before
   * @return its number
   * @throws IllegalStateException if {@link #mayOpen} forbids it
   */
  public int open(R request, int unit, int functionCode, long nanoTime, long deadline) {
    if (!mayOpen(nanoTime)) {
      throw new IllegalStateException("no request may be sent now");
    }
    while (outstanding.containsKey(next) || abandoned.contains(next)) {
      next = (next + 1) % NUMBERS;
    }
    int number = next;
    next = (next + 1) % NUMBERS;
    outstanding.put(number, new Outstanding<>(request, unit, functionCode, deadline));
    bySending.addLast(number);
    return number;
  }

  /** Finds the request that a message answers, and forgets it. */
  public Match<R> take(Frame frame, long nanoTime) {
    return numbered ? byNumber(frame) : byShape(frame, nanoTime);
  }

  private Match<R> byNumber(Frame frame) {
    if (abandoned.remove(frame.transaction())) {
      return new Match<>(Optional.empty(), true);
    }
    Outstanding<R> request = outstanding.get(frame.transaction());
    if (request == null || !answers(frame, request.unit(), request.functionCode())) {
      return new Match<>(Optional.empty(), false);
    }
    close(frame.transaction());
    return new Match<>(Optional.of(request.request()), false);
  }

  private Match<R> byShape(Frame frame, long nanoTime) {
    if (settling(nanoTime)) {
      boolean late = answers(frame, settlingUnit, settlingFunction);
      if (late) {
        settledAt = Long.MIN_VALUE;
      }
      return new Match<>(Optional.empty(), late);
    }
    for (Map.Entry<Integer, Outstanding<R>> entry : outstanding.entrySet()) {
      Outstanding<R> request = entry.getValue();
      if (answers(frame, request.unit(), request.functionCode())) {
        close(entry.getKey());
        return new Match<>(Optional.of(request.request()), false);
      }
    }
    return new Match<>(Optional.empty(), false);
  }

  private static boolean answers(Frame frame, int unit, int functionCode) {
    return frame.unit() == unit && (frame.functionCode() & 0x7F) == functionCode;
  }

  private void close(int number) {
    outstanding.remove(number);
    bySending.remove(number);
  }

  /** Gives up the requests whose deadline has passed. */
  public List<R> expire(long nanoTime) {
    List<R> expired = new ArrayList<>();
    Iterator<Integer> numbers = bySending.iterator();
    while (numbers.hasNext()) {
      int number = numbers.next();
      Outstanding<R> request = outstanding.get(number);
      if (request == null || nanoTime - request.deadline() < 0) {
        break;
      }
      numbers.remove();
      outstanding.remove(number);
      expired.add(request.request());
      abandon(number, request, nanoTime);
    }
    return expired;
  }

  private void abandon(int number, Outstanding<R> request, long nanoTime) {
    if (numbered) {
      abandoned.add(number);
      if (abandoned.size() > MAX_ABANDONED) {
        abandoned.removeFirst();
      }
    } else {
      settlingUnit = request.unit();
      settlingFunction = request.functionCode();
      settledAt = nanoTime + settleNanos;
    }
  }

  /** Nanoseconds until the next deadline; {@link Long#MAX_VALUE} if nothing is outstanding. */
  public long untilDeadline(long nanoTime) {
    Integer first = bySending.peekFirst();
    Outstanding<R> request = first == null ? null : outstanding.get(first);
    return request == null ? Long.MAX_VALUE : Math.max(0, request.deadline() - nanoTime);
  }
}
