package io.linewright.edge.app.modbus;

import io.linewright.edge.app.modbus.wire.Pdus;
import io.linewright.edge.app.modbus.write.WriteDesk;
import io.linewright.edge.liveness.Silence;
import io.linewright.edge.modbus.ExceptionCodes;
import io.linewright.edge.modbus.poll.PollSchedule;
import io.linewright.edge.modbus.poll.ReadBlock;
import io.linewright.edge.modbus.poll.ReadPlan;
import io.linewright.edge.modbus.poll.Verdict;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit with one request outstanding: writes go before polls, polls before the search for what
 * the device refuses. A late answer turns its own tags Bad; silence turns all of them Bad.
 */
final class UnitPoller {

  private static final Logger LOG = LoggerFactory.getLogger(UnitPoller.class);

  /** Time-outs in a row after which a unit that has never answered counts as silent. */
  private static final int TIMEOUTS_TO_SKIP = 2;

  private static final long LONGEST_PROBE = Duration.ofSeconds(5).toNanos();

  private record Later(ReadBlock block, long notBefore) {}

  private final int unitId;
  private final UnitTags tags;
  private final ReadPlan plan;
  private final WriteDesk writes;
  private final PollSchedule schedule;
  private final long interval;
  private final Silence silence;
  private final ModbusBooks books;
  private final Deque<ReadBlock> pending = new ArrayDeque<>();
  private final Deque<ReadBlock> search = new ArrayDeque<>();
  private final Deque<Later> later = new ArrayDeque<>();
  private final Set<String> logged = new HashSet<>();
  private final long startedAt;
  private @Nullable Exchange inFlight;
  private int timeouts;
  private boolean silent;
  private boolean answeredOnce;
  private long probePause;
  private long probeAt;

  /**
   * @param plan what to read; new in every life of the connection
   * @param start nano time of the first cycle
   */
  UnitPoller(
      int unitId,
      UnitTags tags,
      ReadPlan plan,
      WriteDesk writes,
      Duration interval,
      ModbusBooks books,
      long start) {
    this.unitId = unitId;
    this.tags = tags;
    this.plan = plan;
    this.writes = writes;
    this.interval = interval.toNanos();
    this.schedule = new PollSchedule(interval, start);
    this.silence = new Silence(interval);
    this.books = books;
    this.startedAt = start;
    this.probePause = this.interval;
    this.probeAt = start;
  }

  int unitId() {
    return unitId;
  }

  boolean silent() {
    return silent;
  }

  /** Nanoseconds until this unit wants to be looked at again. */
  long waitNanos(long nanoTime) {
    if (inFlight != null) {
      return silence.tickNanos();
    }
    if (!pending.isEmpty() || !search.isEmpty()) {
      return 0;
    }
    long wait = Math.min(writes.waitNanos(nanoTime), schedule.until(nanoTime));
    wait = silent ? Math.max(wait, Math.min(writes.waitNanos(nanoTime), probeAt - nanoTime)) : wait;
    Later next = later.peekFirst();
    if (next != null) {
      wait = Math.min(wait, Math.max(0, next.notBefore() - nanoTime));
    }
    return Math.min(wait, silence.tickNanos());
  }

  /** The request to send now; null while one is outstanding or nothing is due. */
  byte @Nullable [] next(long nanoTime) {
    if (inFlight != null) {
      return null;
    }
    byte[] write = writes.next(nanoTime);
    if (write != null) {
      inFlight = new Exchange.WriteStep();
      return write;
    }
    ReadBlock block = nextPoll(nanoTime);
    if (block == null) {
      return null;
    }
    inFlight = new Exchange.Poll(block);
    return Pdus.request(block);
  }

  private @Nullable ReadBlock nextPoll(long nanoTime) {
    if (pending.isEmpty() && schedule.until(nanoTime) == 0 && mayPoll(nanoTime)) {
      beginCycle(nanoTime);
    }
    ReadBlock block = pending.poll();
    Later next = later.peekFirst();
    if (block == null && next != null && nanoTime - next.notBefore() >= 0) {
      block = later.removeFirst().block();
    }
    return block == null ? search.poll() : block;
  }

  /** A silent unit is asked now and then only: every request costs the others its time-out. */
  private boolean mayPoll(long nanoTime) {
    return !silent || nanoTime - probeAt >= 0;
  }

  private void beginCycle(long nanoTime) {
    long missed = schedule.begin(nanoTime);
    if (!silent && answeredOnce) {
      books.missedCycles.add(missed);
    }
    // What is left of the last cycle is in the new one, too.
    later.clear();
    search.clear();
    List<ReadBlock> cycle = plan.cycle(nanoTime);
    if (silent && !cycle.isEmpty()) {
      pending.add(cycle.getFirst());
      probePause = Math.min(2 * probePause, LONGEST_PROBE);
      probeAt = nanoTime + probePause;
      return;
    }
    pending.addAll(cycle);
    if (cycle.isEmpty()) {
      silence.heard(nanoTime); // nothing is asked of it
    }
  }

