package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.AggregateStatus;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the readings that are not Bad and makes interpolated bounding values from the ones
 * before and after an instant (OPC UA part 13, clause 3.1.8). It reads ahead to the next reading
 * that is not Bad. Memory: three readings, whatever lies between them.
 */
public final class NonBadCursor {

  private static final long NONE = Long.MAX_VALUE;

  private final Iterator<Reading> readings;
  private final AggregateConfiguration configuration;
  private @Nullable Reading earlier;
  private @Nullable Reading before;
  private @Nullable Reading after;
  private long firstBadMicros = NONE;
  private long firstMicros = NONE;
  private long lastMicros = Long.MIN_VALUE;

  /** Stands before the first reading that is not Bad. */
  public NonBadCursor(Iterator<Reading> readings, AggregateConfiguration configuration) {
    this.readings = readings;
    this.configuration = configuration;
    findAfter();
  }

  /**
   * Moves until the instant is not before {@link #before} and before {@link #after}, as far as
   * there are such readings. Never moves back.
   */
  public void moveTo(long micros) {
    while (after != null && after.micros() <= micros) {
      earlier = before;
      before = after;
      findAfter();
    }
  }

  private void findAfter() {
    after = null;
    firstBadMicros = NONE;
    while (after == null && readings.hasNext()) {
      Reading reading = readings.next();
      firstMicros = Math.min(firstMicros, reading.micros());
      lastMicros = reading.micros();
      if (!reading.bad()) {
        after = reading;
      } else if (firstBadMicros == NONE) {
        firstBadMicros = reading.micros();
      }
    }
  }

  /** The last reading not Bad at or before the instant moved to; null if there is none. */
  public @Nullable Reading before() {
    return before;
  }

  /** The first reading not Bad after that; null if there is none. */
  public @Nullable Reading after() {
    return after;
  }

  /** Time of the first reading of all, Bad or not; the greatest number if there is none. */
  public long firstMicros() {
    return firstMicros;
  }

  /** Time of the last reading seen, Bad or not; of all, if {@link #after} is null. */
  public long lastMicros() {
    return lastMicros;
  }

  /** Time of the first Bad reading between before and after; the greatest number if none. */
  public long firstBadMicros() {
    return firstBadMicros;
  }

  /**
   * The bounding value at the instant moved to. There is none (BadNoData) before the first reading
   * that is not Bad; after the last one it is extrapolated, UncertainDataSubNormal.
   */
  public Bound at(long micros) {
    if (before == null) {
      return Bound.none(micros);
    }
    if (before.micros() == micros) {
      return Bound.raw(before);
    }
    boolean slopes = before.slopes(configuration);
    StatusCode code =
        severity(micros) == Severity.GOOD
            ? StatusCode.GOOD
            : AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL;
    if (slopes && after != null && after.slopes(configuration)) {
      return Bound.onLine(micros, before, after, code);
    }
    if (slopes
        && after == null
        && configuration.useSlopedExtrapolation()
        && earlier != null
        && earlier.slopes(configuration)) {
      return Bound.onLine(micros, earlier, before, code);
    }
    return Bound.held(micros, before, code);
  }

  /** Severity of what is interpolated at an instant between before and after. */
  public Severity severity(long micros) {
    if (before == null) {
      return Severity.BAD;
    }
    if (after == null || before.severity() != Severity.GOOD) {
      return Severity.UNCERTAIN;
    }
    boolean good =
        before.slopes(configuration)
            ? firstBadMicros == NONE && after.severity() == Severity.GOOD
            : micros < firstBadMicros;
    return good ? Severity.GOOD : Severity.UNCERTAIN;
  }
}
