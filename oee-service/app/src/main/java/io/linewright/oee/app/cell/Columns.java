package io.linewright.oee.app.cell;

import io.linewright.oee.quantity.Quantity;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of a row, one after the other. */
final class Columns {

  private final ResultSet row;
  private int column;

  Columns(ResultSet row) {
    this.row = row;
  }

  LocalDate date() throws SQLException {
    return Objects.requireNonNull(row.getObject(++column, LocalDate.class));
  }

  @Nullable String text() throws SQLException {
    return row.getString(++column);
  }

  int integer() throws SQLException {
    return row.getInt(++column);
  }

  @Nullable Integer optional() throws SQLException {
    int value = row.getInt(++column);
    return row.wasNull() ? null : value;
  }

  long bigint() throws SQLException {
    return row.getLong(++column);
  }

  boolean bool() throws SQLException {
    return row.getBoolean(++column);
  }

  byte[] bytes() throws SQLException {
    return Objects.requireNonNull(row.getBytes(++column));
  }

  Quantity quantity() throws SQLException {
    return new Quantity(bigint());
  }

  /** Null if it is null. */
  <T> T @Nullable [] array(Class<T[]> type) throws SQLException {
    Array array = row.getArray(++column);
    return array == null ? null : type.cast(array.getArray());
  }

  <T> T[] full(Class<T[]> type) throws SQLException {
    return Objects.requireNonNull(array(type));
  }
}