  /** Whether no request of this unit is outstanding. */
  boolean idle() {
    return inFlight == null;
  }

  /** This unit could not be asked because others were: that is not its silence. */
  void held(long nanoTime) {
    if (!silent) {
      silence.heard(nanoTime);
    }
  }

  /** The answer to the outstanding request. */
  void answered(byte[] answer, long nanoTime) throws InterruptedException {
    Exchange exchange = finish();
    int code = Pdus.exceptionCode(answer);
    if (code > 0) {
      books.exceptions.increment();
    }
    if (exchange instanceof Exchange.Poll(ReadBlock block)) {
      polled(block, answer, code, nanoTime);
    } else {
      if (!ExceptionCodes.isFromGateway(code)) {
        heard(nanoTime);
      }
      writes.answered(answer, nanoTime);
    }
  }

  private void polled(ReadBlock block, byte[] answer, int code, long nanoTime)
      throws InterruptedException {
    byte[] data = code == 0 ? Pdus.data(block, answer) : null;
    if (data != null) {
      heard(nanoTime);
      plan.answered(block, nanoTime);
      tags.deliver(block, data);
    } else if (ExceptionCodes.isFromGateway(code)) {
      logOnce("unit " + unitId, "its gateway answers '" + ExceptionCodes.name(code) + "'");
      notHeard(block, nanoTime);
    } else if (code > 0) {
      heard(nanoTime);
      refused(block, code, nanoTime);
    } else {
      books.garbledAnswers.increment();
      tags.mark(block, StatusCode.BAD_DEVICE_FAILURE);
      logOnce(tags.names(block), "the answer does not fit the request");
    }
  }

  private void refused(ReadBlock block, int code, long nanoTime) throws InterruptedException {
    switch (plan.refused(block, code, nanoTime)) {
      case Verdict.Again(ReadBlock again, long delay) -> {
        if (delay == 0) {
          pending.addLast(again);
        } else {
          later.addLast(new Later(again, nanoTime + delay));
        }
      }
      case Verdict.Split(List<ReadBlock> halves) -> search.addAll(halves);
      case Verdict.GiveUp(ReadBlock busy) -> tags.mark(busy, ExceptionCodes.status(code));
      case Verdict.Refused(ReadBlock alone) -> {
        tags.mark(alone, ExceptionCodes.status(code));
        logOnce(
            tags.names(alone),
            "the device answers '"
                + ExceptionCodes.name(code)
                + "'; check register in the gateway file");
      }
    }
  }

  /** The answer to the outstanding request did not come in time. */
  void timedOut(long nanoTime) throws InterruptedException {
    Exchange exchange = finish();
    books.timeouts.increment();
    logOnce("unit " + unitId, "no answer in time");
    if (exchange instanceof Exchange.Poll(ReadBlock block)) {
      notHeard(block, nanoTime);
    } else {
      writes.timedOut(nanoTime);
    }
  }

  /** A read brought nothing from the unit itself: its tags are Bad, silence decides of the rest. */
  private void notHeard(ReadBlock block, long nanoTime) throws InterruptedException {
    timeouts++;
    tags.mark(block, StatusCode.BAD_NO_COMMUNICATION);
    if (silent || !answeredOnce && timeouts >= TIMEOUTS_TO_SKIP) {
      turnSilent(nanoTime);
    }
  }

  private void turnSilent(long nanoTime) throws InterruptedException {
    pending.clear();
    search.clear();
    later.clear();
    if (!silent) {
      silent = true;
      probePause = interval;
      probeAt = nanoTime + probePause;
      tags.markAll(StatusCode.BAD_NO_COMMUNICATION, plan);
    }
  }

  /** Turns the unit's tags Bad when it has been silent for too long. */
  void watch(long nanoTime) throws InterruptedException {
    // Before the first answer of this connection only the time-out of requests counts.
    if (answeredOnce && silence.nothingHeard(nanoTime) && !silent) {
      turnSilent(nanoTime);
    }
  }

  /** Nanoseconds since the last answer, or since the start if there was none. */
  long silentNanos(long nanoTime) {
    return answeredOnce ? silence.silentNanos() : nanoTime - startedAt;
  }

  private void heard(long nanoTime) {
    silence.heard(nanoTime);
    answeredOnce = true;
    timeouts = 0;
    if (silent) {
      silent = false;
      pending.addAll(plan.cycle(nanoTime));
    }
  }

  /** The connection ended. */
  void disconnected() {
    writes.disconnected(inFlight instanceof Exchange.WriteStep);
  }

  private Exchange finish() {
    Exchange exchange = inFlight;
    if (exchange == null) {
      throw new IllegalStateException("an answer without a request");
    }
    inFlight = null;
    return exchange;
  }

  private void logOnce(String what, String reason) {
    if (logged.add(what + reason)) {
      LOG.warn("unit {}: {}: {}; tags concerned are Bad", unitId, what, reason);
    }
  }
}
