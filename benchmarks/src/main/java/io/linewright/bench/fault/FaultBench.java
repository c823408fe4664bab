package io.linewright.bench.fault;

import io.linewright.bench.fault.KillPoint.Service;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.SimulatorProcess;
import io.linewright.bench.plant.Standalone;
import io.linewright.bench.trip.RunDirectory;
import io.linewright.bench.trip.TripRun;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench faults}: bridge and historian die by SIGKILL at chosen points, then the books are
 * compared.
 */
@Command(
    name = "faults",
    description =
        "Kills bridge and ingest with -9 at chosen points under load; lost and repeated must be 0.",
    mixinStandardHelpOptions = true)
public final class FaultBench implements Callable<Integer> {

  private static final List<String> SERVICE_JVM =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  @Option(names = "--kills", description = "How many kills (default: ${DEFAULT-VALUE}).")
  private int kills = 20;

  @Option(names = "--seed", description = "Seed of order and passing (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--patience",
      description = "Seconds for one kill to happen (default: ${DEFAULT-VALUE}).")
  private int patienceSeconds = 60;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;
  private final Programs programs;

  /** Runs the programs of the build. */
  public FaultBench() {
    this(Programs.built());
  }

  /** Runs these programs. */
  public FaultBench(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() throws Exception {
    Random random = new Random(seed);
    out.println("seed " + seed + ", " + kills + " kills");
    try (RunDirectory.Place place = directory.open("faults");
        SimulatorProcess simulator =
            SimulatorProcess.start(programs, place.path(), "demo", seed, List.of("--speed", "5"));
        Standalone plant =
            Standalone.start(
                programs,
                place.path().resolve("data"),
                List.of(
                    "--no-simulator",
                    "--edge",
                    simulator.edgeFile().toString(),
                    "--services",
                    "edge,gateway"),
                Duration.ofMinutes(3));
        PoisonSource poison = new PoisonSource(plant.kafka("admin"))) {
      long poisoned;
      List<String> done = new ArrayList<>();
      int ingestKills = (kills * 5 + 6) / 7;
      try (Victim bridge =
              victim(
                  plant,
                  programs,
                  "bridge",
                  Programs.Program.EDGE_GATEWAY,
                  KillPoint.plan(Service.BRIDGE, kills - ingestKills, random));
          Victim ingest =
              victim(
                  plant,
                  programs,
                  "ingest",
                  Programs.Program.INGEST_SERVICE,
                  KillPoint.plan(Service.INGEST, ingestKills, random))) {
        untilAllDone(plant, bridge, ingest);
        done.addAll(bridge.done());
        done.addAll(ingest.done());
        simulator.rest();
        poisoned = poison.stop();
        TripRun run = new TripRun(InstantSource.system(), out, place.evidence(), 20);
        TripRun.Figures figures = run.finish(plant, simulator.truth(), Duration.ofMinutes(2));
        return report(plant, figures, poisoned, done);
      }
    }
  }

  private Victim victim(
      Standalone plant, Programs programs, String name, Programs.Program program, List<String> plan)
      throws IOException {
    return new Victim(
        name,
        plan,
        killAt ->
            JavaProcess.start(
                name,
                programs.of(program),
                SERVICE_JVM,
                List.of(
                    "--spring.config.additional-location=file:"
                        + plant.data().resolve("config").resolve(name + ".properties"),
                    "--linewright.fault.kill-at=" + killAt),
                Map.of(),
                plant.data().resolve("logs")),
        out);
  }

  /** A kill that does not happen in time, because its point is not passed, is made from outside. */
  private void untilAllDone(Standalone plant, Victim... victims)
      throws IOException, InterruptedException {
    int before = 0;
    long since = System.nanoTime();
    while (true) {
      boolean all = true;
      int count = 0;
      for (Victim victim : victims) {
        all &= victim.tend();
        count += victim.done().size();
      }
      if (all) {
        return;
      }
      if (!plant.process().isAlive()) {
        throw new IOException("the plant itself ended; see " + plant.process().log());
      }
      if (count > before) {
        before = count;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > Duration.ofSeconds(patienceSeconds).toNanos()) {
        for (Victim victim : victims) {
          if (!victim.tend()) {
            victim.killNow();
          }
        }
        since = System.nanoTime();
      }
      Await.pause();
    }
  }

  private int report(Standalone plant, TripRun.Figures figures, long poisoned, List<String> done)
      throws IOException, InterruptedException {
    long quarantined;
    try (RestClient rest = plant.rest(InstantSource.system())) {
      quarantined = rest.get("/api/v1/quarantine/count").path("count").asLong();
    }
    boolean balanced = figures.balanced() && quarantined == poisoned;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "faults");
    json.put("seed", seed);
    json.put("kills", done.size());
    json.put("sent", figures.verdict().sent());
    json.put("stored", figures.verdict().stored());
    json.put("lost", figures.verdict().lost());
    json.put("repeated", figures.repeated());
    json.put("wrong", figures.verdict().wrong());
    json.put("duplicates_dropped", figures.duplicatesDropped());
    json.put("not_good", figures.verdict().notGood());
    json.put("poison_sent", poisoned);
    json.put("poison_quarantined", quarantined);
    json.put("sequence_gaps", figures.events().sequenceGaps());
    out.println(Json.line(json));
    return balanced ? 0 : 1;
  }
}
