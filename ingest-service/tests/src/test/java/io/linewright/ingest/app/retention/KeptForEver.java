package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.storage.IngestDatabase;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A retention that takes nothing away. */
public final class KeptForEver {

  static final Duration FOR_EVER = Duration.ZERO;

  private KeptForEver() {}

  /** For those who would add to samples. */
  public static Retained in(IngestDatabase database) {
    return new Retained(
        JdbcClient.create(database.dataSource()),
        new RetentionSettings(
            FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, FOR_EVER, Duration.ofMinutes(1)));
  }
}
