package io.linewright.bench.query;

import io.linewright.bench.load.Spread;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.RestClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Asks through the API gateway, one question after the other, as a page does; each kind in turn,
 * tags and times drawn from a seed. Time runs from before the request until the last byte is there;
 * then the answer is checked.
 */
final class Questions {

  /** What is asked. */
  enum Kind {
    /** The last value of 1,000 tags. */
    LAST_VALUES,
    /** 30 days of a tag at 1,000 points. */
    TREND,
    /** An hour of a tag that has a sample each second. */
    RAW_HOUR
  }

  private static final int HOUR = 3_600;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HistoryPlan plan;
  private final URI gateway;
  private final RestClient access;
  private final SplittableRandom random;
  private final String allTags;
  private final Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);

  Questions(HistoryPlan plan, URI gateway, RestClient access, long seed) {
    this.plan = plan;
    this.gateway = gateway;
    this.access = access;
    this.random = new SplittableRandom(seed);
    this.allTags = Json.line(Map.of("tags", plan.tags().keys()));
    forget();
  }

  /** Forgets all times. */
  void forget() {
    for (Kind kind : Kind.values()) {
      millis.put(kind, new ArrayList<>());
    }
  }

  /**
   * Asks for so long.
   *
   * @throws IOException if an answer is wrong
   */
  void ask(Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      for (Kind kind : Kind.values()) {
        ask(kind);
      }
    }
  }

  private void ask(Kind kind) throws IOException, InterruptedException {
    HttpRequest request = request(kind);
    long began = System.nanoTime();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    double took = (System.nanoTime() - began) / 1e6;
    String wrong = wrong(kind, answer);
    if (!wrong.isEmpty()) {
      throw new IOException("%s: %s".formatted(request.uri(), wrong));
    }
    times(kind).add(took);
  }

  private HttpRequest request(Kind kind) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Authorization", "Bearer " + access.bearer())
            .header("Accept", "application/json");
    return switch (kind) {
      case LAST_VALUES ->
          request
              .uri(gateway.resolve("/api/v1/last-values/query"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(allTags))
              .build();
      case TREND -> {
        String tag = plan.tags().key(random.nextInt(plan.tags().count()));
        yield request
            .uri(
                gateway.resolve(
                    "/api/v1/trends?points=1000&tag=%s&from=%s&to=%s"
                        .formatted(encoded(tag), plan.from(), plan.until())))
            .build();
      }
      case RAW_HOUR -> {
        String tag = plan.tags().key(random.nextInt(HistoryPlan.FAST_TAGS));
        Instant from =
            plan.fastFrom().plusSeconds(random.nextLong(HistoryPlan.FAST.toSeconds() - HOUR));
        yield request
            .uri(
                gateway.resolve(
                    "/api/v1/samples?limit=50000&tag=%s&from=%s&to=%s"
                        .formatted(encoded(tag), from, from.plusSeconds(HOUR))))
            .build();
      }
    };
  }

  private String wrong(Kind kind, HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      return answer.statusCode() + " " + answer.body();
    }
    JsonNode body = Json.parse(answer.body());
    return switch (kind) {
      case LAST_VALUES -> unlike(plan.tags().count(), body.path("values").size());
      case RAW_HOUR -> unlike(HOUR, body.path("samples").size());
      case TREND ->
          body.path("samples").size() >= 2 ? "" : "a trend has hardly any samples: " + body;
    };
  }

  private static String unlike(int wanted, int found) {
    return wanted == found ? "" : "%d entries instead of %d".formatted(found, wanted);
  }

  private List<Double> times(Kind kind) {
    return millis.computeIfAbsent(kind, first -> new ArrayList<>());
  }

  /** Times of a kind, milliseconds. */
  Spread spread(Kind kind) {
    return Spread.of(times(kind));
  }

  /** How often a kind was asked. */
  int count(Kind kind) {
    return times(kind).size();
  }

  /** Writes every time into a file. */
  void keep(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("kind\tmillis\n");
      for (Kind kind : Kind.values()) {
        for (double took : times(kind)) {
          out.write("%s\t%.3f%n".formatted(kind, took));
        }
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
