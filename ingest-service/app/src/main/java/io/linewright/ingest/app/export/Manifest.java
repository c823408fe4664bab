package io.linewright.ingest.app.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What an export has, or would have now.
 *
 * @param format version of this form, {@link #FORMAT}
 * @param schema all migrations that the database has seen, ascending
 * @param snapshotAt when the snapshot was taken, by the clock of the database
 * @param tables every table once; samples with all of their days
 * @param sampleDays the days (UTC) of the samples, ascending
 */
record Manifest(
    int format, String schema, Instant snapshotAt, List<TableSum> tables, List<DaySum> sampleDays) {

  static final int FORMAT = 1;

  /**
   * A table.
   *
   * @param sha256 of its CSV, hexadecimal; of samples: of the CSV of all days, one after the other
   */
  record TableSum(String name, long rows, String sha256) {}

  /**
   * The samples of a day.
   *
   * @param sha256 of their CSV, hexadecimal
   */
  record DaySum(LocalDate day, long rows, String sha256) {}

  Manifest {
    tables = List.copyOf(tables);
    sampleDays = List.copyOf(sampleDays);
  }
}
