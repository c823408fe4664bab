package io.linewright.edge.app.modbus;

import io.linewright.edge.app.driver.DeviceLink.Life;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.modbus.wire.Wire;
import io.linewright.edge.modbus.frame.Frame;
import io.linewright.edge.modbus.frame.FramingException;
import io.linewright.edge.modbus.frame.Transactions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a connection: polls all units behind it until it breaks. */
final class PollRun {

  private static final Logger LOG = LoggerFactory.getLogger(PollRun.class);

  /** Silence of all units after which the connection is built anew. */
  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  /** Time between two looks at the silence of units. */
  private static final long WATCH_NANOS = Duration.ofMillis(5).toNanos();

  private record Sent(UnitPoller unit, long at) {}

  private final Wire wire;
  private final Life life;
  private final List<UnitPoller> units;
  private final int parallelUnits;
  private final long timeoutNanos;
  private final Transactions<Sent> transactions;
  private final ModbusBooks books;

  /** Units in the order in which they may ask: who has asked goes to the end. */
  private final Deque<UnitPoller> turn;

  private boolean reportedSilent;
  private boolean reportedLate;
  private long watchedAt;

  /**
   * @param numbered whether messages carry numbers
   * @param parallelUnits most units with a request outstanding
   */
  PollRun(
      Wire wire,
      boolean numbered,
      Life life,
      List<UnitPoller> units,
      int parallelUnits,
      Duration timeout,
      ModbusBooks books) {
    this.wire = wire;
    this.life = life;
    this.units = List.copyOf(units);
    this.turn = new ArrayDeque<>(units);
    this.parallelUnits = parallelUnits;
    this.timeoutNanos = timeout.toNanos();
    this.transactions = new Transactions<>(numbered, timeoutNanos);
    this.books = books;
    this.watchedAt = System.nanoTime();
  }

  void run() throws LinkException, InterruptedException {
    try {
      while (true) {
        request();
        wire.await(waitNanos(System.nanoTime()));
        // What has arrived until now counts; only then requests are judged, by the same moment.
        long now = System.nanoTime();
        for (Frame frame : wire.received()) {
          take(frame, now);
        }
        for (Sent late : transactions.expire(now)) {
          late.unit().timedOut(System.nanoTime());
        }
        watch();
      }
    } catch (IOException broken) {
      throw new LinkException("the connection broke (" + broken.getMessage() + ")", broken);
    } catch (FramingException garbage) {
      throw new LinkException(
          garbage.getMessage() + "; check that the device speaks the framing of the gateway file",
          garbage);
    } finally {
      units.forEach(UnitPoller::disconnected);
    }
  }

  private void request() throws IOException, InterruptedException {
    for (int i = turn.size(); i > 0; i--) {
      long now = System.nanoTime();
      UnitPoller unit = turn.removeFirst();
      if (transactions.size() >= parallelUnits || !transactions.mayOpen(now)) {
        turn.addFirst(unit);
        turn.stream().filter(UnitPoller::idle).forEach(waiting -> waiting.held(now));
        return;
      }
      byte[] pdu = unit.next(now);
      turn.addLast(unit);
      if (pdu != null) {
        int number =
            transactions.open(
                new Sent(unit, now), unit.unitId(), pdu[0] & 0xFF, now, now + timeoutNanos);
        books.requests.increment();
        wire.send(new Frame(number, unit.unitId(), pdu));
      }
    }
  }

  private long waitNanos(long nanoTime) {
    long wait = Math.min(transactions.untilDeadline(nanoTime), Duration.ofSeconds(1).toNanos());
    boolean full = transactions.size() >= parallelUnits || !transactions.mayOpen(nanoTime);
    if (full && transactions.size() == 0) {
      wait = Math.min(wait, transactions.settleNanos(nanoTime));
    }
    for (UnitPoller unit : units) {
      long wanted = unit.waitNanos(nanoTime);
      wait = Math.min(wait, full ? Math.max(wanted, WATCH_NANOS) : wanted);
    }
    return wait;
  }

  private void take(Frame frame, long nanoTime) throws InterruptedException {
    Transactions.Match<Sent> match = transactions.take(frame, nanoTime);
    if (match.request().isPresent()) {
      Sent sent = match.request().get();
      books.answered(nanoTime - sent.at());
      sent.unit().answered(frame.pdu(), System.nanoTime());
      if (!sent.unit().silent()) { // a gateway's answer in its place is none of its own
        reportedSilent = false;
        life.running();
      }
      return;
    }
    (match.late() ? books.lateAnswers : books.strayAnswers).increment();
    if (!reportedLate) {
      reportedLate = true;
      LOG.warn(
          "unit {}: an answer {}; it is dropped, further ones are counted only",
          frame.unit(),
          match.late() ? "came after its time-out" : "belongs to no request");
    }
  }

  private void watch() throws LinkException, InterruptedException {
    long now = System.nanoTime();
    if (now - watchedAt < WATCH_NANOS) {
      return;
    }
    watchedAt = now;
    boolean allSilent = true;
    long least = Long.MAX_VALUE;
    for (UnitPoller unit : units) {
      unit.watch(now);
      allSilent &= unit.silent();
      least = Math.min(least, unit.silentNanos(now));
    }
    if (allSilent && !reportedSilent) {
      reportedSilent = true;
      life.silent("no unit answers");
    }
    if (allSilent && least >= GIVE_UP.toNanos()) {
      throw new LinkException(
          "no unit has answered for " + GIVE_UP.toSeconds() + " s; the connection is given up");
    }
  }
}
