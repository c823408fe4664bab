package io.linewright.bench.historian;

import io.linewright.bench.measure.RepeatedEvents;
import io.linewright.bench.measure.RollupCheck;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.Programs;
import io.linewright.bench.trip.RunDirectory;
import io.linewright.model.topic.Topic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench historian-faults}: two instances of the historian share both lanes of samples; they,
 * the broker and the database die by SIGKILL in turn, and instances are frozen until they have lost
 * their partitions. Then the table is compared with what Kafka took, the roll-ups with the table,
 * and the events with the records that had to be set aside.
 */
@Command(
    name = "historian-faults",
    description =
        "Kills historian, broker and database with -9 in turn, and freezes instances, under load;"
            + " lost and repeated must be 0.",
    mixinStandardHelpOptions = true)
public final class HistorianFaultBench implements Callable<Integer> {

  /** After so long without a word an instance loses its partitions (session time-out 10 s). */
  private static final int FROZEN_MS = 13_000;

  private static final int KILLS_PER_FREEZE = 5;

  /** The last minutes must end, settle (20 s), and be computed. */
  private static final Duration ROLLED_UP = Duration.ofMinutes(5);

  private enum Target {
    HISTORIAN,
    BROKER,
    DATABASE
  }

  @Option(names = "--kills", description = "How many kills (default: ${DEFAULT-VALUE}).")
  private int kills = 20;

  @Option(names = "--seed", description = "Seed of all that is random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--machines",
      description = "Each of them gives 200 samples a second (default: ${DEFAULT-VALUE}).")
  private int machines = 50;

  @Option(
      names = "--patience",
      description =
          "Seconds in which everything sent before a fault must be stored (default:"
              + " ${DEFAULT-VALUE}).")
  private int patienceSeconds = 120;

  @Mixin private RunDirectory directory = new RunDirectory();

  private final PrintStream out = System.out;
  private final List<String> done = new ArrayList<>();
  private int freezes;
  private int rebalancingKills;
  private double slowestSeconds;

  @Override
  public Integer call() throws Exception {
    out.printf(
        "seed %d, %d kills, %,d samples/s%n", seed, kills, machines * KnownSamples.PER_RECORD);
    Random random = new Random(seed);
    long begin = InstantSource.system().instant().getEpochSecond() * 1_000_000;
    KnownSamples known = new KnownSamples(machines, begin);
    try (RunDirectory.Place place = directory.open("historian-faults");
        FaultSite site = new FaultSite(Programs.built(), place.path())) {
      Await.until(
          () -> {
            site.requireAlive();
            return site.handled() >= 0;
          },
          Duration.ofMinutes(3),
          () -> "the tables of the historian; " + site.state());
      int seconds;
      long unreadable;
      try (PacedLoad load = new PacedLoad(site.kafka(), known)) {
        awaitStored(site, load, "the first samples");
        for (int kill = 1; kill <= kills; kill++) {
          fault(site, load, Target.values()[(kill - 1) % Target.values().length], random);
          if (kill % KILLS_PER_FREEZE == 0 || kill == kills) {
            freeze(site, load, random);
          }
        }
        seconds = load.stop();
        unreadable = load.unreadable();
        awaitAll(site, load);
      }
      return judge(site, known, seconds, unreadable, place);
    }
  }

  private void fault(FaultSite site, PacedLoad load, Target target, Random random)
      throws IOException, InterruptedException {
    Thread.sleep(random.nextInt(500, 3_000));
    Duration dead = Duration.ofMillis(random.nextInt(200, 3_000));
    long before = load.acknowledged();
    long since = System.nanoTime();
    String what = target.toString().toLowerCase(java.util.Locale.ROOT);
    switch (target) {
      case HISTORIAN -> {
        int instance = random.nextInt(FaultSite.INSTANCES);
        // Half of them stay away until the other instance has taken over.
        if (random.nextBoolean()) {
          dead = Duration.ofMillis(FROZEN_MS);
          rebalancingKills++;
        }
        what += " " + (instance + 1);
        site.killHistorian(instance, dead);
      }
      case BROKER -> site.killBroker(dead);
      case DATABASE -> site.killDatabase(dead);
    }
    done.add(what);
    awaitHealed(
        site,
        load,
        "kill %d, %s, dead for %d ms".formatted(done.size(), what, dead.toMillis()),
        before,
        since);
  }

