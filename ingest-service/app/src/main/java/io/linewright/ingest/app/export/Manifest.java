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
public record Manifest(
    int format, String schema, Instant snapshotAt, List<TableSum> tables, List<DaySum> sampleDays) {

  public static final int FORMAT = 1;

  /** Name of its file, the last one of an archive. */
  public static final String FILE = "manifest.json";

  /** SQL for {@link #schema}. */
  public static final String SCHEMA_OF_DATABASE =
      """
      (SELECT string_agg(version, ' ' ORDER BY string_to_array(version, '.')::int[])
       FROM flyway_schema_history WHERE success AND version IS NOT NULL)""";

  /**
   * A table.
   *
   * @param sha256 of its CSV, hexadecimal; of samples: of the CSV of all days, one after the other
   */
  public record TableSum(String name, long rows, String sha256) {}

  /**
   * The samples of a day.
   *
   * @param sha256 of their CSV, hexadecimal
   */
  public record DaySum(LocalDate day, long rows, String sha256) {

    /** Name of their file. */
    public String file() {
      return fileOf(day);
    }

    static String fileOf(LocalDate day) {
      return ExportTables.SAMPLE + "/" + day + ".csv";
    }
  }

  public Manifest {
    tables = List.copyOf(tables);
    sampleDays = List.copyOf(sampleDays);
  }
}
