package io.linewright.ingest.app.truth;

import io.linewright.ingest.aggregate.config.StatusNames;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import org.jspecify.annotations.Nullable;

/** Corrections as REST shows them. */
public final class CorrectionViews {

  private CorrectionViews() {}

  /**
   * A correction.
   *
   * @param version 1, 2, … among those of the tag under one address of its values; the latest about
   *     a value decides
   * @param kind {@code replace}, {@code insert}, {@code delete} or {@code restore}
   * @param time of one value; null for a range
   * @param from begin of a range, included; null for one value
   * @param to its end, not included
   * @param value of a replace or insert, null if there is none
   * @param status of a replace or insert
   * @param request id of the request that it came in
   * @param by who made it
   */
  public record CorrectionView(
      long version,
      String kind,
      @Nullable String time,
      @Nullable Integer ordinal,
      @Nullable String from,
      @Nullable String to,
      @Nullable Object value,
      @Nullable Long status,
      @Nullable String statusName,
      String request,
      String by,
      String recordedAt,
      String reason) {}

  /** A correction as clients see it. */
  public static CorrectionView view(ToldCorrection told) {
    Entry entry = told.entry();
    Correction correction = entry.correction();
    boolean sets = correction.kind() == Kind.REPLACE || correction.kind() == Kind.INSERT;
    At key = correction.target() instanceof At at ? at : null;
    During range = correction.target() instanceof During during ? during : null;
    return new CorrectionView(
        entry.version(),
        correction.kind().toString(),
        key == null ? null : Rfc3339.format(key.micros()),
        key == null ? null : key.ordinal(),
        range == null ? null : Rfc3339.format(range.fromMicros()),
        range == null ? null : Rfc3339.format(range.toMicros()),
        value(correction.value()),
        sets ? Values.number(correction.status()) : null,
        sets ? StatusNames.of(correction.status()) : null,
        told.request().toString(),
        told.by(),
        Rfc3339.format(entry.recordedMicros()),
        told.reason());
  }

  private static @Nullable Object value(@Nullable SampleValue value) {
    return switch (value) {
      case null -> null;
      case BooleanValue(boolean truth) -> truth;
      case IntegerValue(long number) -> number;
      case DoubleValue(double number) when Double.isFinite(number) -> number;
      default -> SampleText.of(value);
    };
  }
}
