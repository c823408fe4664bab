package io.linewright.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.RestClient;
import io.linewright.system.plant.PlantFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The whole trip back: REST, Kafka, bridge, MQTT, guards, driver, register, read-back, and every
 * step to REST again; with a gateway file that changes meanwhile.
 */
class CommandTripTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MACHINE = "acme/graz/body/line-1/press-01";
  private static final String SETPOINT = MACHINE + "#speed/setpoint";

  @TempDir Path directory;

  @Test
  void aValueIsWrittenVerifiedRefusedByItsGuardAndStoppedByTheSwitch() throws Exception {
    try (Plc plc = new Plc()) {
      plc.set(12, 40);
      plc.set(13, 1);
      Path file = Files.writeString(directory.resolve("edge.yaml"), gatewayFile(plc, 100));
      try (PlantFixture plant =
              PlantFixture.start(List.of("--no-simulator", "--edge", file.toString()));
          HttpClient http = HttpClient.newHttpClient();
          RestClient rest = plant.client()) {
        Operator operator = new Operator(plant, http);
        awaitLast(rest, SETPOINT, "40");

        String written = operator.command(SETPOINT, 80);
        assertThat(ended(rest, written)).isEqualTo("verified");
        assertThat(steps(rest, written))
            .containsSubsequence("requested", "authorised", "delivered", "written", "verified");
        assertThat(plc.get(12)).isEqualTo(80);
        awaitLast(rest, SETPOINT, "80");

        // The file allows less from now on; nothing restarts.
        replace(file, gatewayFile(plc, 60));
        Awaitility.await("the new guard")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> ended(rest, operator.command(SETPOINT, 70)).equals("refused"));
        int before = plc.get(12);
        assertThat(ended(rest, operator.command(SETPOINT, 50))).isEqualTo("verified");
        assertThat(before).isIn(70, 80);
        assertThat(plc.get(12)).isEqualTo(50);

        plc.set(13, 0); // the door opens
        awaitLast(rest, MACHINE + "#door/closed", "0");
        assertThat(ended(rest, operator.command(SETPOINT, 20))).isEqualTo("refused");
        plc.set(13, 1);
        awaitLast(rest, MACHINE + "#door/closed", "1");

        String gateway = gatewayId(rest);
        assertThat(ended(rest, operator.stop(gateway))).isEqualTo("verified");
        assertThat(ended(rest, operator.command(SETPOINT, 30))).isEqualTo("refused");
        assertThat(plc.get(12)).isEqualTo(50);

        assertThat(operator.answer("POST", "/api/v1/commands", body(MACHINE + "#nothing", 1)))
            .extracting(HttpResponse::statusCode)
            .isEqualTo(404);
      }
    }
  }

  private static String gatewayFile(Plc plc, int most) {
    return """
    version: 1
    gateway: {group: "acme:graz", node: gw-1}
    connections:
      - {id: plc, driver: modbus-tcp, host: 127.0.0.1, port: %d, poll-interval: 250ms}
    devices:
      - path: %s
        connection: plc
        unit-id: 1
        tags:
          - name: speed/setpoint
            register: "holding:12"
            encoding: uint16
            type: integer
            write: {range: [0, %d], rate: {most: 100, per: 1min}, interlock: [{tag: door/closed, is: [1]}]}
          - {name: door/closed, register: "holding:13", encoding: uint16, type: integer}
    """
        .formatted(plc.port(), MACHINE, most);
  }

  private static void replace(Path file, String content) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("edge.yaml.new"), content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitLast(RestClient rest, String tag, String value) {
    Awaitility.await(tag + " = " + value)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                rest.get("/api/v1/last-values?tag=" + tag.replace("#", "%23"))
                    .path("values")
                    .path(0)
                    .path("value")
                    .asString("")
                    .equals(value));
  }

  /** How a command ended. */
  private static String ended(RestClient rest, String location) throws Exception {
    Awaitility.await(location + " to end")
        .atMost(PATIENCE)
        .until(() -> rest.get(location).path("ended").asBoolean());
    return rest.get(location).path("state").asString();
  }

  private static List<String> steps(RestClient rest, String location) throws Exception {
    List<String> steps = new ArrayList<>();
    rest.get(location).path("steps").forEach(step -> steps.add(step.path("step").asString()));
    return steps;
  }

  private static String gatewayId(RestClient rest) throws Exception {
    JsonNode gateways = rest.get("/api/v1/gateways").path("gateways");
    return StreamSupport.stream(gateways.spliterator(), false)
        .map(gateway -> gateway.path("id").asString())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no gateway in " + gateways));
  }

  private static String body(String tag, int value) {
    return Json.line(Map.of("tag", tag, "value", value, "reason", "a test"));
  }

  /** The program {@code operator} of the installation. */
  private static final class Operator {

    private final HttpClient http;
    private final String base;
    private final String token;

    Operator(PlantFixture plant, HttpClient http) throws Exception {
      this.http = http;
      JsonNode addresses = plant.plant().addresses();
      JsonNode client = plant.plant().credentials().path("clients").path("operator");
      base = addresses.path("dashboard").asString().replaceAll("/$", "");
      String basic =
          client.path("client_id").asString() + ":" + client.path("client_secret").asString();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(addresses.path("token_url").asString()))
                  .header(
                      "Authorization",
                      "Basic "
                          + Base64.getEncoder()
                              .encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                  .build(),
              BodyHandlers.ofString());
      token = Json.parse(answer.body()).path("access_token").asString();
    }

    /** Asks for a value; where the command is to be looked at. */
    String command(String tag, int value) throws Exception {
      return accepted(answer("POST", "/api/v1/commands", body(tag, value)));
    }

    String stop(String gateway) throws Exception {
      String path = "/api/v1/gateways/" + gateway + "/write-stop";
      return accepted(answer("PUT", path, "{\"stopped\":true,\"reason\":\"a test\"}"));
    }

    private static String accepted(HttpResponse<String> answer) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      String location = answer.headers().firstValue("Location").orElseThrow();
      return location.substring(location.indexOf("/api/"));
    }

    HttpResponse<String> answer(String method, String path, String body) throws Exception {
      return http.send(
          HttpRequest.newBuilder(URI.create(base + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
