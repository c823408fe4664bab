package io.linewright.edge.app;

import io.linewright.edge.app.uplink.Uplink;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether values are stored and leave. Without broker or host they wait in the log, which is what
 * it is there for; the gateway fails only when its own threads have ended.
 */
final class UplinkHealth implements HealthIndicator {

  private final Uplink uplink;

  UplinkHealth(Uplink uplink) {
    this.uplink = uplink;
  }

  @Override
  public Health health() {
    Health.Builder health = uplink.running() ? Health.up() : Health.down();
    return health
        .withDetail("state", uplink.ready() ? "online" : "offline, values wait in the log")
        .withDetail("unconfirmed-records", uplink.unconfirmedRecords())
        .withDetail("backlog-records", uplink.backlogRecords())
        .withDetail("backlog-age", uplink.backlogAge().toString())
        .withDetail("log-bytes", uplink.logBytes())
        .withDetail("set-aside-records", uplink.setAsideRecords())
        .withDetail("lost-samples", uplink.totals().lost())
        .build();
  }
}
