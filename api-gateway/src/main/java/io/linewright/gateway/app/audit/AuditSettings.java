package io.linewright.gateway.app.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of the record.
 *
 * @param retention entries older than this are deleted once an hour
 * @param anonymousPerMinute most entries a minute about requests nobody has signed; the rest is
 *     counted in one entry, so that a stranger cannot fill the disk
 */
@ConfigurationProperties("linewright.gateway.audit")
record AuditSettings(
    @DefaultValue("365d") Duration retention, @DefaultValue("60") int anonymousPerMinute) {

  AuditSettings {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "linewright.gateway.audit.retention must be at least 1d; it is " + retention);
    }
    if (anonymousPerMinute < 1) {
      throw new IllegalArgumentException(
          "linewright.gateway.audit.anonymous-per-minute must be at least 1; it is "
              + anonymousPerMinute);
    }
  }
}
