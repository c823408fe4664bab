package io.linewright.ingest.app.export;

import java.time.LocalDate;
import java.util.List;

/**
 * What belongs to an export besides samples, and in which order rows stand. A table that is in
 * neither list fails a test: whoever adds one has to say what it is.
 */
public final class ExportTables {

  /** Samples come apart, a day (UTC) at a time. */
  public static final String SAMPLE = "sample";

  /** Order of the rows of a day of samples. */
  public static final String SAMPLE_ORDER = " ORDER BY r.tag_id, r.source_time, r.ordinal";

  /**
   * A table, or some of its rows.
   *
   * @param rows what comes from it, a FROM with its WHERE; its alias is {@code r}
   * @param order the key; texts byte by byte, so that every server orders them alike
   */
  public record Exported(String name, String rows, String order) {

    /** All rows in that order. */
    public String select() {
      return "SELECT r.* FROM " + rows + " ORDER BY " + order;
    }

    /** Name of its file. */
    public String file() {
      return name + ".csv";
    }
  }

  /** Tables after those that they refer to. */
  public static final List<Exported> ALL =
      List.of(
          whole("equipment", "r.equipment_id"),
          whole("equipment_path", "r.equipment_id, r.valid_from"),
          whole("tag", "r.id"),
          whole("tag_version", "r.tag_id, r.version"),
          whole("last_value", "r.tag_id"),
          whole("corrected_tag", "r.tag_id"),
          whole("correction_request", "r.request_id"),
          whole("correction", "r.tag_id, r.version"),
          whole("annotation", "r.annotation_id, r.version"),
          whole("loss", "r.id"),
          whole("quarantine", "r.id"),
          whole("import", "r.number"),
          whole("import_refusal", "r.import_number, r.line"),
          whole("command", "r.number"),
          whole("command_step", "r.command_number, r.speaker COLLATE \"C\", r.step COLLATE \"C\""),
          whole("data_quality", "r.tag_id, r.day"),
          whole("data_quality_rule", "r.tag_id"),
          whole("data_quality_rule_change", "r.id"),
          whole("raw_retained", "r.tag_id"),
          withoutSamples("rollup_minute"),
          withoutSamples("rollup_hour"),
          withoutSamples("rollup_day"),
          whole("outbox_sequence", "r.source COLLATE \"C\", r.key COLLATE \"C\""),
          whole("outbox", "r.id"));

  /**
   * What can be computed from the others, or belongs to this installation only: its place in the
   * topics, its books, its locks.
   */
  static final List<String> LEFT_OUT =
      List.of(
          "canary",
          "consumer_offset",
          "data_quality_night",
          "outbox_relay",
          "quarantine_count",
          "registry_state",
          "restore",
          "rollup_dirty",
          "rollup_epoch",
          "rollup_mismatch",
          "rollup_pass",
          "series_storage",
          "stage_counter");

  private ExportTables() {}

  /**
   * The samples of a day.
   *
   * @param order {@link #SAMPLE_ORDER}, or empty: any
   */
  public static String samplesOf(LocalDate day, String order) {
    return "SELECT r.* FROM sample r WHERE r.source_time >= '%s 00:00:00+00'".formatted(day)
        + " AND r.source_time < '%s 00:00:00+00'".formatted(day.plusDays(1))
        + order;
  }

  private static Exported whole(String name, String order) {
    return new Exported(name, name + " r", order);
  }

  /** Roll-ups whose samples have gone: they cannot be computed any more. */
  private static Exported withoutSamples(String name) {
    return new Exported(
        name,
        name + " r JOIN raw_retained k ON k.tag_id = r.tag_id AND r.start < k.raw_from",
        "r.tag_id, r.start");
  }
}
