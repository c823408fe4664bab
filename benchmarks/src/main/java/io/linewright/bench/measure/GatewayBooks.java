package io.linewright.bench.measure;

import io.linewright.bench.plant.RestClient;
import io.linewright.bench.plant.StoredSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The books that gateways publish of their logs, to see when nothing is under way any more. They
 * travel with the values and are stored like them, so that they tell of a slow trip by being late.
 */
public final class GatewayBooks {

  private static final String STORED = "#stage/log/in";
  private static final Duration HORIZON = Duration.ofDays(1);

  private GatewayBooks() {}

  /**
   * Whether the platform has confirmed all that any gateway had logged by that time.
   *
   * @param time later than the last value that is waited for, by as much as drivers may need
   * @throws IOException if REST does not answer
   */
  public static boolean confirmedUpTo(RestClient rest, Instant time)
      throws IOException, InterruptedException {
    Map<String, Long> figures = new TreeMap<>();
    for (JsonNode value : rest.get("/api/v1/last-values").path("values")) {
      String tag = value.path("tag").asString();
      if (tag.contains("#stage/log/") || tag.contains("#log/backlog-records")) {
        figures.put(tag, value.path("value").asLong());
      }
    }
    List<String> gateways =
        figures.keySet().stream()
            .filter(tag -> tag.endsWith(STORED))
            .map(tag -> tag.substring(0, tag.length() - STORED.length()))
            .toList();
    boolean all = !gateways.isEmpty();
    for (String gateway : gateways) {
      all = all && confirmed(rest, gateway, figures, time);
    }
    return all;
  }

  private static boolean confirmed(
      RestClient rest, String gateway, Map<String, Long> figures, Instant time)
      throws IOException, InterruptedException {
    List<StoredSample> later = rest.samples(gateway + STORED, time, time.plus(HORIZON));
    if (later.isEmpty() || figures.getOrDefault(gateway + "#log/backlog-records", 0L) > 0) {
      return false;
    }
    long done =
        figures.getOrDefault(gateway + "#stage/log/out", 0L)
            + figures.getOrDefault(gateway + "#stage/log/set-aside", 0L);
    return done >= Long.parseLong(String.valueOf(later.getFirst().value()));
  }
}
