package io.linewright.ingest.app.retention;

import io.linewright.ingest.app.storage.IngestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Compresses days as retention does, and keeps everything. */
public final class Compressor {

  private final RetentionWorker worker;

  /**
   * @param now days that ended a day before it are compressed
   */
  public Compressor(IngestDatabase database, Instant now) {
    Duration forever = Duration.ZERO;
    this.worker =
        new RetentionWorker(
            database.dataSource(),
            database.samples(),
            new RetentionSettings(
                forever,
                forever,
                forever,
                forever,
                forever,
                Duration.ofDays(1),
                Duration.ofMinutes(1)),
            InstantSource.fixed(now));
  }

  /**
   * Compresses a day, if one can be and nobody computes roll-ups.
   *
   * @return how many it has compressed
   */
  public int compress() throws SQLException {
    return worker.sweep().compressed();
  }
}
