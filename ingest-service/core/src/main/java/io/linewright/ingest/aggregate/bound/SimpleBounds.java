package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Simple bounding values: from the nearest readings, also if they are Bad (OPC UA part 13, clause
 * 3.1.9).
 */
public final class SimpleBounds {

  private SimpleBounds() {}

  /**
   * The bounding value at an instant. There is none (BadNoData) before the first reading, after the
   * last one, and where the reading at or before it is Bad. Between a usable and a Bad reading the
   * former is held, UncertainDataSubNormal unless stepped.
   *
   * @param before last reading at or before the instant
   * @param after first reading after it
   */
  public static Bound at(
      long micros,
      @Nullable Reading before,
      @Nullable Reading after,
      AggregateConfiguration configuration) {
    if (before == null || before.bad()) {
      return Bound.none(micros);
    }
    if (before.micros() == micros) {
      return Bound.raw(before);
    }
    if (after == null) {
      return Bound.none(micros);
    }
    StatusCode code = StatusCode.GOOD;
    boolean slopes = before.slopes(configuration);
    if (severity(before, after, slopes) != Severity.GOOD) {
      code = AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
    }
    return slopes && after.slopes(configuration) && !after.bad()
        ? Bound.onLine(micros, before, after, code)
        : Bound.held(micros, before, code);
  }

  /**
   * Severity of the stretch between two neighbours of which the first is usable: that of the first;
   * Uncertain if values slope towards one that is not Good (clause 5.4.3.2.2).
   *
   * @param after null if nothing follows
   */
  public static Severity severity(Reading before, @Nullable Reading after, boolean slopes) {
    if (before.severity() != Severity.GOOD) {
      return Severity.UNCERTAIN;
    }
    return slopes && (after == null || after.severity() != Severity.GOOD)
        ? Severity.UNCERTAIN
        : Severity.GOOD;
  }
}
