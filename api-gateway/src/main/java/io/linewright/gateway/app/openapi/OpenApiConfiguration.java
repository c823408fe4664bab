package io.linewright.gateway.app.openapi;

import io.linewright.gateway.app.identity.IdentitySettings;
import io.linewright.gateway.app.identity.Role;
import io.linewright.gateway.app.routing.RouteSettings;
import io.linewright.gateway.app.routing.ServicePaths;
import io.linewright.gateway.app.session.SessionTokens;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Wires the document of the whole API. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String SCHEME = "token";

  @Bean
  OpenAPI gatewayDocument(IdentitySettings settings) {
    Scopes scopes = new Scopes();
    for (String role : Role.texts()) {
      scopes.addString(role, "acts with the role " + role);
    }
    SecurityScheme token =
        new SecurityScheme()
            .type(SecurityScheme.Type.OAUTH2)
            .description("Programs fetch a token with their client id and secret.")
            .flows(
                new OAuthFlows()
                    .clientCredentials(
                        new OAuthFlow()
                            .tokenUrl(settings.issuerText() + "/oauth2/token")
                            .scopes(scopes)));
    return new OpenAPI()
        .info(
            new Info()
                .title("Linewright")
                .version("v1")
                .description("Everything behind the gateway.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url(settings.issuerText())))
        .components(new Components().addSecuritySchemes(SCHEME, token))
        .security(List.of(new SecurityRequirement().addList(SCHEME)));
  }

  @Bean
  OpenApiController openApiController(
      OpenApiWebMvcResource own, RouteSettings routes, SessionTokens tokens, JsonMapper json) {
    var factory = new JdkClientHttpRequestFactory();
    factory.setReadTimeout(PATIENCE);
    RestClient client = RestClient.builder().requestFactory(factory).build();
    Map<String, URI> services = new LinkedHashMap<>();
    services.put(ServicePaths.INGEST_SERVICE, routes.ingest());
    services.put(ServicePaths.OEE_SERVICE, routes.oee());
    return new OpenApiController(own, services, client, tokens, json);
  }
}
