package io.linewright.gateway.app.session;

import io.linewright.gateway.app.audit.AuditLog;
import io.linewright.kit.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Answers those who are unknown (401, or the login form) and those who may not (403). */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final ProblemWriter problems;
  private final AuditLog audit;

  Refusals(ProblemWriter problems, AuditLog audit) {
    this.problems = problems;
    this.audit = audit;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
      throws IOException {
    boolean page =
        request.getMethod().equals("GET")
            && accepts(request, "text/html")
            && !forPrograms(request.getRequestURI())
            && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    if (page) {
      String query = request.getQueryString();
      String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
      response.sendRedirect(LoginTarget.form(wanted));
      return;
    }
    audit.denied(request, AuditLog.ANONYMOUS, HttpStatus.UNAUTHORIZED.value(), reason(refusal));
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal));
    problems.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "unauthenticated",
        "This needs a session or a valid access token: log in at /login, or fetch a token at"
            + " /oauth2/token and send it as 'Authorization: Bearer …'.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
      throws IOException {
    boolean csrf = refusal instanceof CsrfException;
    if (csrf && request.getRequestURI().equals(LoginThrottle.LOGIN)) {
      response.sendRedirect("/login?expired");
      return;
    }
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    String actor = who == null ? AuditLog.ANONYMOUS : who.getName();
    if (actor.equals("anonymousUser")) {
      actor = AuditLog.ANONYMOUS;
    }
    audit.denied(
        request, actor, HttpStatus.FORBIDDEN.value(), csrf ? "no CSRF token" : "role is missing");
    problems.write(
        response,
        HttpStatus.FORBIDDEN,
        csrf ? "csrf" : "forbidden",
        csrf
            ? "A change from a browser session must carry the value of the cookie XSRF-TOKEN in the"
                + " header X-XSRF-TOKEN."
            : "'"
                + actor
                + "' may not do this; commands and annotations need the role operator or admin, all other changes admin.");
  }

  private static boolean forPrograms(String path) {
    return path.startsWith("/api/") || path.startsWith("/actuator") || path.startsWith("/v3/");
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(type);
  }

  /** RFC 6750 section 3: an error code only if a token was sent. */
  private static String challenge(AuthenticationException refusal) {
    return refusal instanceof OAuth2AuthenticationException
        ? "Bearer error=\"invalid_token\""
        : "Bearer";
  }

  private static String reason(AuthenticationException refusal) {
    return refusal instanceof OAuth2AuthenticationException token
        ? String.valueOf(token.getError().getDescription())
        : "not logged in";
  }
}
