package io.linewright.kit.timeseries;

/**
 * A table of values over time, cut by days of UTC.
 *
 * @param name table name; letters, digits and underscores
 * @param columns column definitions in SQL, primary key included
 * @param timeColumn column of type {@code timestamptz} by which it is cut; part of the primary key
 */
public record SeriesTable(String name, String columns, String timeColumn) {

  /**
   * @throws IllegalArgumentException if a name could not stand in SQL as it is
   */
  public SeriesTable {
    if (!name.matches("[a-z][a-z0-9_]{0,40}") || !timeColumn.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException("not a plain SQL name: " + name + ", " + timeColumn);
    }
  }
}
