package io.linewright.ingest.app.truth;

import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target;
import io.linewright.model.sample.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Corrections out of result rows. */
public final class CorrectionRow {

  /** The columns of {@link #entry}. */
  public static final String COLUMNS =
      "version, kind, recorded_at, end_time, " + SampleRead.SAMPLE_COLUMNS;

  /** Columns and tables of {@link #told}; a condition can follow. */
  public static final String TOLD =
      "/* read */ SELECT c.tag_id, r.request_id, r.requester, r.reason, c.version, c.kind,"
          + " c.recorded_at, c.end_time, c.source_time, c.ordinal, c.status, c.number, c.integer,"
          + " c.bool, c.text, c.bytes FROM correction c JOIN correction_request r USING (request_id)";

  private CorrectionRow() {}

  /** A correction with who made it. */
  public static ToldCorrection told(ResultSet row, int number) throws SQLException {
    return new ToldCorrection(
        row.getInt(1),
        entry(row, 4),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4));
  }

  /** A correction, after {@code skip} other columns. */
  public static Entry entry(ResultSet row, int skip) throws SQLException {
    return new Entry(row.getLong(skip + 1), SampleRead.micros(row, skip + 3), of(row, skip));
  }

  private static Correction of(ResultSet row, int skip) throws SQLException {
    Kind kind = Kind.of(row.getString(skip + 2)).orElseThrow();
    if (row.getObject(skip + 4, OffsetDateTime.class) != null) {
      Target.During range =
          new Target.During(SampleRead.micros(row, skip + 5), SampleRead.micros(row, skip + 4));
      return kind == Kind.DELETE ? Correction.delete(range) : Correction.restore(range);
    }
    Sample sample = SampleRead.sample(row, skip + 4);
    Target.At key = Target.At.of(sample);
    return switch (kind) {
      case REPLACE, INSERT -> new Correction(kind, key, sample.value(), sample.status());
      case DELETE -> Correction.delete(key);
      case RESTORE -> Correction.restore(key);
    };
  }
}
