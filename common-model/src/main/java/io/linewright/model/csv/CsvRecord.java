package io.linewright.model.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a CSV file.
 *
 * @param line where it begins, counted from 1
 * @param cells its fields
 * @param fault why the record cannot be used, for people; null if it can
 */
public record CsvRecord(long line, List<Cell> cells, @Nullable String fault) {

  /**
   * A field.
   *
   * @param quoted whether it stood in quotation marks: {@code ""} is an empty text, nothing is none
   */
  public record Cell(String text, boolean quoted) {

    /** Whether nothing at all stands here. */
    public boolean missing() {
      return text.isEmpty() && !quoted;
    }
  }

  public CsvRecord {
    cells = List.copyOf(cells);
  }
}
