package io.linewright.system.plant;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.plant.RestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Live values from machines to a reader behind the API gateway. */
@ExtendWith(SharedPlant.class)
@Timeout(180)
class LiveTripTest {

  private static final String LINE = "acme/graz/machining/line-1";

  @Test
  void valuesComeThroughTheGatewayAndGoOnAfterABreak(PlantFixture fixture) throws Exception {
    String id;
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader lines = open(http, fixture, "")) {
      assertThat(after(lines, "event: begin")).contains("\"reason\":\"no-last-event\"");
      assertThat(after(lines, "event: values")).contains("\"tag\":\"" + LINE);
      id = lineThatBegins(lines, "id: ");
      http.shutdownNow();
    }
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader lines = open(http, fixture, id)) {
      assertThat(after(lines, "event: begin")).contains("\"given\":\"missed-values\"");
      assertThat(after(lines, "event: values"))
          .contains("\"tag\":\"" + LINE)
          .doesNotContain("acme/graz/packaging");
      http.shutdownNow();
    }
  }

  private static BufferedReader open(HttpClient http, PlantFixture fixture, String lastEventId)
      throws IOException, InterruptedException {
    try (RestClient rest = fixture.client()) {
      URI gateway = URI.create(fixture.plant().addresses().path("dashboard").asString());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(gateway.resolve("/api/v1/live?interval=PT0.25S&equipment=" + LINE))
              .header("Accept", "text/event-stream")
              .header("Authorization", "Bearer " + rest.bearer());
      if (!lastEventId.isEmpty()) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<InputStream> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }
  }

  /** The data of the next event of that name. */
  private static String after(BufferedReader lines, String event) throws IOException {
    lineThatBegins(lines, event);
    return lineThatBegins(lines, "data: ");
  }

  /** The rest of the next line that begins so. */
  private static String lineThatBegins(BufferedReader lines, String begin) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(begin)) {
        return line.substring(begin.length());
      }
    }
    throw new AssertionError("the stream ended before " + begin);
  }
}
