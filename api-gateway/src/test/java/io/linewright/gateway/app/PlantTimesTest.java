package io.linewright.gateway.app;

import static io.linewright.gateway.app.support.GatewayUnderTest.BENCH_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.support.FakeService;
import io.linewright.gateway.app.support.GatewayTest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every service can be asked for the times of the plant. */
class PlantTimesTest extends GatewayTest {

  private static final String BOUNDS =
      "{\"title\":\"2026-03-29/night\",\"bounds\":{\"from\":\"2026-03-29T20:00:00.000000Z\","
          + "\"to\":\"2026-03-30T04:00:00.000000Z\"},\"ranges\":[]}";

  @BeforeAll
  void answerTimes() {
    service.on(
        "/api/v1/time-ranges",
        exchange -> {
          boolean known = exchange.getRequestURI().getQuery().contains("during=shift:");
          FakeService.json(
              exchange,
              known ? 200 : 404,
              known ? BOUNDS : "{\"status\":404,\"detail\":\"No such time\"}");
        });
  }

  @Test
  void aShiftBecomesItsInstantsForTheEquipmentOfTheTag() {
    HttpResponse<String> answer =
        get("/api/v1/samples?tag=acme/graz/press-01%23speed&limit=5&during=" + text("shift:x/n"));

    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> asked = asked();
    assertThat(asked.getFirst())
        .contains("/api/v1/time-ranges?", "during=shift:x/n", "equipment=acme/graz/press-01")
        .doesNotContain("speed");
    assertThat(asked.getLast())
        .startsWith("/api/v1/samples?")
        .contains(
            "tag=acme/graz/press-01#speed",
            "limit=5",
            "from=2026-03-29T20:00:00.000000Z",
            "to=2026-03-30T04:00:00.000000Z")
        .doesNotContain("during");
  }

  @Test
  void equipmentThatIsNamedDecides() {
    get("/api/v1/alarms?equipment=acme/wien&during=shift:current");
    assertThat(asked().getFirst()).contains("equipment=acme/wien");
  }

  @Test
  void anUnknownTimeIsAnsweredAsTheServiceOfFiguresSays() {
    HttpResponse<String> answer = get("/api/v1/samples?tag=a%23b&during=order:none");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("No such time");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void twoWaysToNameTheTimeAreRefused() {
    HttpResponse<String> answer =
        get("/api/v1/samples?tag=a%23b&during=shift:current&from=2026-03-29T20:00:00Z");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid-value", "not by both");
  }

  @Test
  void theServiceOfFiguresIsAskedInItsOwnWords() {
    get("/api/v1/oee?during=shift:current");
    assertThat(asked().getLast()).isEqualTo("/api/v1/oee?during=shift:current");
  }

  private List<String> asked() {
    int all = service.seen().size();
    return service.seen().subList(Math.max(0, all - 2), all).stream()
        .map(seen -> URLDecoder.decode(seen.path(), StandardCharsets.UTF_8))
        .toList();
  }

  private HttpResponse<String> get(String path) {
    return browser().get(path, browser().token("bench", BENCH_SECRET));
  }

  private static String text(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
