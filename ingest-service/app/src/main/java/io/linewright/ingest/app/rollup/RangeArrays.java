package io.linewright.ingest.app.rollup;

import io.linewright.ingest.rollup.BucketRange;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** Ranges as three arrays side by side, in which a statement takes many at once. */
record RangeArrays(int[] tags, int[] from, int[] to) {

  static RangeArrays of(List<BucketRange> ranges) {
    return new RangeArrays(
        ranges.stream().mapToInt(BucketRange::tagId).toArray(),
        ranges.stream().mapToInt(BucketRange::from).toArray(),
        ranges.stream().mapToInt(BucketRange::to).toArray());
  }

  /** Sets three parameters of type {@code int[]}, from that one on. */
  void bind(PreparedStatement statement, int first) throws SQLException {
    statement.setArray(first, array(statement, tags));
    statement.setArray(first + 1, array(statement, from));
    statement.setArray(first + 2, array(statement, to));
  }

  /** Numbers as a parameter of type {@code int[]}, in binary. */
  static Array array(PreparedStatement statement, int[] numbers) throws SQLException {
    return statement
        .getConnection()
        .unwrap(PGConnection.class)
        .createArrayOf("int4", (Object) numbers);
  }
}
