package io.linewright.ingest.imports;

import io.linewright.model.csv.CsvRecord;
import io.linewright.model.csv.FileFaultException;
import io.linewright.model.csv.FileFaultException.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file is what, by its header line.
 *
 * @param places column of each, counted from 0
 * @param count number of columns
 */
public record Columns(Map<Column, Integer> places, int count) {

  /** What a column can be. */
  public enum Column {
    TAG,
    TIME,
    VALUE,
    STATUS,
    ORDINAL,
    TYPE,
    UNIT,
    ROLE
  }

  private static final List<Column> NEEDED = List.of(Column.TAG, Column.TIME, Column.VALUE);
  private static final String ADVICE =
      "the first line names the columns: tag,time,value and, if wanted, status, ordinal, type,"
          + " unit, role";

  public Columns {
    places = Map.copyOf(places);
  }

  /**
   * Reads the header, in any order of columns.
   *
   * @param header first record of the file; null if it is empty
   * @throws FileFaultException if a column is unknown, missing or there twice
   */
  public static Columns of(@Nullable CsvRecord header) throws FileFaultException {
    if (header == null) {
      throw new FileFaultException(Kind.UNREADABLE, 1, "the file is empty; " + ADVICE);
    }
    long line = header.line();
    if (header.fault() != null) {
      throw new FileFaultException(Kind.UNREADABLE, line, header.fault() + "; " + ADVICE);
    }
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    for (int i = 0; i < header.cells().size(); i++) {
      String name = header.cells().get(i).text().strip();
      Column column = column(name, line);
      if (places.put(column, i) != null) {
        throw new FileFaultException(
            Kind.UNREADABLE, line, "column '%s' is there twice".formatted(name));
      }
    }
    for (Column needed : NEEDED) {
      if (!places.containsKey(needed)) {
        throw new FileFaultException(
            Kind.UNREADABLE,
            line,
            "column '%s' is missing; ".formatted(needed.name().toLowerCase(Locale.ROOT)) + ADVICE);
      }
    }
    return new Columns(places, header.cells().size());
  }

  /** The cell of that column; null if the file has no such column or the cell is missing. */
  CsvRecord.@Nullable Cell cell(CsvRecord row, Column column) {
    Integer place = places.get(column);
    if (place == null) {
      return null;
    }
    CsvRecord.Cell cell = row.cells().get(place);
    return cell.missing() ? null : cell;
  }

  /** The text of that cell; null as above. */
  @Nullable String text(CsvRecord row, Column column) {
    CsvRecord.Cell cell = cell(row, column);
    return cell == null ? null : cell.text();
  }

  private static Column column(String name, long line) throws FileFaultException {
    for (Column column : Column.values()) {
      if (column.name().toLowerCase(Locale.ROOT).equals(name)) {
        return column;
      }
    }
    throw new FileFaultException(
        Kind.UNREADABLE,
        line,
        "there is no column '%s'; ".formatted(ImportText.shortened(name)) + ADVICE);
  }
}
