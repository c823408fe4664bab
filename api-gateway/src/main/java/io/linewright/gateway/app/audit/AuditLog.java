package io.linewright.gateway.app.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Writes who logged in, who was denied and who changed what into the table audit_entry. */
public final class AuditLog {

  /** Actor of requests that nobody has signed. */
  public static final String ANONYMOUS = "anonymous";

  private static final int MAX_TEXT = 500;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final AuditSettings settings;
  private final InstantSource clock;

  private Instant minuteStart = Instant.EPOCH;
  private int anonymousInMinute;
  private int suppressed;

  AuditLog(JdbcClient jdbc, AuditSettings settings, InstantSource clock) {
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** Somebody logged in or out, or failed to. */
  public void login(HttpServletRequest request, String actor, String action, String detail) {
    if (!action.equals("login-failed") || admitAnonymous()) {
      insert(actor, action, request, null, detail);
    }
  }

  /** A request was refused with that status. */
  public void denied(HttpServletRequest request, String actor, int status, String detail) {
    if (!actor.equals(ANONYMOUS) || admitAnonymous()) {
      insert(actor, "denied", request, status, detail);
    }
  }

  /** A request that may change something was carried out or refused by its service. */
  public void changed(HttpServletRequest request, String actor, int status) {
    insert(actor, "change", request, status, null);
  }

  /** The configuration added or altered a person or a program at start. */
  public void provisioned(String detail) {
    insert("configuration", "provisioned", null, null, detail);
  }

  /** Deletes what is older than the retention; once an hour. */
  @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  int purge() {
    return jdbc.sql("delete from audit_entry where at < ?")
        .param(clock.instant().minus(settings.retention()).atOffset(ZoneOffset.UTC))
        .update();
  }

  private boolean admitAnonymous() {
    int missed;
    synchronized (this) {
      Instant now = clock.instant();
      if (minuteStart.plus(MINUTE).isAfter(now)) {
        boolean admitted = ++anonymousInMinute <= settings.anonymousPerMinute();
        suppressed += admitted ? 0 : 1;
        return admitted;
      }
      minuteStart = now;
      anonymousInMinute = 1;
      missed = suppressed;
      suppressed = 0;
    }
    if (missed > 0) {
      insert(ANONYMOUS, "denied", null, null, missed + " more entries of this kind not written");
    }
    return true;
  }

  private void insert(
      String actor,
      String action,
      @Nullable HttpServletRequest request,
      @Nullable Integer status,
      @Nullable String detail) {
    jdbc.sql(
            """
            insert into audit_entry (at, actor, action, method, path, status, address, detail)
            values (:at, :actor, :action, :method, :path, :status, :address, :detail)
            """)
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .param("actor", cut(actor, 200))
        .param("action", action)
        .param("method", request == null ? null : cut(request.getMethod(), 10))
        .param("path", request == null ? null : cut(request.getRequestURI(), MAX_TEXT))
        .param("status", status)
        .param("address", request == null ? null : cut(request.getRemoteAddr(), 64))
        .param("detail", detail == null ? null : cut(detail, MAX_TEXT))
        .update();
  }

  private static String cut(String text, int length) {
    String printable = text.replace('\0', '?');
    return printable.length() <= length ? printable : printable.substring(0, length);
  }
}
