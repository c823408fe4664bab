package io.linewright.ingest.app.storage;

import io.linewright.ingest.registry.Stretch;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.StatusCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Samples out of result rows whose columns are {@link #COLUMNS}, after {@code skip} others. */
public final class SampleRead {

  /** The columns of {@link #sample} alone. */
  public static final String SAMPLE_COLUMNS =
      "source_time, ordinal, status, number, integer, bool, text, bytes";

  public static final String COLUMNS = SAMPLE_COLUMNS + ", gateway_time, ingest_time";

  private SampleRead() {}

  public static Sample sample(ResultSet row, int skip) throws SQLException {
    return new Sample(
        value(row, skip),
        StatusCode.of(row.getInt(skip + 3)),
        micros(row, skip + 1),
        row.getInt(skip + 2));
  }

  public static long gatewayMicros(ResultSet row, int skip) throws SQLException {
    return micros(row, skip + 9);
  }

  public static long ingestMicros(ResultSet row, int skip) throws SQLException {
    return micros(row, skip + 10);
  }

  private static @Nullable SampleValue value(ResultSet row, int skip) throws SQLException {
    double number = row.getDouble(skip + 4);
    if (!row.wasNull()) {
      return SampleValue.of(number);
    }
    long integer = row.getLong(skip + 5);
    if (!row.wasNull()) {
      return SampleValue.of(integer);
    }
    boolean bool = row.getBoolean(skip + 6);
    if (!row.wasNull()) {
      return SampleValue.of(bool);
    }
    String text = row.getString(skip + 7);
    if (text != null) {
      return SampleValue.of(text);
    }
    byte[] bytes = row.getBytes(skip + 8);
    return bytes == null ? null : new BytesValue(bytes);
  }

  /** A time as microseconds since the epoch. */
  public static long micros(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time.toEpochSecond() * 1_000_000L + time.getNano() / 1_000;
  }

  /** The begin or end of a stretch as PostgreSQL reads it, also without one. */
  public static String bound(long micros) {
    if (micros == Stretch.EVER) {
      return "-infinity";
    }
    return micros == Stretch.ON ? "infinity" : time(micros).toString();
  }

  /** Microseconds since the epoch as the driver wants them. */
  public static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
