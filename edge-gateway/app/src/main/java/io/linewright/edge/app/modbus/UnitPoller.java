package io.linewright.edge.app.modbus;

import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import io.linewright.edge.liveness.Silence;
import io.linewright.edge.modbus.ExceptionCodes;
import io.linewright.edge.modbus.ReadBlock;
import io.linewright.model.sample.StatusCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one unit with one request outstanding. A refused block is halved until the refused tag is
 * alone; a late one turns its own tags Bad, two in a row all of the unit.
 */
final class UnitPoller {

  private static final Logger LOG = LoggerFactory.getLogger(UnitPoller.class);

  /** Time after which refused tags are tried again and split blocks joined. */
  private static final long REPLAN_NANOS = Duration.ofSeconds(60).toNanos();

  private static final int TIMEOUTS_TO_SKIP = 2;

  private final int unitId;
  private final UnitTags tags;
  private final Duration interval;
  private final Silence silence;
  private final Deque<ReadBlock> pending = new ArrayDeque<>();
  private final Set<ReadBlock> retried = new HashSet<>();
  private final Set<String> logged = new HashSet<>();
  private List<ReadBlock> plan;
  private boolean altered;
  private final long startedAt;
  private long plannedAt;
  private @Nullable ReadBlock inFlight;
  private long nextCycle;
  private int timeouts;
  private boolean silent;
  private boolean answeredOnce;

  UnitPoller(int unitId, UnitTags tags, Duration interval, long nanoTime) {
    this.unitId = unitId;
    this.tags = tags;
    this.interval = interval;
    this.silence = new Silence(interval);
    this.plan = tags.plan();
    this.startedAt = nanoTime;
    this.plannedAt = nanoTime;
    this.nextCycle = nanoTime;
  }

  int unitId() {
    return unitId;
  }

  boolean silent() {
    return silent;
  }

  /** Nanoseconds until this unit wants to be looked at again. */
  long waitNanos(long nanoTime) {
    long untilCycle = inFlight == null ? Math.max(0, nextCycle - nanoTime) : Long.MAX_VALUE;
    return Math.min(untilCycle, silence.tickNanos());
  }

  /** The block to ask for now; null while one is outstanding or the cycle is not due. */
  @Nullable ReadBlock nextRequest(long nanoTime) {
    if (inFlight != null) {
      return null;
    }
    if (pending.isEmpty()) {
      if (nanoTime < nextCycle) {
        return null;
      }
      beginCycle(nanoTime);
    }
    inFlight = pending.poll();
    return inFlight;
  }

  private void beginCycle(long nanoTime) {
    nextCycle = Math.max(nextCycle + interval.toNanos(), nanoTime);
    retried.clear();
    if (altered && nanoTime - plannedAt >= REPLAN_NANOS) {
      plan = tags.plan();
      plannedAt = nanoTime;
      altered = false;
    }
    pending.addAll(plan);
  }

  void answered(byte[] data, long nanoTime) throws InterruptedException {
    ReadBlock block = finish();
    heard(nanoTime);
    tags.deliver(block, data);
  }

  void refused(ModbusResponseException answer, long nanoTime) throws InterruptedException {
    ReadBlock block = finish();
    heard(nanoTime);
    int code = answer.getExceptionCode();
    if (retried.add(block) && (ExceptionCodes.asksForPatience(code) || block.slots().size() == 1)) {
      pending.addLast(block);
    } else if (ExceptionCodes.asksForPatience(code)) {
      tags.mark(block, ExceptionCodes.status(code));
    } else if (block.slots().size() > 1) {
      split(block);
    } else {
      drop(block, code);
    }
  }

  private void split(ReadBlock block) {
    List<ReadBlock> halves = block.halves();
    List<ReadBlock> replanned = new ArrayList<>(plan);
    replanned.remove(block);
    replanned.addAll(halves);
    plan = replanned;
    altered = true;
    pending.addFirst(halves.get(1));
    pending.addFirst(halves.get(0));
  }

  private void drop(ReadBlock block, int code) throws InterruptedException {
    List<ReadBlock> replanned = new ArrayList<>(plan);
    replanned.remove(block);
    plan = replanned;
    altered = true;
    tags.refuse(block, ExceptionCodes.status(code));
    logOnce(
        tags.names(block),
        "the device answers '"
            + ExceptionCodes.name(code)
            + "'; check register in the gateway file");
  }

  /** The answer did not come in time; a later one is dropped by its transaction id. */
  void timedOut(long nanoTime) throws InterruptedException {
    ReadBlock block = finish();
    timeouts++;
    if (timeouts < TIMEOUTS_TO_SKIP) {
      tags.mark(block, StatusCode.BAD_NO_COMMUNICATION);
    } else {
      tags.markAll(StatusCode.BAD_NO_COMMUNICATION);
      pending.clear();
      silent = true;
    }
    logOnce("unit " + unitId, "no answer in time");
    watch(nanoTime);
  }

  /** The answer cannot be right. */
  void garbled(String reason) throws InterruptedException {
    ReadBlock block = finish();
    tags.mark(block, StatusCode.BAD_DEVICE_FAILURE);
    logOnce(tags.names(block), reason);
  }

  /** Turns the unit's tags Bad when it has been silent for too long. */
  void watch(long nanoTime) throws InterruptedException {
    // Before the first answer of this connection only the time-out of requests counts.
    if (answeredOnce && silence.nothingHeard(nanoTime) && !silent) {
      silent = true;
      tags.markAll(StatusCode.BAD_NO_COMMUNICATION);
    }
  }

  /** Nanoseconds since the last answer, or since the start if there was none. */
  long silentNanos(long nanoTime) {
    return answeredOnce ? silence.silentNanos() : nanoTime - startedAt;
  }

  private void heard(long nanoTime) {
    silence.heard(nanoTime);
    answeredOnce = true;
    silent = false;
    timeouts = 0;
  }

  private ReadBlock finish() {
    ReadBlock block = inFlight;
    if (block == null) {
      throw new IllegalStateException("an answer without a request");
    }
    inFlight = null;
    return block;
  }

  private void logOnce(String what, String reason) {
    if (logged.add(what + reason)) {
      LOG.warn("unit {}: {}: {}; tags concerned are Bad", unitId, what, reason);
    }
  }
}
