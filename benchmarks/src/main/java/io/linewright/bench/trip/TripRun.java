package io.linewright.bench.trip;

import io.linewright.bench.compare.PlantComparison;
import io.linewright.bench.compare.TruthFile;
import io.linewright.bench.compare.Verdict;
import io.linewright.bench.measure.GatewayBooks;
import io.linewright.bench.measure.Latency;
import io.linewright.bench.measure.RepeatedEvents;
import io.linewright.bench.measure.StoredRows;
import io.linewright.bench.plant.Await;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.Standalone;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What check and benches have in common: wait for the end, compare, count, measure. */
public final class TripRun {

  private static final int MAX_LOOKS = 300;

  /** From a change in the plant to the gateway's log, on a starved machine. */
  private static final Duration DRIVERS_NEED = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final PrintStream out;
  private final Optional<Path> evidence;
  private final int calmSeconds;

  /**
   * @param evidence where truth, stored rows and access data are left; empty: nowhere
   * @param calmSeconds how long no further row may arrive before the trip counts as over
   */
  public TripRun(InstantSource clock, PrintStream out, Optional<Path> evidence, int calmSeconds) {
    this.clock = clock;
    this.out = out;
    this.evidence = evidence;
    this.calmSeconds = calmSeconds;
  }

  /**
   * The figures of one run.
   *
   * @param verdict every change against every stored row
   * @param events the event topics
   * @param latency source to commit
   * @param duplicatesDropped repeats that stages noticed and dropped
   * @param seconds how long values changed
   */
  public record Figures(
      Verdict verdict,
      RepeatedEvents events,
      Latency latency,
      long duplicatesDropped,
      double seconds) {

    /** Rows and events that stand more than once. */
    public long repeated() {
      return verdict.repeated() + events.repeated();
    }

    /** Whether nothing is lost, repeated or wrong. */
    public boolean balanced() {
      return verdict.lost() == 0 && repeated() == 0 && verdict.wrong() == 0 && verdict.sent() > 0;
    }
  }

  /**
   * Waits until the simulator has come to rest and everything is stored, then compares.
   *
   * @param truthFile the simulator's log
   * @param patience longest time until the simulator rests
   */
  public Figures finish(Standalone plant, Path truthFile, Duration patience)
      throws IOException, InterruptedException, SQLException {
    Await.until(
        () -> TruthFile.hasEnded(truthFile) || !plant.process().isAlive(),
        patience,
        "the simulator to finish; see " + truthFile);
    try (RestClient rest = plant.rest(clock)) {
      TruthFile truth = TruthFile.read(truthFile);
      Instant from =
          micros(
              truth
                  .observedMicros()
                  .orElseThrow(
                      () ->
                          new IOException(
                              "the simulator's log has no '# observed': the gateway never watched"
                                  + " all tags")));
      Instant to = micros(truth.endedMicros().orElseThrow());
      Await.until(() -> answers(rest), Duration.ofMinutes(2), "REST to answer");
      settle(plant, rest, from, to);
      out.printf(
          "comparing %,d changes of %,d tags with what REST returns …%n",
          truth.expectedCount(), truth.lines().size());
      Verdict verdict = PlantComparison.of(truth, rest, evidence);
      long dropped = StageTable.print(rest, out);
      RepeatedEvents events = RepeatedEvents.count(plant.kafka("reader"));
      List<String> reader = plant.postgresReader();
      Latency.course(
              plant.addresses().path("postgres").asString(), reader.get(0), reader.get(1), from, to)
          .forEach(out::println);
      Latency latency =
          Latency.measure(
              plant.addresses().path("postgres").asString(),
              reader.get(0),
              reader.get(1),
              from,
              to);
      keepEvidence(plant, truthFile);
      return new Figures(
          verdict, events, latency, dropped, Duration.between(from, to).toMillis() / 1000.0);
    }
  }

  /**
   * Ends when the platform has confirmed all that the gateways had logged some seconds after the
   * end, and the number of rows from before the end has not changed for as long as asked. Calm
   * alone does not do: on a starved machine a trip takes more than ten seconds and comes in bursts.
   */
  private void settle(Standalone plant, RestClient rest, Instant from, Instant to)
      throws IOException, InterruptedException, SQLException {
    List<String> reader = plant.postgresReader();
    String url = plant.addresses().path("postgres").asString();
    long last = -1;
    int calm = 0;
    boolean confirmed = false;
    for (int look = 0; look < MAX_LOOKS && calm < calmSeconds; look++) {
      TimeUnit.SECONDS.sleep(1);
      confirmed = confirmed || GatewayBooks.confirmedUpTo(rest, to.plus(DRIVERS_NEED));
      long now = StoredRows.count(url, reader.get(0), reader.get(1), from, to);
      calm = confirmed && now == last ? calm + 1 : 0;
      last = now;
    }
    if (calm < calmSeconds) {
      throw new IOException(
          confirmed
              ? "rows go on arriving " + MAX_LOOKS + " s after the simulator ended"
              : "the gateway's log is not confirmed " + MAX_LOOKS + " s after the simulator ended");
    }
  }

  private static boolean answers(RestClient rest) throws InterruptedException {
    try {
      rest.get("/api/v1/quarantine/count");
      return true;
    } catch (IOException starting) {
      return false;
    }
  }

  private void keepEvidence(Standalone plant, Path truthFile) throws IOException {
    if (evidence.isEmpty()) {
      return;
    }
    Path dir = evidence.get();
    Files.createDirectories(dir);
    Path copy = dir.resolve("truth.tsv");
    if (!copy.equals(truthFile)) {
      Files.copy(truthFile, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("addresses", plant.addresses());
    access.put("rest_client", plant.credentials().path("clients").path("integrator"));
    access.put("kafka_reader", plant.credentials().path("kafka").path("users").path("reader"));
    access.put(
        "postgres_reader", plant.credentials().path("postgres").path("users").path("reader"));
    access.put("jvm_options", Standalone.JVM_OPTIONS);
    Files.writeString(dir.resolve("access.json"), Json.line(access) + "\n");
  }

  private static Instant micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
