package io.linewright.ingest.app;

import io.linewright.testkit.contract.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a live stream as a program does. */
final class LiveReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An event. */
  record Event(String name, JsonNode data) {}

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final HttpResponse<InputStream> answer;
  private volatile @Nullable String lastId;
  private volatile boolean ended;

  LiveReader(RunningService service, String query, String token, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.uri("/api/v1/live" + query))
            .header("Accept", "text/event-stream")
            .header("Authorization", "Bearer " + token);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() == 200) {
      Thread.ofVirtual().start(this::read);
    }
  }

  int status() {
    return answer.statusCode();
  }

  String header(String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** The whole body of a refusal. */
  JsonNode refusal() throws IOException {
    return json.readTree(answer.body().readAllBytes());
  }

  /** The id of the last event that had one; null if none had. */
  @Nullable String lastId() {
    return lastId;
  }

  /** The next event of that name; others before it are passed over. */
  JsonNode next(String name) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (; ; ) {
      Event event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new AssertionError(
            "no event %s within %s, status %d, ended %s"
                .formatted(name, PATIENCE, status(), ended));
      }
      if (event.name().equals(name)) {
        return event.data();
      }
    }
  }

  private void read() {
    String name = "message";
    String data = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(name, json.readTree(data)));
          data = "";
        }
      }
    } catch (IOException closed) {
      // the test has ended, or the service
    }
    ended = true;
  }

  @Override
  public void close() {
    try {
      answer.body().close();
    } catch (IOException gone) {
      // closed already
    }
    http.shutdownNow();
    http.close();
  }
}
