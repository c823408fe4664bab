package io.linewright.bench;

import io.linewright.bench.plant.RestClient;
import java.io.IOException;
import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/** The stages' books as REST returns them. */
final class StageTable {

  private StageTable() {}

  /** Prints one line per stage and returns how many repeats the stages dropped together. */
  static long print(RestClient rest, PrintStream out) throws IOException, InterruptedException {
    JsonNode stages = rest.get("/api/v1/stages");
    JsonNode list = stages.isArray() ? stages : stages.path("stages");
    out.printf(
        "%n%-28s %-24s %12s %12s %10s %10s%n",
        "stage", "instance", "in", "out", "set aside", "repeats");
    long dropped = 0;
    for (JsonNode stage : list) {
      dropped += stage.path("duplicatesDropped").asLong(0);
      out.printf(
          "%-28s %-24s %12d %12d %10d %10d%n",
          stage.path("stage").asString(),
          stage.path("instance").asString(""),
          stage.path("in").asLong(0),
          stage.path("out").asLong(0),
          stage.path("setAside").asLong(0),
          stage.path("duplicatesDropped").asLong(0));
    }
    return dropped;
  }
}
