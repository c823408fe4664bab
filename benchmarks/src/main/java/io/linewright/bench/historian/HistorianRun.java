package io.linewright.bench.historian;

import io.linewright.bench.plant.JavaProcess;
import io.linewright.bench.plant.ProcessMemory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** One run of the historian over a filled topic, with a fresh process. */
final class HistorianRun {

  private static final int LOOK_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /**
   * What it took.
   *
   * @param seconds from the moment the historian knew where to begin to its last commit; the start
   *     of the process is not in it, its cold code is
   * @param counted samples stored, by the historian's own books
   * @param duplicates samples dropped as repeats, by the historian's own books
   * @param setAside samples in quarantine, by the historian's own books
   * @param cpuSeconds processor time of the historian's process, its start included
   */
  record Result(
      double seconds,
      long counted,
      long duplicates,
      long setAside,
      long peakRssMebibytes,
      double cpuSeconds) {}

  private HistorianRun() {}

  /**
   * Starts the historian and waits until it has dealt with everything.
   *
   * @param samples in the topic, repeats included
   */
  static Result measure(HistorianRig rig, long samples, InstantSource clock)
      throws IOException, InterruptedException, SQLException {
    try (JavaProcess historian = rig.startHistorian();
        Connection connection = rig.connect()) {
      Instant deadline = clock.instant().plus(PATIENCE);
      while (!HistorianRig.assigned(connection)) {
        look(historian, clock, deadline);
      }
      Instant begin = clock.instant();
      while (HistorianRig.handled(connection) < samples) {
        look(historian, clock, deadline);
      }
      Instant seen = clock.instant();
      Instant end = HistorianRig.lastCommit(connection).orElse(seen);
      long rss = ProcessMemory.peakRssMebibytes(historian.pid());
      double cpu = ProcessMemory.cpuSeconds(historian.pid());
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT sum(\"out\"), sum(duplicates), sum(set_aside) FROM ingest.stage_counter"
                      + " WHERE "
                      + HistorianRig.OF_SAMPLES)) {
        row.next();
        return new Result(
            Duration.between(begin, end).toNanos() / 1e9,
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            rss,
            cpu);
      }
    }
  }

  private static void look(JavaProcess historian, InstantSource clock, Instant deadline)
      throws IOException, InterruptedException {
    if (!historian.isAlive()) {
      throw new IOException("the historian ended; see " + historian.log());
    }
    if (clock.instant().isAfter(deadline)) {
      throw new IOException("the historian has not finished in 30 minutes; see " + historian.log());
    }
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
  }
}
