package io.linewright.bench.edgefault;

import io.linewright.bench.compare.PlantComparison;
import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.edgefault.FaultPlan.Fault;
import io.linewright.bench.edgefault.judge.FaultJudge;
import io.linewright.bench.edgefault.judge.Loss;
import io.linewright.bench.edgefault.judge.Recoveries;
import io.linewright.bench.edgefault.judge.TagVerdict;
import io.linewright.bench.edgefault.judge.TrueTimes;
import io.linewright.bench.edgefault.rig.Rig;
import io.linewright.bench.edgefault.rig.SimulatedPlant;
import io.linewright.bench.edgefault.rig.SmallDisk;
import io.linewright.bench.measure.GatewayBooks;
import io.linewright.bench.measure.RepeatedEvents;
import io.linewright.bench.measure.StoredRows;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.plant.StoredSample;
import io.linewright.bench.trip.StageTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A whole drill: start, faults, rest, comparison. */
public final class EdgeFaultDrill {

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration LONGEST_END = Duration.ofMinutes(8);

  /** From the plant's end to the last row: a new session, a mark, a confirmation. */
  private static final Duration CALM = Duration.ofSeconds(15);

  private static final int CALM_SECONDS = 8;
  private static final int MOST_TOLD = 200;
  private static final int MOST_SILENCES_TOLD = 20;
  private static final String GATEWAY = "acme/graz/gw-1";

  private final InstantSource clock = InstantSource.system();
  private final Programs programs;
  private final Path place;
  private final PrintStream out;
  private final Optional<Path> evidence;
  private int told;
  private int silencesTold;

  /**
   * @param place directory of the run
   * @param evidence where truth, rows, journal and losses are left; empty: nowhere
   */
  public EdgeFaultDrill(Programs programs, Path place, PrintStream out, Optional<Path> evidence) {
    this.programs = programs;
    this.place = place;
    this.out = out;
    this.evidence = evidence;
  }

  /** Runs the drill. */
  public EdgeFaultFigures run(int count, long seed, double speed) throws Exception {
    List<Fault> plan = FaultPlan.draw(count, seed);
    out.printf("seed %d, %d faults: %s%n", seed, count, FaultPlan.summary(plan));
    try (SimulatedPlant plant =
            new SimulatedPlant(programs, place.resolve("simulator"), seed, speed);
        SmallDisk disk = SmallDisk.open(place.resolve("disk"));
        Rig rig = new Rig(programs, place, plant, disk, new Random(seed));
        RestClient rest = rig.platform().rest(clock)) {
      Await.until(
          () -> plant.truth().observedMicros().isPresent(),
          START,
          "the gateway to watch every tag");
      FaultRun run = new FaultRun(rig, rest, clock, out);
      run.run(plan);
      plant.rest();
      Await.until(
          () -> TruthFile.hasEnded(plant.truths().getLast()),
          Duration.ofMinutes(1),
          "the plant to rest");
      TruthFile truth = plant.truth();
      settle(rig.platform(), rest, truth);
      return judge(rig, rest, truth, run, count, seed);
    }
  }

  /**
   * Until all that the gateway logged some seconds after the plant's end is confirmed, and no more
   * rows come: after losses the books alone may say so too early.
   */
  private void settle(Standalone platform, RestClient rest, TruthFile truth)
      throws IOException, InterruptedException, SQLException {
    Instant end = micros(truth.endedMicros().orElseThrow()).plus(CALM);
    Await.until(() -> confirmed(rest, end), LONGEST_END, "the gateway's log to be confirmed");
    List<String> reader = platform.postgresReader();
    String url = platform.addresses().path("postgres").asString();
    Instant begin = micros(truth.observedMicros().orElseThrow());
    long last = -1;
    for (int calm = 0; calm < CALM_SECONDS; ) {
      Rig.sleep(Duration.ofSeconds(1));
      long now = StoredRows.count(url, reader.get(0), reader.get(1), begin, end);
      calm = now == last ? calm + 1 : 0;
      last = now;
    }
  }

  private static boolean confirmed(RestClient rest, Instant time) throws InterruptedException {
    try {
      return GatewayBooks.confirmedUpTo(rest, time);
    } catch (IOException busy) {
      return false;
    }
  }

  private EdgeFaultFigures judge(
      Rig rig, RestClient rest, TruthFile truth, FaultRun run, int count, long seed)
      throws IOException, InterruptedException {
    out.printf(
        "comparing %,d changes of %,d tags with what REST returns …%n",
        truth.expectedCount(), truth.lines().size());
    Map<String, List<StoredSample>> read = PlantComparison.stored(truth, rest);
    Map<String, List<StoredSample>> stored = new TrueTimes(run.jumps()).of(truth.lines(), read);
    Standalone platform = rig.platform();
    List<Loss> losses = ToldLosses.read(platform.kafka("reader"));
    Evidence kept = new Evidence(evidence);
    kept.keep(rig.plant().truths(), read, run.journal(), losses);
    kept.keep(run.jumps());
    FaultJudge judge =
        new FaultJudge(
            run.journal(),
            losses,
            GATEWAY,
            truth.observedMicros().orElseThrow(),
            new Recoveries(truth.lines(), stored),
            this::tell);
    TagVerdict sum = TagVerdict.NONE;
    Set<String> silent = new HashSet<>();
    for (Map.Entry<String, List<TruthLine>> tag : truth.lines().entrySet()) {
      List<StoredSample> rows = stored.getOrDefault(tag.getKey(), List.of());
      sum = sum.plus(judge.values(tag.getValue(), rows));
      for (String silence : judge.silences(tag.getValue(), rows)) {
        silent.add(tag.getKey());
        if (++silencesTold <= MOST_SILENCES_TOLD) {
          out.println("silent: " + silence);
        }
      }
    }
    long dropped = StageTable.print(rest, out);
    RepeatedEvents events = RepeatedEvents.count(platform.kafka("reader"));
    run.leftOut().forEach(fault -> out.println("left out: " + fault));
    return new EdgeFaultFigures(
        count,
        seed,
        sum,
        losses.size(),
        events.repeated(),
        events.sequenceGaps(),
        silent.size(),
        dropped,
        run.slowestRecoveryMillis(),
        run.leftOut());
  }

  private void tell(String finding) {
    told++;
    if (told <= MOST_TOLD) {
      out.println(finding);
    }
  }

  private static Instant micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
