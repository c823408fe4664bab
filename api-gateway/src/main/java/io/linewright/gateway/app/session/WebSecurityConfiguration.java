package io.linewright.gateway.app.session;

import io.linewright.gateway.app.audit.AuditLog;
import io.linewright.gateway.app.audit.ChangeAuditFilter;
import io.linewright.gateway.app.dashboard.ContentPolicy;
import io.linewright.gateway.app.identity.PersonStore;
import io.linewright.gateway.app.identity.PersonTokens;
import io.linewright.gateway.app.identity.Role;
import io.linewright.kit.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Who may ask for what, and how they prove who they are. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class WebSecurityConfiguration {

  private static final String ADMIN = Role.ADMIN.text();
  private static final String OPERATOR = Role.OPERATOR.text();

  /** What the login form itself needs, and what an orchestrator asks for. */
  private static final String[] OPEN = {
    "/login",
    "/assets/theme.css",
    "/assets/login.css",
    "/assets/icon.svg",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness"
  };

  @Bean
  SessionTokens sessionTokens(PersonStore people, PersonTokens tokens, InstantSource clock) {
    return new SessionTokens(people, tokens, clock);
  }

  /** The endpoints of the authorization server. */
  @Bean
  @Order(1)
  SecurityFilterChain authorizationServer(
      HttpSecurity http, LoginSettings settings, ProblemWriter problems, InstantSource clock) {
    return http.oauth2AuthorizationServer(
            server -> http.securityMatcher(server.getEndpointsMatcher()))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .headers(
            headers ->
                headers.contentSecurityPolicy(csp -> csp.policyDirectives(ContentPolicy.NOTHING)))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .addFilterAfter(throttle(settings, problems, clock), HeaderWriterFilter.class)
        .build();
  }

  /** Pages, API and management. */
  @Bean
  @Order(2)
  SecurityFilterChain pagesAndApi(
      HttpSecurity http,
      LoginSettings settings,
      ProblemWriter problems,
      AuditLog audit,
      ContentPolicy content,
      InstantSource clock) {
    Refusals refusals = new Refusals(problems, audit);
    LoginThrottle throttle = throttle(settings, problems, clock);
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(OPEN)
                    .permitAll()
                    .requestMatchers("/actuator/**")
                    .hasRole(ADMIN)
                    .requestMatchers(HttpMethod.GET)
                    .hasAnyRole(Role.texts())
                    .requestMatchers(HttpMethod.HEAD)
                    .hasAnyRole(Role.texts())
                    // Questions too long for a URL read only
                    .requestMatchers(HttpMethod.POST, "/api/v1/*/query")
                    .hasAnyRole(Role.texts())
                    .requestMatchers(HttpMethod.POST, "/api/v1/commands")
                    .hasAnyRole(OPERATOR, ADMIN)
                    .requestMatchers(HttpMethod.PUT, "/api/v1/gateways/*/write-stop")
                    .hasAnyRole(OPERATOR, ADMIN)
                    .requestMatchers(HttpMethod.POST, "/api/v1/annotations")
                    .hasAnyRole(OPERATOR, ADMIN)
                    .requestMatchers(HttpMethod.PUT, "/api/v1/annotations/*")
                    .hasAnyRole(OPERATOR, ADMIN)
                    .requestMatchers(HttpMethod.DELETE, "/api/v1/annotations/*")
                    .hasAnyRole(OPERATOR, ADMIN)
                    .anyRequest()
                    .hasRole(ADMIN))
        .oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals)
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(roles())))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.IF_REQUIRED))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie()))
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(form -> login(form, throttle, audit))
        .logout(logout -> logout(logout, audit))
        .headers(headers -> headers(headers, content.dashboard()))
        .addFilterAfter(throttle, HeaderWriterFilter.class)
        .addFilterAfter(new ChangeAuditFilter(audit), AuthorizationFilter.class)
        .build();
  }

  private static CookieCsrfTokenRepository csrfCookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(attributes -> attributes.sameSite("Lax"));
    return cookie;
  }

  private static void login(
      FormLoginConfigurer<HttpSecurity> form, LoginThrottle throttle, AuditLog audit) {
    form.loginPage("/login")
        .successHandler(
            (request, response, who) -> {
              throttle.count(request, false);
              audit.login(request, who.getName(), "login", "form");
              response.sendRedirect(LoginTarget.safe(request.getParameter("next")));
            })
        .failureHandler(
            (request, response, refusal) -> {
              throttle.count(request, true);
              String name = String.valueOf(request.getParameter("username"));
              audit.login(request, name, "login-failed", refusal.getClass().getSimpleName());
              String next = LoginTarget.form(String.valueOf(request.getParameter("next")));
              response.sendRedirect(next + (next.contains("?") ? "&error" : "?error"));
            });
  }

  private static void logout(LogoutConfigurer<HttpSecurity> logout, AuditLog audit) {
    logout
        .logoutSuccessHandler(
            (request, response, who) -> {
              if (who != null) {
                audit.login(request, who.getName(), "logout", "form");
              }
              response.sendRedirect("/login?loggedout");
            })
        .deleteCookies("LINEWRIGHT_SESSION");
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers, String policy) {
    headers
        .contentSecurityPolicy(csp -> csp.policyDirectives(policy))
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
        .permissionsPolicyHeader(
            permissions ->
                permissions.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(
            resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
  }

  private static LoginThrottle throttle(
      LoginSettings settings, ProblemWriter problems, InstantSource clock) {
    return new LoginThrottle(
        new AttemptLimiter(settings.failuresPerName(), settings.window(), clock),
        new AttemptLimiter(settings.failuresPerAddress(), settings.window(), clock),
        problems);
  }

  private static JwtAuthenticationConverter roles() {
    var authorities = new JwtGrantedAuthoritiesConverter();
    authorities.setAuthoritiesClaimName("roles");
    authorities.setAuthorityPrefix("ROLE_");
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(authorities);
    return converter;
  }
}
