package io.linewright.bench.outage;

import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.SimulatorProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The course of one outage. */
final class OutageRun {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);

  private final SimulatorProcess load;
  private final SimulatorProcess live;
  private final CutLine line;
  private final Arrivals arrivals;
  private final GatewayProcess gateway;
  private final PrintStream out;

  OutageRun(
      SimulatorProcess load,
      SimulatorProcess live,
      CutLine line,
      Arrivals arrivals,
      GatewayProcess gateway,
      PrintStream out) {
    this.load = load;
    this.live = live;
    this.line = line;
    this.arrivals = arrivals;
    this.gateway = gateway;
    this.out = out;
  }

  /**
   * Cuts, waits, restores, waits, compares.
   *
   * @param full how long the load plant changes
   * @param calm without a further value for so long the trip counts as over
   */
  OutageFigures go(Duration full, Duration calm) throws IOException, InterruptedException {
    Await.until(
        () -> PlantTruth.isObserved(load.truth()) && PlantTruth.isObserved(live.truth()) || dead(),
        START,
        "the gateway to watch all tags; see " + gateway.process().log());
    line.cut();
    long cutMicros = micros();
    out.printf("uplink cut; values gather for %d s%n", full.toSeconds());
    OutageBench.awaitEnd(load, full.plusMinutes(3));
    long restoredMicros = micros();
    arrivals.restored(restoredMicros);
    line.restore();
    out.println("uplink restored; the backlog drains while the live plant goes on");
    awaitDrain(calm);
    long drainedMillis = arrivals.lastBacklogMillis();
    long liveFrom = arrivals.firstLiveMillis() * 1000;
    List<Arrivals.Way> ways = arrivals.ways();
    live.rest();
    OutageBench.awaitEnd(live, Duration.ofMinutes(1));
    awaitCalm(calm);
    boolean survived = gateway.process().isAlive();
    long heap = gateway.peakHeapMebibytes();
    long rss = gateway.peakRssMebibytes();
    gateway.close();
    PlantTruth loadTruth = PlantTruth.read(load.truth());
    PlantTruth liveTruth = PlantTruth.read(live.truth());
    Books books = Books.of(List.of(loadTruth, liveTruth), arrivals.finish(), arrivals.losses());
    tellLosses();
    books.odd().forEach(odd -> out.println("not a change of the plant: " + odd));
    long outage =
        loadTruth.between(cutMicros, restoredMicros) + liveTruth.between(cutMicros, restoredMicros);
    return new OutageFigures(
        outage,
        (Math.min(loadTruth.endedMicros(), restoredMicros) - cutMicros) / 1e6,
        (drainedMillis - restoredMicros / 1000) / 1000.0,
        liveFrom == 0 ? -1 : (liveFrom - restoredMicros) / 1000,
        ways.stream()
            .filter(way -> way.sourceMicros() >= liveFrom)
            .filter(way -> way.sourceMicros() / 1000 <= drainedMillis)
            .map(Arrivals.Way::millis)
            .toList(),
        books,
        heap,
        rss,
        survived);
  }

  private void tellLosses() {
    arrivals.losses().stream()
        .limit(20)
        .forEach(
            loss ->
                out.printf(
                    "loss told: %s, %s values: %s%n",
                    loss.equipment(), loss.count() == null ? "?" : loss.count(), loss.reason()));
  }

  /** The backlog counts as drained when none of it came for the calm time after some did. */
  private void awaitDrain(Duration calm) throws IOException, InterruptedException {
    long begun = System.currentTimeMillis();
    Await.until(
        () -> arrivals.lastBacklogMillis() > begun || dead(), START, "the first value again");
    Await.until(
        () -> System.currentTimeMillis() - arrivals.lastBacklogMillis() > calm.toMillis() || dead(),
        LONGEST_DRAIN,
        "the backlog to drain");
  }

  private void awaitCalm(Duration calm) throws IOException, InterruptedException {
    long[] last = {-1, System.currentTimeMillis()};
    Await.until(
        () -> {
          long now = arrivals.planted();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.currentTimeMillis();
          }
          return System.currentTimeMillis() - last[1] > calm.toMillis();
        },
        LONGEST_DRAIN,
        "the last values");
  }

  private boolean dead() throws IOException {
    if (!gateway.process().isAlive()) {
      throw new IOException("the gateway ended; see " + gateway.process().log());
    }
    return false;
  }

  private static long micros() {
    return System.currentTimeMillis() * 1000;
  }
}
