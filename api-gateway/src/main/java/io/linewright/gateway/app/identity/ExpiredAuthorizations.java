package io.linewright.gateway.app.identity;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the store of authorizations as small as the number of tokens in force. */
final class ExpiredAuthorizations {

  private final JdbcClient jdbc;
  private final InstantSource clock;

  ExpiredAuthorizations(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Deletes what no token in force belongs to; every ten minutes. */
  @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  int purge() {
    return jdbc.sql(
            """
            delete from oauth2_authorization
            where greatest(access_token_expires_at, refresh_token_expires_at,
                           authorization_code_expires_at) < ?
            """)
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
