package io.linewright.bench.historian;

import io.linewright.bench.plant.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is left for others to recount; with {@code --keep} the database is there, too. */
final class HistorianEvidence {

  private HistorianEvidence() {}

  /**
   * Writes what was sent of each tag, what is stored of it, every run's figures and access data.
   *
   * @param sent samples of each tag
   */
  static void keep(
      Path directory,
      HistorianRig rig,
      KnownSamples known,
      int[] tagIds,
      int[] sent,
      List<Map<String, Object>> runs)
      throws IOException, SQLException {
    try (BufferedWriter truth = Files.newBufferedWriter(directory.resolve("truth.tsv"))) {
      truth.write("# " + KnownSamples.RULE + "\n# begin_us " + known.beginMicros() + "\n");
      truth.write("tag_id\tpath\tname\tsamples\n");
      for (int tag = 0; tag < tagIds.length; tag++) {
        truth.write(
            "%d\t%s\t%s\t%d%n"
                .formatted(
                    tagIds[tag],
                    known.path(tag / KnownSamples.TAGS),
                    KnownSamples.name(tag),
                    sent[tag]));
      }
    }
    try (BufferedWriter stored = Files.newBufferedWriter(directory.resolve("stored.tsv"));
        Connection connection = rig.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT tag_id, count(*), count(DISTINCT source_time), min(source_time),"
                    + " max(source_time) FROM ingest.sample GROUP BY tag_id ORDER BY tag_id")) {
      stored.write("tag_id\trows\ttimes\tfirst\tlast\n");
      while (row.next()) {
        stored.write(
            "%d\t%d\t%d\t%s\t%s%n"
                .formatted(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5)));
      }
    }
    try (BufferedWriter figures = Files.newBufferedWriter(directory.resolve("runs.json"))) {
      for (Map<String, Object> run : runs) {
        figures.write(Json.line(run) + "\n");
      }
    }
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("addresses", rig.plant().addresses());
    access.put(
        "kafka_reader", rig.plant().credentials().path("kafka").path("users").path("reader"));
    access.put(
        "postgres_reader", rig.plant().credentials().path("postgres").path("users").path("reader"));
    access.put("historian_jvm_options", HistorianRig.JVM);
    access.put("database", rig.database());
    Files.writeString(directory.resolve("access.json"), Json.line(access) + "\n");
  }
}
