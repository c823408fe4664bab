package io.linewright.bench.edgefault;

import io.linewright.bench.edgefault.FaultPlan.Fault;
import io.linewright.bench.edgefault.judge.Interruption;
import io.linewright.bench.edgefault.judge.Interruption.Source;
import io.linewright.bench.edgefault.judge.TrueTimes;
import io.linewright.bench.edgefault.rig.Line;
import io.linewright.bench.edgefault.rig.Rig;
import io.linewright.bench.edgefault.rig.Signals;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.RestClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes one fault after the other and keeps a journal of what it kept the gateway from. */
final class FaultRun {

  private static final Set<Source> BOTH = Set.of(Source.OPC_UA, Source.MODBUS);
  private static final Set<Source> NONE = Set.of();
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);

  private final Rig rig;
  private final RestClient rest;
  private final InstantSource clock;
  private final PrintStream out;
  private final List<Interruption> journal = new ArrayList<>();
  private final List<TrueTimes.Jump> jumps = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private boolean recovered = true;
  private long slowestRecoveryMillis;

  FaultRun(Rig rig, RestClient rest, InstantSource clock, PrintStream out) {
    this.rig = rig;
    this.rest = rest;
    this.clock = clock;
    this.out = out;
  }

  /** What was done, in order. */
  List<Interruption> journal() {
    return List.copyOf(journal);
  }

  /** When the gateway's clock was wrong. */
  List<TrueTimes.Jump> jumps() {
    return List.copyOf(jumps);
  }

  /** Faults that this machine does not allow, in words. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** Longest time from the end of a fault until values of every machine were stored again. */
  long slowestRecoveryMillis() {
    return slowestRecoveryMillis;
  }

  /** One fault after the other. */
  void run(List<Fault> faults) throws IOException, InterruptedException {
    awaitDelivery();
    long begun = System.nanoTime();
    for (Fault fault : faults) {
      out.printf("%5.0f s  %s", (System.nanoTime() - begun) / 1e9, describe(fault));
      make(fault);
      recovered = false;
      rig.requireAlive();
      if (fault.overlaps()) {
        out.println(", the next one does not wait");
      } else {
        awaitRecovery();
      }
      Rig.sleep(fault.pause());
    }
    awaitRecovery();
  }

  private String describe(Fault fault) {
    return "%3d %s%s".formatted(fault.number(), fault.kind(), details(fault));
  }

  private String details(Fault fault) {
    return switch (fault.kind()) {
      case SWALLOW, STUTTER -> " %s %d ms".formatted(line(fault).name(), fault.length().toMillis());
      case BREAK, HALF_CLOSE -> " " + line(fault).name();
      case CUT_TEN, CUT_LONG ->
          " %s %d s, %s"
              .formatted(
                  line(fault).name(),
                  fault.length().toSeconds(),
                  fault.refuses() ? "refuses" : "swallows");
      case CLOCK_JUMP -> " %s for %d ms".formatted(fault.jump(), fault.length().toMillis());
      default -> " %d ms".formatted(fault.length().toMillis());
    };
  }

  private Line line(Fault fault) {
    return rig.line(fault.line());
  }

  private void make(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case SERVER_KILL -> restartServer(fault, true);
      case SERVER_RESTART -> restartServer(fault, false);
      case SERVER_PAUSE -> pauseServer(fault);
      case CERTIFICATE -> changeCertificate(fault);
      case SWALLOW -> hold(fault, Line.State.SWALLOWS, false);
      case STUTTER -> stutter(fault);
      case BREAK -> breakLine(fault, false);
      case HALF_CLOSE -> breakLine(fault, true);
      case CUT_TEN, CUT_LONG ->
          hold(fault, fault.refuses() ? Line.State.REFUSES : Line.State.SWALLOWS, true);
      case BROKER_KILL -> {
        long begin = micros();
        rig.killBroker(fault.length());
        note(fault, begin, NONE, NONE, false, false);
      }
      case BRIDGE_KILL -> {
        long begin = micros();
        rig.killBridge(fault.length());
        note(fault, begin, NONE, NONE, false, false);
      }
      case EDGE_KILL -> {
        long begin = micros();
        rig.killEdge(fault.length());
        note(fault, begin, BOTH, Set.of(Source.OPC_UA), false, true);
      }
      case DISK_FULL -> fillDisk(fault);
      case CLOCK_JUMP -> setClock(fault);
    }
  }

  private void restartServer(Fault fault, boolean kill) throws IOException, InterruptedException {
    long begin = micros();
    end(kill);
    Rig.sleep(fault.length());
    rig.plant().start();
    rig.aimAtPlant();
    note(fault, begin, BOTH, BOTH, true, false);
  }

  private void end(boolean kill) throws InterruptedException {
    if (kill) {
      rig.plant().process().kill();
    } else {
      rig.plant().process().close();
    }
  }

  private void pauseServer(Fault fault) throws IOException, InterruptedException {
    long begin = micros();
    long pid = rig.plant().process().pid();
    Signals.stop(pid);
    try {
      Rig.sleep(fault.length());
    } finally {
      Signals.resume(pid);
    }
    note(fault, begin, BOTH, NONE, true, false);
  }

  private void changeCertificate(Fault fault) throws IOException, InterruptedException {
    long begin = micros();
    end(false);
    rig.plant().forgetIdentity();
    rig.trustNobody();
    rig.plant().start();
    rig.aimAtPlant();
    note(fault, begin, BOTH, BOTH, true, false);
    Await.until(
        () -> !Rig.files(rig.rejected()).isEmpty(),
        LONGEST_RECOVERY,
        "the gateway to refuse the new certificate");
    Rig.sleep(fault.length());
    String log = Files.readString(rig.plant().truths().getLast());
    if (log.contains("\n# observed ")) {
      throw new IOException("the gateway reads a server whose certificate nobody trusts");
    }
    rig.trustRejected();
    note(fault, begin, Set.of(Source.OPC_UA), Set.of(Source.OPC_UA), true, false);
  }

  /** Held back for less than a queue holds, nothing may be missing; cut, OPC UA may start anew. */
  private void hold(Fault fault, Line.State state, boolean cut) throws InterruptedException {
    long begin = micros();
    line(fault).set(state);
    Rig.sleep(fault.length());
    line(fault).set(Line.State.OPEN);
    Set<Source> source = source(fault);
    boolean opcUa = fault.line() == Rig.OPC_UA;
    note(fault, begin, source, cut && opcUa ? source : NONE, !source.isEmpty(), false);
  }

  private void stutter(Fault fault) throws InterruptedException {
    long begin = micros();
    line(fault).set(Line.State.STUTTERS);
    Rig.sleep(fault.length());
    line(fault).set(Line.State.OPEN);
    note(fault, begin, source(fault), NONE, false, false);
  }

  private void breakLine(Fault fault, boolean half) throws IOException {
    long begin = micros();
    if (half) {
      line(fault).halfClose();
    } else {
      line(fault).breakAll();
    }
    Set<Source> source = source(fault);
    note(fault, begin, source, fault.line() == Rig.OPC_UA ? source : NONE, false, false);
  }

  private void fillDisk(Fault fault) throws IOException, InterruptedException {
    if (!rig.disk().canBeFilled()) {
      leftOut.add(describe(fault) + ": only root can mount a small disk");
      return;
    }
    long begin = micros();
    rig.line(Rig.MQTT).set(Line.State.REFUSES);
    rig.disk().fill();
    Rig.sleep(fault.length());
    rig.disk().clear();
    rig.line(Rig.MQTT).set(Line.State.OPEN);
    note(fault, begin, NONE, NONE, false, false);
  }

  /**
   * Not together with other faults: a tag that is marked Bad or confirmed meanwhile would have rows
   * of the wrong time that nobody can put right. What was stamped ahead is waited for.
   */
  private void setClock(Fault fault) throws IOException, InterruptedException {
    if (!recovered) {
      awaitRecovery();
    }
    long begin = micros();
    rig.setEdgeClockOff(fault.jump());
    Rig.sleep(fault.length());
    rig.setEdgeClockOff(Duration.ZERO);
    jumps.add(new TrueTimes.Jump(begin, micros(), fault.jump().toNanos() / 1000));
    note(fault, begin, NONE, NONE, false, false);
    Rig.sleep(fault.jump().isPositive() ? fault.jump().plusSeconds(1) : Duration.ofSeconds(1));
  }

  private static Set<Source> source(Fault fault) {
    return switch (fault.line()) {
      case Rig.OPC_UA -> Set.of(Source.OPC_UA);
      case Rig.MODBUS -> Set.of(Source.MODBUS);
      default -> NONE;
    };
  }

  private void note(
      Fault fault,
      long begin,
      Set<Source> sources,
      Set<Source> missing,
      boolean cut,
      boolean dead) {
    journal.add(
        new Interruption(describe(fault).strip(), begin, micros(), sources, missing, cut, dead));
  }

  /**
   * The plant counts as watched when its items are made; a fault before their first values says
   * nothing.
   */
  private void awaitDelivery() throws IOException, InterruptedException {
    long begin = micros();
    Await.until(() -> delivers(begin), LONGEST_RECOVERY, "every machine to deliver");
  }

  /** Until Good values of every machine, younger than now, are stored. */
  private void awaitRecovery() throws IOException, InterruptedException {
    long begin = micros();
    Await.until(() -> delivers(begin), LONGEST_RECOVERY, "every machine to deliver again");
    long millis = (micros() - begin) / 1000;
    slowestRecoveryMillis = Math.max(slowestRecoveryMillis, millis);
    recovered = true;
    out.printf(", all machines stored again %.1f s later%n", millis / 1000.0);
  }

  private boolean delivers(long since) throws InterruptedException {
    try {
      Set<String> machines = new HashSet<>();
      Set<String> back = new HashSet<>();
      for (JsonNode value : rest.get("/api/v1/last-values").path("values")) {
        String tag = value.path("tag").asString();
        if (tag.endsWith("#heartbeat")) {
          machines.add(tag);
          Instant time = Instant.parse(value.path("time").asString());
          if (value.path("status").asLong() >>> 30 == 0 && micros(time) > since) {
            back.add(tag);
          }
        }
      }
      return !machines.isEmpty() && back.equals(machines);
    } catch (IOException busy) {
      return false;
    }
  }

  private long micros() {
    return micros(clock.instant());
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