  private void freeze(FaultSite site, PacedLoad load, Random random)
      throws IOException, InterruptedException {
    int instance = random.nextInt(FaultSite.INSTANCES);
    long before = load.acknowledged();
    long since = System.nanoTime();
    site.freezeHistorian(instance, Duration.ofMillis(FROZEN_MS));
    freezes++;
    awaitHealed(
        site,
        load,
        "historian " + (instance + 1) + " frozen for " + FROZEN_MS + " ms",
        before,
        since);
  }

  /** Everything that Kafka had when the fault began, and one second more, is stored. */
  private void awaitHealed(
      FaultSite site, PacedLoad load, String fault, long acknowledgedBefore, long since)
      throws IOException, InterruptedException {
    long wanted = acknowledgedBefore + (long) machines * KnownSamples.PER_RECORD;
    awaitHandled(site, load, wanted, fault);
    double seconds = (System.nanoTime() - since) / 1e9;
    slowestSeconds = Math.max(slowestSeconds, seconds);
    out.printf(
        "%s: stored again after %.1f s, %,d of %,d%n",
        fault, seconds, site.handled(), load.acknowledged());
  }

  private void awaitStored(FaultSite site, PacedLoad load, String what)
      throws IOException, InterruptedException {
    awaitHandled(site, load, Math.max(1, load.acknowledged()), what);
  }

  /** Waits for the last samples; what is not there then is lost, and counted as such. */
  private void awaitAll(FaultSite site, PacedLoad load) throws InterruptedException {
    try {
      Await.until(
          () -> {
            try {
              long[] books = site.books();
              return books[1] >= load.samples() && books[3] >= load.unreadable();
            } catch (SQLException away) {
              return false;
            }
          },
          Duration.ofSeconds(patienceSeconds),
          () ->
              "the last of %,d samples to be stored, of %,d unreadable records to be set aside; %s"
                  .formatted(load.samples(), load.unreadable(), site.state()));
    } catch (IOException inVain) {
      out.println(inVain.getMessage());
    }
  }

  private void awaitHandled(FaultSite site, PacedLoad load, long wanted, String what)
      throws IOException, InterruptedException {
    Await.until(
        () -> {
          site.requireAlive();
          load.requireWell();
          return site.handled() >= wanted;
        },
        Duration.ofSeconds(patienceSeconds),
        () ->
            "%s: %,d samples to be dealt with, of %,d that Kafka has; %s"
                .formatted(what, wanted, load.acknowledged(), site.state()));
  }

  private int judge(
      FaultSite site, KnownSamples known, int seconds, long unreadable, RunDirectory.Place place)
      throws Exception {
    int[] sent = new int[known.tags()];
    Arrays.fill(sent, seconds * KnownSamples.PER_SECOND);
    long all = (long) known.tags() * seconds * KnownSamples.PER_SECOND;
    long late = machines / PacedLoad.MACHINES_PER_LATE_ONE * (all / machines);
    StoredCheck.Verdict verdict;
    try (Connection connection = site.connect()) {
      verdict = new StoredCheck(known, tagIds(connection, known), sent).read(connection);
    }
    long[] books = site.books();
    boolean balanced = books[0] == books[1] + books[2] + books[3] && books[1] == verdict.stored();
    long countedTwice = Math.max(0, books[1] - verdict.stored());
    RepeatedEvents events = events(site);
    RollupCheck.Verdict rollups = rollups(site, known.micros(0) + seconds * 1_000_000L);
    long repeated = verdict.repeated() + countedTwice + events.repeated();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", "historian-faults");
    json.put("seed", seed);
    json.put("kills", done.size());
    json.put("freezes", freezes);
    json.put("forced_rebalances", freezes + rebalancingKills);
    json.put("sent", all);
    json.put("sent_late_lane", late);
    json.put("stored", verdict.stored());
    json.put("lost", verdict.lost());
    json.put("repeated", repeated);
    json.put("wrong", verdict.wrong());
    json.put("counted", books[1]);
    json.put("duplicates_dropped", books[2]);
    json.put("unreadable_sent", unreadable);
    json.put("set_aside", books[3]);
    json.put("books_balance", balanced);
    json.put("events", events.events());
    json.put("events_repeated", events.repeated());
    json.put("event_gaps", events.sequenceGaps());
    json.put("rollups_compared", rollups.compared());
    json.put("rollups_wrong", rollups.wrong());
    json.put("slowest_recovery_s", Math.round(slowestSeconds * 10) / 10.0);
    if (place.evidence().isPresent()) {
      keep(place.evidence().get(), site, known, seconds);
    }
    out.println(Json.line(json));
    boolean exact = verdict.lost() == 0 && repeated == 0 && verdict.wrong() == 0;
    boolean told =
        books[3] == unreadable && events.events() == unreadable && events.sequenceGaps() == 0;
    boolean rolledUp = rollups.compared() > 0 && rollups.wrong() == 0;
    return exact && balanced && told && rolledUp ? 0 : 1;
  }

