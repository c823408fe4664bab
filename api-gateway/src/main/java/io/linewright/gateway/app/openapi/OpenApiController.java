package io.linewright.gateway.app.openapi;

import io.linewright.gateway.app.session.SessionTokens;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Describes the whole API in one document. */
@RestController
@Hidden
class OpenApiController {

  private static final Logger LOG = LoggerFactory.getLogger(OpenApiController.class);
  private static final String DOCUMENT = "/v3/api-docs";

  private final OpenApiWebMvcResource own;
  private final Map<String, URI> services;
  private final RestClient client;
  private final SessionTokens tokens;
  private final JsonMapper json;

  OpenApiController(
      OpenApiWebMvcResource own,
      Map<String, URI> services,
      RestClient client,
      SessionTokens tokens,
      JsonMapper json) {
    this.own = own;
    this.services = services;
    this.client = client;
    this.tokens = tokens;
    this.json = json;
  }

  @GetMapping(path = "/api/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<JsonNode> document(HttpServletRequest request, Authentication who)
      throws Exception {
    byte[] gateway = own.openapiJson(request, DOCUMENT, Locale.ENGLISH);
    OpenApiMerge merge = new OpenApiMerge((ObjectNode) json.readTree(gateway));
    String bearer = tokens.bearer(request, who).orElse("");
    services.forEach((service, base) -> add(merge, service, base, bearer));
    return ResponseEntity.ok(merge.document());
  }

  private void add(OpenApiMerge merge, String service, URI base, String bearer) {
    try {
      byte[] document =
          client
              .get()
              .uri(base.resolve(DOCUMENT))
              .header(HttpHeaders.AUTHORIZATION, "Bearer " + bearer)
              .retrieve()
              .body(byte[].class);
      merge.add(service, json.readTree(document == null ? new byte[0] : document));
    } catch (RuntimeException e) {
      LOG.warn("the OpenAPI document of {} is missing: {}", service, e.toString());
      merge.missing(service);
    }
  }
}
