package io.linewright.kit.security;

import io.linewright.kit.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.client.RestTemplate;

/**
 * Rules of a service behind the gateway: health is open to the machinery that watches it; reading,
 * metrics, API description and questions by POST included, needs the role viewer, operator or
 * admin, but for what {@link AdminReads} names; everything that changes something needs admin, but
 * for what {@link OperatorRights} names. A service with other needs declares its own {@link
 * SecurityFilterChain}.
 */
public final class ResourceServer {

  /** Audience of every access token of the installation. */
  private static final String AUDIENCE = "linewright";

  /** Questions too long for a URL: they read only. */
  private static final String QUERIES = "/api/v1/*/query";

  private static final String[] READERS = {"viewer", "operator", "admin"};

  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private ResourceServer() {}

  /** The filter chain with these rules. */
  public static SecurityFilterChain chain(
      HttpSecurity http, ProblemWriter problems, OperatorRights operators, AdminReads admins) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(
            rules -> {
              rules
                  .requestMatchers(HttpMethod.GET, "/actuator/health", "/actuator/health/**")
                  .permitAll();
              for (String pattern : admins.patterns()) {
                rules.requestMatchers(pattern).hasRole("admin");
              }
              rules
                  .requestMatchers(HttpMethod.GET)
                  .hasAnyRole(READERS)
                  .requestMatchers(HttpMethod.HEAD)
                  .hasAnyRole(READERS)
                  .requestMatchers(HttpMethod.POST, QUERIES)
                  .hasAnyRole(READERS);
              for (OperatorRights.Request request : operators.requests()) {
                rules
                    .requestMatchers(request.method(), request.pattern())
                    .hasAnyRole("operator", "admin");
              }
              rules.anyRequest().hasRole("admin");
            })
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint((q, r, e) -> unauthenticated(problems, r))
                    .accessDeniedHandler((q, r, e) -> forbidden(problems, r)))
        .oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint((q, r, e) -> unauthenticated(problems, r))
                    .accessDeniedHandler((q, r, e) -> forbidden(problems, r))
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(converter())))
        .build();
  }

  /**
   * Checks signature, issuer, audience and time; reads the keys when the first token comes, not
   * before.
   */
  public static JwtDecoder decoder(SecuritySettings settings) {
    if (settings.issuer() == null) {
      return token -> {
        throw new JwtException("linewright.security.issuer is not configured");
      };
    }
    NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder builder =
        NimbusJwtDecoder.withJwkSetUri(settings.keys());
    if (settings.trustCertificates() != null) {
      builder.restOperations(trusting(settings.trustCertificates()));
    }
    NimbusJwtDecoder decoder = builder.build();
    // Access tokens are of the type at+jwt (RFC 9068 section 2.1), which the default refuses.
    JwtTypeValidator type = new JwtTypeValidator(List.of("at+jwt", "application/at+jwt", "JWT"));
    type.setAllowEmpty(true);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            type,
            new JwtTimestampValidator(),
            new JwtIssuerValidator(settings.issuer().toString()),
            new JwtAudienceValidator(AUDIENCE)));
    return decoder;
  }

  private static RestTemplate trusting(Path certificates) {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(TrustedCertificates.context(certificates))
            .connectTimeout(TIME_LIMIT)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(TIME_LIMIT);
    return new RestTemplate(requests);
  }

  private static JwtAuthenticationConverter converter() {
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(ResourceServer::roles);
    return converter;
  }

  private static Collection<GrantedAuthority> roles(Jwt token) {
    List<String> roles = token.getClaimAsStringList("roles");
    return roles == null
        ? List.of()
        : roles.stream()
            .map(role -> (GrantedAuthority) new SimpleGrantedAuthority("ROLE_" + role))
            .toList();
  }

  private static void unauthenticated(ProblemWriter problems, HttpServletResponse response)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer");
    problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "unauthenticated",
        "A valid bearer token is needed: ask the gateway's /oauth2/token for one");
  }

  private static void forbidden(ProblemWriter problems, HttpServletResponse response)
      throws IOException {
    problems.write(
        response,
        HttpStatus.FORBIDDEN,
        "forbidden",
        "The token's roles do not allow this: reading needs viewer, operator or admin, commands"
            + " and annotations operator or admin, the export and all other changes admin");
  }
}