  /** The events of what was set aside, as a reader of committed records finds them. */
  private RepeatedEvents events(FaultSite site) throws InterruptedException {
    try {
      awaitNone(site, "SELECT count(*) FROM ingest.outbox", Duration.ofSeconds(patienceSeconds));
    } catch (IOException inVain) {
      out.println("events: " + inVain.getMessage());
    }
    return RepeatedEvents.count(site.kafka(), List.of(Topic.QUARANTINE));
  }

  /**
   * Roll-ups against samples, once the minutes of all samples are computed. Hours and days are
   * compared if they are over by then.
   */
  private RollupCheck.Verdict rollups(FaultSite site, long endMicros)
      throws InterruptedException, SQLException {
    long lastMinute = Math.floorDiv(endMicros, 60_000_000L) + 1;
    try {
      awaitNone(
          site,
          "SELECT count(*) FROM ingest.rollup_dirty WHERE level = 0 AND to_bucket <= " + lastMinute,
          ROLLED_UP);
    } catch (IOException inVain) {
      out.println("roll-ups: " + inVain.getMessage());
      return new RollupCheck.Verdict(0, 0);
    }
    try (Connection connection = site.connect()) {
      return RollupCheck.compare(connection);
    }
  }

  private static void awaitNone(FaultSite site, String count, Duration patience)
      throws IOException, InterruptedException {
    Await.until(
        () -> {
          site.requireAlive();
          try (Connection connection = site.connect();
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(count)) {
            return row.next() && row.getLong(1) == 0;
          } catch (SQLException away) {
            return false;
          }
        },
        patience,
        "nothing to be left of: " + count);
  }

  private static int[] tagIds(Connection connection, KnownSamples known) throws Exception {
    int[] ids = new int[known.tags()];
    try (PreparedStatement query =
        connection.prepareStatement("SELECT id FROM ingest.tag WHERE path = ? AND name = ?")) {
      for (int tag = 0; tag < ids.length; tag++) {
        query.setString(1, known.path(tag / KnownSamples.TAGS));
        query.setString(2, KnownSamples.name(tag));
        try (ResultSet row = query.executeQuery()) {
          // A tag that is not registered has lost everything; no row has the number 0.
          ids[tag] = row.next() ? row.getInt(1) : -1 - tag;
        }
      }
    }
    return ids;
  }

  private void keep(Path evidence, FaultSite site, KnownSamples known, int seconds)
      throws IOException {
    Map<String, Object> truth = new LinkedHashMap<>();
    truth.put("rule", KnownSamples.RULE);
    truth.put("begin_us", known.beginMicros());
    truth.put("machines", machines);
    truth.put("seconds", seconds);
    truth.put("killed", done);
    Files.writeString(evidence.resolve("truth.json"), Json.line(truth) + "\n");
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("postgres", site.databasePlatform().addresses().path("postgres"));
    access.put(
        "postgres_reader",
        site.databasePlatform().credentials().path("postgres").path("users").path("reader"));
    Files.writeString(evidence.resolve("access.json"), Json.line(access) + "\n");
    try (var logs = Files.list(site.logs())) {
      for (Path log : logs.toList()) {
        Files.copy(log, evidence.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
