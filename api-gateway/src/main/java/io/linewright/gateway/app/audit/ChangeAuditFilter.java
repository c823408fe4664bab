package io.linewright.gateway.app.audit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Records every request of somebody with the right to make it that may change something. */
public final class ChangeAuditFilter extends OncePerRequestFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Questions too long for a URL. */
  private static final Pattern QUERY = Pattern.compile("/api/v1/[a-z-]+/query");

  private final AuditLog audit;

  public ChangeAuditFilter(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return SAFE.contains(request.getMethod())
        || !request.getRequestURI().startsWith("/api/")
        || (request.getMethod().equals("POST") && QUERY.matcher(request.getRequestURI()).matches());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    String actor = who == null ? AuditLog.ANONYMOUS : who.getName();
    boolean returned = false;
    try {
      chain.doFilter(request, response);
      returned = true;
    } finally {
      audit.changed(request, actor, returned ? response.getStatus() : 500);
    }
  }
}
