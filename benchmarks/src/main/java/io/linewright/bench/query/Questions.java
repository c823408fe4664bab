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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Asks through the API gateway, one question after the other, as a page does; each kind in turn,
 * tags and times drawn from a seed. Time runs from before the request until the last byte is there;
 * then the answer is checked, and some are kept to be compared with the table.
 */
final class Questions {

  /** What is asked. */
  enum Kind {
    /** The last value of 1,000 tags. */
    LAST_VALUES,
    /** The 30 days until now of a tag at 1,000 points: the open hour and day are in it. */
    TREND,
    /** An hour that is over, of a tag that has a sample each second. */
    RAW_HOUR
  }

  /** What Kafka had so long before a question, an answer must know. */
  static final Duration KNOWN = Duration.ofSeconds(10);

  private static final int MOST_TOLD = 10;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HistoryPlan plan;
  private final URI gateway;
  private final RestClient access;
  private final SplittableRandom random;
  private final String allTags;
  private final Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
  private final InstantSource clock;
  private final AnswerCheck check;
  private final StoredAnswers kept;
  private final List<String> wrong = new ArrayList<>();

  Questions(HistoryPlan plan, URI gateway, RestClient access, long seed, InstantSource clock) {
    this.plan = plan;
    this.gateway = gateway;
    this.access = access;
    this.random = new SplittableRandom(seed);
    this.allTags = Json.line(Map.of("tags", plan.tags().keys()));
    this.clock = clock;
    this.check = new AnswerCheck(plan);
    this.kept = new StoredAnswers(seed);
    forget();
  }

  /** Forgets all times and kept answers, but not what was wrong. */
  void forget() {
    kept.forget();
    for (Kind kind : Kind.values()) {
      millis.put(kind, new ArrayList<>());
    }
  }

  /** Asks for so long, while that writer writes. */
  void ask(Duration time, SteadyWriter writer) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      for (Kind kind : Kind.values()) {
        ask(kind, writer);
      }
    }
  }

  private void ask(Kind kind, SteadyWriter writer) throws IOException, InterruptedException {
    int tag =
        switch (kind) {
          case LAST_VALUES -> -1;
          case TREND -> random.nextInt(plan.tags().count());
          case RAW_HOUR -> random.nextInt(HistoryPlan.FAST_TAGS);
        };
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant from =
        switch (kind) {
          case LAST_VALUES -> Instant.EPOCH;
          case TREND -> now.minus(Duration.ofDays(HistoryPlan.DAYS));
          case RAW_HOUR ->
              plan.fastFrom()
                  .plusSeconds(random.nextLong(HistoryPlan.FAST.toSeconds() - AnswerCheck.HOUR));
        };
    Instant to = kind == Kind.RAW_HOUR ? from.plusSeconds(AnswerCheck.HOUR) : now;
    HttpRequest request = request(kind, tag, from, to);
    long known = writer.acknowledgedMicros(KNOWN);
    long began = System.nanoTime();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    double took = (System.nanoTime() - began) / 1e6;
    Asked asked = new Asked(kind, tag, from, to, now, known, answer.statusCode(), answer.body());
    String fault = check.wrong(asked);
    if (fault.isEmpty()) {
      times(kind).add(took);
      kept.offer(asked);
    } else {
      wrong(request.uri() + ": " + fault);
    }
  }

  private void wrong(String text) {
    if (wrong.size() < MOST_TOLD) {
      System.out.println("WRONG ANSWER: " + text);
    }
    wrong.add(text);
  }

  private HttpRequest request(Kind kind, int tag, Instant from, Instant to)
      throws IOException, InterruptedException {
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
      case TREND ->
          request.uri(range("/api/v1/trends?points=" + AnswerCheck.POINTS, tag, from, to)).build();
      case RAW_HOUR -> request.uri(range("/api/v1/samples?limit=50000", tag, from, to)).build();
    };
  }

  private URI range(String path, int tag, Instant from, Instant to) {
    return gateway.resolve(
        "%s&tag=%s&from=%s&to=%s".formatted(path, encoded(plan.tags().key(tag)), from, to));
  }

  /**
   * Compares the kept answers with the table.
   *
   * @return how many there were
   */
  int compare(History history) throws SQLException {
    kept.wrong(history.connection(), plan, history.tags()).forEach(this::wrong);
    return kept.size();
  }

  /** How many answers were wrong, those of the warm-up included. */
  int wrongAnswers() {
    return wrong.size();
  }

  private List<Double> times(Kind kind) {
    return millis.computeIfAbsent(kind, first -> new ArrayList<>());
  }

  /** Times of a kind, milliseconds; without a right answer a single one without end. */
  Spread spread(Kind kind) {
    List<Double> times = times(kind);
    return Spread.of(times.isEmpty() ? List.of(Double.POSITIVE_INFINITY) : times);
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
