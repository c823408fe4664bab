package io.linewright.ingest.aggregate.bound;

import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.util.Collections;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * What a tag had at given instants, asked in the order of time (OPC UA part 11, clause 6.5.5).
 * Memory: a few readings.
 */
public final class ValueCursor {

  /** How a value is made for an instant for which none is stored. */
  public enum Fill {
    /**
     * Interpolated bounding value (part 13, clause 3.1.8): from the nearest readings that are not
     * Bad; extrapolated after the last one.
     */
    INTERPOLATED,
    /**
     * Simple bounding value (clause 3.1.9): from the nearest readings, nothing where one is Bad.
     */
    SIMPLE,
    /**
     * The last reading with its status, whatever comes after; nothing while it is Bad. Holds on
     * after the last reading.
     */
    LAST_KNOWN
  }

  private final Fill fill;
  private final AggregateConfiguration configuration;
  private final NonBadCursor nonBad;
  private final RawCursor raw;
  private long asked = Long.MIN_VALUE;

  /**
   * @param samples of one tag, ascending by time and ordinal, read as far as needed; for whole
   *     answers they must begin at or before the first instant with a sample that is not Bad (with
   *     two, to extrapolate along a line) and go on past the last instant, to the next one that is
   *     not Bad
   */
  public ValueCursor(Fill fill, AggregateConfiguration configuration, Iterator<Sample> samples) {
    this.fill = fill;
    this.configuration = configuration;
    Iterator<Reading> readings = new Readings(samples, configuration, false);
    Iterator<Reading> nothing = Collections.emptyIterator();
    boolean interpolates = fill == Fill.INTERPOLATED;
    this.nonBad = new NonBadCursor(interpolates ? readings : nothing, configuration);
    this.raw = new RawCursor(interpolates ? nothing : readings);
  }

  /**
   * The value at an instant, microseconds since the epoch.
   *
   * @throws IllegalArgumentException if the instant is before one asked for earlier
   */
  public Bound at(long micros) {
    if (micros < asked) {
      throw new IllegalArgumentException(
          "instants must ascend, but %d follows %d".formatted(micros, asked));
    }
    asked = micros;
    return switch (fill) {
      case INTERPOLATED -> {
        nonBad.moveTo(micros);
        yield nonBad.at(micros);
      }
      case SIMPLE -> {
        moveRawTo(micros);
        yield SimpleBounds.at(micros, raw.before(), raw.after(), configuration);
      }
      case LAST_KNOWN -> {
        moveRawTo(micros);
        yield lastKnown(micros);
      }
    };
  }

  /**
   * Time of the next reading after the last instant asked for; of the next one that is not Bad,
   * where interpolation passes over Bad ones. Empty if there is none.
   */
  public OptionalLong nextMicros() {
    Reading next = fill == Fill.INTERPOLATED ? nonBad.after() : raw.after();
    return next == null ? OptionalLong.empty() : OptionalLong.of(next.micros());
  }

  private void moveRawTo(long micros) {
    while (raw.reaches(micros)) {
      raw.take();
    }
  }

  private Bound lastKnown(long micros) {
    Reading last = raw.before();
    if (last == null) {
      return Bound.none(micros);
    }
    StatusCode code = last.status();
    return last.micros() == micros ? Bound.raw(last) : Bound.held(micros, last, code);
  }
}
