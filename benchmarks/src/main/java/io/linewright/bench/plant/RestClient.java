package io.linewright.bench.plant;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A program that reads the plant over REST with a client-credentials token, as an integrator does.
 */
public final class RestClient implements AutoCloseable {

  private static final int PAGE = 50_000;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String base;
  private final String tokenUrl;
  private final String clientId;
  private final String clientSecret;
  private final InstantSource clock;
  private String token = "";
  private Instant tokenUntil = Instant.EPOCH;

  /**
   * A client that has not connected yet.
   *
   * @param base address of the gateway, {@code http://127.0.0.1:8080}
   * @param tokenUrl address of the token endpoint
   */
  public RestClient(
      String base, String tokenUrl, String clientId, String clientSecret, InstantSource clock) {
    this.base = base;
    this.tokenUrl = tokenUrl;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.clock = clock;
  }

  /**
   * Reads a resource.
   *
   * @param pathAndQuery from {@code /api/v1/…} on
   * @throws IOException if the answer is not 200
   */
  public JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token())
            .header("Accept", "application/json")
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "GET " + pathAndQuery + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.parse(answer.body());
  }

  /** Every stored sample of a tag in a time range, in order, page by page. */
  public List<StoredSample> samples(String tag, Instant from, Instant to)
      throws IOException, InterruptedException {
    List<StoredSample> rows = new ArrayList<>();
    String query =
        "/api/v1/samples?tag=%s&from=%s&to=%s&limit=%d"
            .formatted(encode(tag), encode(from.toString()), encode(to.toString()), PAGE);
    @Nullable String cursor = null;
    do {
      JsonNode page = get(cursor == null ? query : query + "&cursor=" + encode(cursor));
      String type = page.path("type").asString("");
      for (JsonNode sample : page.path("samples")) {
        rows.add(sample(type, sample));
      }
      JsonNode next = page.path("next");
      cursor = next.isString() ? next.asString() : null;
    } while (cursor != null);
    return rows;
  }

  private static StoredSample sample(String type, JsonNode sample) {
    JsonNode value = sample.path("value");
    boolean absent = value.isNull() || value.isMissingNode();
    return new StoredSample(
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(sample.path("time").asString())),
        sample.path("ordinal").asInt(0),
        sample.path("status").asLong(0),
        absent ? null : CanonicalValue.of(type, value.asString()));
  }

  /** A valid access token, for requests that this client does not make itself. */
  public String bearer() throws IOException, InterruptedException {
    return token();
  }

  private String token() throws IOException, InterruptedException {
    if (clock.instant().isBefore(tokenUntil)) {
      return token;
    }
    String basic =
        Base64.getEncoder()
            .encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(tokenUrl))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "no token from " + tokenUrl + ": " + answer.statusCode() + " " + answer.body());
    }
    JsonNode json = Json.parse(answer.body());
    token = json.path("access_token").asString();
    tokenUntil = clock.instant().plusSeconds(Math.max(10, json.path("expires_in").asInt(60) - 30));
    return token;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
