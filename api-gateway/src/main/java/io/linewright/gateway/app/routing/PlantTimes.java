package io.linewright.gateway.app.routing;

import io.linewright.gateway.app.session.SessionTokens;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets every service be asked for the times of a plant: {@code during=shift:2026-03-29/night}
 * becomes {@code from} and {@code to}, as the service of figures understands it, for the equipment
 * that is asked about: parameter {@code equipment}, else that of the first {@code tag}, else the
 * whole plant. If machines differ it is from the first begin to the last end.
 */
final class PlantTimes implements HandlerFunction<ServerResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(PlantTimes.class);
  private static final String DURING = "during";
  private static final String FROM = "from";
  private static final String TO = "to";

  private final RestClient client;
  private final URI figures;
  private final SessionTokens tokens;
  private final JsonMapper json;
  private final HandlerFunction<ServerResponse> next;

  /**
   * @param figures base URL of the service of figures
   * @param next hands the request on
   */
  PlantTimes(
      RestClient client,
      URI figures,
      SessionTokens tokens,
      JsonMapper json,
      HandlerFunction<ServerResponse> next) {
    this.client = client;
    this.figures = figures;
    this.tokens = tokens;
    this.json = json;
    this.next = next;
  }

  private record Answer(HttpStatus status, byte[] body) {}

  @Override
  public ServerResponse handle(ServerRequest request) throws Exception {
    Optional<String> during = request.param(DURING);
    if (during.isEmpty() || !request.method().equals(HttpMethod.GET)) {
      return next.handle(request);
    }
    if (request.param(FROM).isPresent() || request.param(TO).isPresent()) {
      return ServiceFailure.badRequest(
          "Ask either by from and to, or by during=%s, not by both.".formatted(during.get()));
    }
    Authentication who = (Authentication) request.principal().orElseThrow();
    Optional<String> bearer = tokens.bearer(request.servletRequest(), who);
    if (bearer.isEmpty()) {
      return ServiceFailure.sessionEnded();
    }
    Answer answer;
    try {
      answer = ask(during.get(), equipment(request), bearer.get());
    } catch (RuntimeException failed) {
      LOG.warn("{} could not be asked for {}: {}", figures, during.get(), failed.toString());
      return ServiceFailure.answer(ServicePaths.OEE_SERVICE, failed);
    }
    if (answer.status != HttpStatus.OK) {
      return ServerResponse.status(answer.status)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(answer.body);
    }
    JsonNode bounds = json.readTree(answer.body).get("bounds");
    return next.handle(
        ServerRequest.from(request)
            .params(
                params -> {
                  params.remove(DURING);
                  params.put(FROM, List.of(bounds.get(FROM).asString()));
                  params.put(TO, List.of(bounds.get(TO).asString()));
                })
            .build());
  }

  private Answer ask(String during, Optional<String> equipment, String bearer) {
    UriComponentsBuilder uri =
        UriComponentsBuilder.fromUri(figures)
            .path("/api/v1/time-ranges")
            .queryParam(DURING, "{during}");
    equipment.ifPresent(path -> uri.queryParam("equipment", "{equipment}"));
    return client
        .get()
        .uri(
            uri.encode()
                .buildAndExpand(Map.of(DURING, during, "equipment", equipment.orElse("")))
                .toUri())
        .headers(headers -> headers.setBearerAuth(bearer))
        .exchange((asked, told) -> read(told));
  }

  private static Answer read(ClientHttpResponse told) throws IOException {
    HttpStatus status = HttpStatus.valueOf(told.getStatusCode().value());
    return new Answer(status, told.getBody().readAllBytes());
  }

  private static Optional<String> equipment(ServerRequest request) {
    return request
        .param("equipment")
        .or(() -> request.param("tag").map(tag -> tag.substring(0, end(tag))));
  }

  /** A tag is path#name. */
  private static int end(String tag) {
    int name = tag.indexOf('#');
    return name < 0 ? tag.length() : name;
  }
}
