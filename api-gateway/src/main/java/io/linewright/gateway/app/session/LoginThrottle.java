package io.linewright.gateway.app.session;

import io.linewright.kit.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses further attempts with a password or client secret after too many failures, before a hash
 * is computed. People are sent back to the form, programs get 429 with {@code Retry-After}.
 */
final class LoginThrottle extends OncePerRequestFilter {

  static final String LOGIN = "/login";
  static final String TOKEN = "/oauth2/token";

  private static final int MAX_NAME = 100;

  private final AttemptLimiter names;
  private final AttemptLimiter addresses;
  private final ProblemWriter problems;

  LoginThrottle(AttemptLimiter names, AttemptLimiter addresses, ProblemWriter problems) {
    this.names = names;
    this.addresses = addresses;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !request.getMethod().equals("POST") || !(path.equals(LOGIN) || path.equals(TOKEN));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Duration byName = names.wait(nameKey(request));
    Duration byAddress = addresses.wait(request.getRemoteAddr());
    Duration wait = byName.compareTo(byAddress) > 0 ? byName : byAddress;
    if (wait.isZero()) {
      chain.doFilter(request, response);
      if (request.getRequestURI().equals(TOKEN)) {
        count(request, response.getStatus() == HttpStatus.UNAUTHORIZED.value());
      }
      return;
    }
    long seconds = Math.max(1, wait.toSeconds());
    if (request.getRequestURI().equals(LOGIN)) {
      response.sendRedirect("/login?wait=" + seconds);
    } else {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      problems.write(
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-attempts",
          "Too many failed attempts. Try again in " + seconds + " s.");
    }
  }

  /** Takes note of how an attempt ended. */
  void count(HttpServletRequest request, boolean failed) {
    if (failed) {
      names.failed(nameKey(request));
      addresses.failed(request.getRemoteAddr());
    } else {
      names.succeeded(nameKey(request));
    }
  }

  private static String nameKey(HttpServletRequest request) {
    String name =
        request.getRequestURI().equals(LOGIN)
            ? request.getParameter("username")
            : clientId(request);
    String text = Objects.requireNonNullElse(name, "").strip().toLowerCase(Locale.ROOT);
    String bounded = text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    return request.getRequestURI() + " " + request.getRemoteAddr() + " " + bounded;
  }

  private static String clientId(HttpServletRequest request) {
    String header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Objects.requireNonNullElse(request.getParameter("client_id"), "");
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
