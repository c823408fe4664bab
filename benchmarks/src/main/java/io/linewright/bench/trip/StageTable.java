package io.linewright.bench.trip;

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
          "%-28s %-24s %12s %12s %10s %10s%n",
          stage.path("stage").asString(),
          stage.path("instance").asString(""),
          figure(stage, "in"),
          figure(stage, "out"),
          figure(stage, "setAside"),
          figure(stage, "duplicatesDropped"));
    }
    return dropped;
  }

  /** A figure that the stage does not keep is a dash, not 0. */
  private static String figure(JsonNode stage, String name) {
    JsonNode value = stage.path(name);
    return value.isNumber() ? Long.toString(value.asLong()) : "–";
  }
}
