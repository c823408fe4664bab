package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.BENCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linewright.gateway.app.support.Browser;
import io.linewright.gateway.app.support.FakeService;
import io.linewright.gateway.app.support.GatewayTest;
import io.linewright.gateway.app.support.GatewayUnderTest;
import io.linewright.testkit.infrastructure.FreePorts;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What passes through, and what happens when the service does not play along. */
@Timeout(120)
class ForwardingTest extends GatewayTest {

  private static final Map<String, String> TIGHT =
      Map.of(
          "linewright.gateway.forwarding.read-timeout", "2s",
          "linewright.gateway.forwarding.max-request-size", "1KB",
          "linewright.gateway.forwarding.max-import-size", "1MB",
          "linewright.gateway.forwarding.max-streams", "1",
          "linewright.gateway.forwarding.max-stream-age", "10s");

  /** Longer than the time limit. */
  private static final long LONGER_MILLIS = 3_000;

  private CountDownLatch release = new CountDownLatch(1);

  ForwardingTest() {
    super(TIGHT);
  }

  @BeforeEach
  void hold() {
    release = new CountDownLatch(1);
  }

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @Test
  void passesEachEventOnAsItComesAndLongerThanTheTimeLimit() throws Exception {
    Browser browser = browser();
    String token = browser.token("bench", BENCH_SECRET);
    HttpRequest.Builder request =
        browser
            .to("/api/v1/live")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", "41")
            .header("Authorization", "Bearer " + token);
    service.events.add(": hello\n\n");

    HttpResponse<InputStream> stream = browser.open(request);
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(lines.readLine()).isEqualTo(": hello");
      assertThat(lines.readLine()).isEmpty();
      long start = System.nanoTime();
      Thread.ofVirtual().start(() -> pauseThenSend("id: 42\n"));
      assertThat(lines.readLine()).isEqualTo("id: 42");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(service.last().header("last-event-id")).isEqualTo("41");

      assertThat(browser.open(request).statusCode()).as("a second stream").isEqualTo(503);
      service.events.add("data: x\n\n"); // only now that what came before it has passed
      assertThat(lines.readLine()).isEqualTo("data: x");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).as("ended by its age").isNull();
    }
    service.events.add("");
    await()
        .until(
            () -> {
              service.events.add("data: again\n\n");
              service.events.add("");
              try (InputStream again = browser.open(request).body()) {
                return new String(again.readAllBytes(), StandardCharsets.UTF_8).contains("again");
              }
            });
  }

  @Test
  void passesTheRefusalOfAStreamOnAndKeepsNoPlaceForIt() throws Exception {
    service.on(
        "/api/v1/full/live",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          FakeService.json(exchange, 429, "{\"status\":429}");
        });
    String token = browser().token("bench", BENCH_SECRET);

    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = browser().get("/api/v1/full/live", token);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
      assertThat(answer.body()).isEqualTo("{\"status\":429}");
    }
  }

  private void pauseThenSend(String event) {
    pause(LONGER_MILLIS);
    service.events.add(event);
  }

  private void pause(long millis) {
    try {
      release.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysThatAServiceIsSlow() {
    service.on(
        "/api/v1/slow",
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          FakeService.json(exchange, 200, "{}");
        });

    HttpResponse<String> answer =
        browser().get("/api/v1/slow", browser().token("bench", BENCH_SECRET));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(Browser.json(answer.body()).path("type").asString()).endsWith("service-timeout");
  }

  @Test
  void saysThatAServiceBrokeOff() {
    service.on("/api/v1/broken", exchange -> exchange.close());

    HttpResponse<String> answer =
        browser().get("/api/v1/broken", browser().token("bench", BENCH_SECRET));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(Browser.json(answer.body()).path("detail").asString()).contains("ingest-service");
  }

  @Test
  void figuresAreAskedOfTheirOwnService() {
    try (FakeService figures = new FakeService();
        GatewayUnderTest both =
            GatewayUnderTest.start(
                jdbcUrl,
                masterKey,
                service.url(),
                Map.of("linewright.gateway.routes.oee", figures.url().toString()))) {
      Browser browser = new Browser(both.url());
      String token = browser.token("bench", BENCH_SECRET);

      assertThat(browser.get("/api/v1/oee/progress?limit=1", token).statusCode()).isEqualTo(200);
      assertThat(browser.get("/api/v1/oee", token).statusCode()).isEqualTo(200);
      assertThat(browser.get("/api/v1/oeet", token).statusCode()).isEqualTo(200);

      assertThat(figures.seen())
          .extracting(FakeService.Seen::path)
          .containsExactly("/api/v1/oee/progress?limit=1", "/api/v1/oee");
      assertThat(service.last().path()).isEqualTo("/api/v1/oeet");
    }
  }

  @Test
  void saysThatAServiceIsDown() {
    URI nobody = URI.create("http://127.0.0.1:" + FreePorts.next());
    try (GatewayUnderTest alone = GatewayUnderTest.start(jdbcUrl, masterKey, nobody, Map.of())) {
      Browser browser = new Browser(alone.url());
      String token = browser.token("bench", BENCH_SECRET);

      HttpResponse<String> answer = browser.get("/api/v1/tags", token);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(Browser.json(answer.body()).path("type").asString())
          .endsWith("service-unavailable");
      assertThat(
              Browser.json(browser.get("/api/openapi.json", token).body())
                  .path("x-linewright-missing")
                  .toString())
          .isEqualTo("[\"ingest-service\",\"oee-service\"]");
    }
  }

  @Test
  void passesTheServicesOwnErrorsOn() {
    service.on("/api/v1/tags/9", exchange -> FakeService.json(exchange, 404, "{\"status\":404}"));

    HttpResponse<String> answer =
        browser().get("/api/v1/tags/9", browser().token("bench", BENCH_SECRET));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"status\":404}");
  }

  @Test
  void passesBinarySamplesOnUnchanged() throws Exception {
    String binary = "application/vnd.linewright.samples+protobuf";
    byte[] stream = new byte[100_000];
    for (int i = 0; i < stream.length; i++) {
      stream[i] = (byte) (i * 31 >> 3);
    }
    service.on(
        "/api/v1/samples",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", binary);
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(stream);
          }
        });
    HttpRequest.Builder request =
        browser()
            .to("/api/v1/samples?tag=a%23b")
            .header("Accept", binary)
            .header("Authorization", "Bearer " + browser().token("bench", BENCH_SECRET));

    HttpResponse<InputStream> answer = browser().open(request);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(binary);
    try (InputStream body = answer.body()) {
      assertThat(body.readAllBytes()).isEqualTo(stream);
    }
    assertThat(service.last().header("accept")).isEqualTo(binary);
  }

  @Test
  void passesAnExportOnAsItComesAndLongerThanTheTimeLimit() throws Exception {
    byte[] half = new byte[50_000];
    for (int i = 0; i < half.length; i++) {
      half[i] = (byte) (i * 31 >> 3);
    }
    service.on(
        "/api/v1/export",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/zip");
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(half);
            out.flush();
            pause(LONGER_MILLIS);
            out.write(half);
          }
        });
    HttpRequest.Builder request =
        browser()
            .to("/api/v1/export")
            .header("Authorization", "Bearer " + browser().token("bench", BENCH_SECRET));

    HttpResponse<InputStream> answer = browser().open(request);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(half.length)).isEqualTo(half);
      assertThat(body.readAllBytes()).isEqualTo(half);
    }
  }

  @Test
  void waitsForChecksumsLongerThanTheTimeLimit() {
    service.on(
        "/api/v1/checksums",
        exchange -> {
          pause(LONGER_MILLIS);
          FakeService.json(exchange, 200, "{\"tables\":[]}");
        });

    HttpResponse<String> answer =
        browser().get("/api/v1/checksums", browser().token("bench", BENCH_SECRET));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"tables\":[]}");
  }

  @Test
  void refusesBodiesAboveTheLimitAlsoWithoutALength() {
    String token = browser().token("bench", BENCH_SECRET);
    String large = "x".repeat(3000);

    assertThat(browser().post("/api/v1/tags/1", token, large).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        browser()
            .send(
                browser()
                    .to("/api/v1/tags/1")
                    .header("Authorization", "Bearer " + token)
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () ->
                                new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void passesTheFileOfAnImportOnAsItComesAndLongerThanTheTimeLimit() {
    String token = browser().token("bench", BENCH_SECRET);
    String row = "acme/graz/body/line-1/mill-07#speed,1995-03-01T12:00:00Z,1\n";
    service.on("/api/v1/imports", exchange -> FakeService.json(exchange, 202, "{}"));
    HttpRequest.Builder request =
        browser()
            .to("/api/v1/imports?from=1995-03-01T00:00:00Z&to=1995-04-01T00:00:00Z")
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "a-file")
            .header("Content-Type", "text/csv")
            .header("Content-Encoding", "gzip");

    HttpResponse<String> answer =
        browser()
            .send(
                request
                    .copy()
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new Slow(row.repeat(5_000), LONGER_MILLIS))));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(service.last().body()).isEqualTo(row.repeat(5_000));
    assertThat(service.last().header("idempotency-key")).isEqualTo("a-file");
    assertThat(service.last().header("content-encoding")).isEqualTo("gzip");
    assertThat(URLDecoder.decode(service.last().path(), StandardCharsets.UTF_8))
        .contains("from=1995-03-01T00:00:00Z&to=");
    String large = row.repeat(20_000);
    assertThat(
            browser()
                .send(request.copy().POST(HttpRequest.BodyPublishers.ofString(large)))
                .statusCode())
        .isEqualTo(413);
  }

  /** A text whose middle is late. */
  private final class Slow extends InputStream {

    private final ByteArrayInputStream in;
    private final int middle;
    private final long millis;

    Slow(String text, long millis) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      this.in = new ByteArrayInputStream(bytes);
      this.middle = bytes.length / 2;
      this.millis = millis;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      boolean before = in.available() > middle;
      int read = in.read(bytes, offset, length);
      if (before && in.available() <= middle) {
        try {
          release.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return read;
    }
  }
}
