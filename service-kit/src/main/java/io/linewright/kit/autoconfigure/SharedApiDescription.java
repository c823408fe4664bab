package io.linewright.kit.autoconfigure;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * What the OpenAPI documents of all services share: every request may be answered by a problem, and
 * needs a token, unless the service describes its own way to one. A document without routes stays
 * as it is.
 */
final class SharedApiDescription implements OpenApiCustomizer {

  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final String SCHEME = "token";

  /** Documentation of a problem. */
  record Problem(
      @Schema(
              format = "uri",
              description = "kind of problem, stable",
              example = "urn:linewright:problem:not-found")
          String type,
      @Schema(description = "name of the status") String title,
      @Schema(description = "status of HTTP") int status,
      @Schema(description = "what happened, where, and what to do") String detail,
      @Schema(format = "uri", description = "path that was asked for") String instance) {}

  @Override
  public void customise(OpenAPI document) {
    if (document.getPaths() == null || document.getPaths().isEmpty()) {
      return;
    }
    if (document.getComponents() == null) {
      document.setComponents(new Components());
    }
    Components components = document.getComponents();
    ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
    for (PathItem path : document.getPaths().values()) {
      for (Operation operation : path.readOperations()) {
        operation.getResponses().addApiResponse(ApiResponses.DEFAULT, problem());
      }
    }
    if (document.getSecurity() == null) {
      components.addSecuritySchemes(
          SCHEME,
          new SecurityScheme()
              .type(SecurityScheme.Type.HTTP)
              .scheme("bearer")
              .bearerFormat("JWT")
              .description(
                  "The gateway gives tokens out; their claim roles says what they allow."));
      document.setSecurity(List.of(new SecurityRequirement().addList(SCHEME)));
    }
  }

  private static ApiResponse problem() {
    var schema = new io.swagger.v3.oas.models.media.Schema<Object>().$ref(PROBLEM);
    return new ApiResponse()
        .description("A problem (RFC 9457)")
        .content(
            new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
  }
}
