package io.linewright.ingest.app.storage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which ingest time everything is visible. Ingest times are the begin of the storing
 * transaction, so one that is still open may yet add rows at or after its begin. Queries that begin
 * with the comment {@code read} hold nobody up.
 */
public final class IngestPosition {

  private static final String UP_TO =
      """
      /* read */ SELECT coalesce(min(xact_start) - interval '1 microsecond', clock_timestamp())
      FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        AND xact_start IS NOT NULL AND query NOT LIKE '/* read */%'
      """;

  private IngestPosition() {}

  /** The ingest position to freeze now, microseconds since the epoch. */
  public static long upTo(JdbcClient jdbc) {
    OffsetDateTime upTo =
        jdbc.sql(UP_TO).query((row, n) -> row.getObject(1, OffsetDateTime.class)).single();
    return ChronoUnit.MICROS.between(Instant.EPOCH, upTo.toInstant());
  }
}
