package io.linewright.edge.app.reload;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the content of the gateway file is in force. A change that was refused is no failure of
 * the gateway: it reads machines as before. One that is in force by half is one.
 */
public final class GatewayFileHealth implements HealthIndicator {

  private final FileTakeover takeover;

  public GatewayFileHealth(FileTakeover takeover) {
    this.takeover = takeover;
  }

  @Override
  public Health health() {
    FileStatus status = takeover.status();
    return (status.broken() ? Health.down() : Health.up())
        .withDetail("hash", status.hash())
        .withDetail("taken", status.taken())
        .withDetail("refused", status.refused())
        .withDetail("problems", status.problems())
        .build();
  }
}
