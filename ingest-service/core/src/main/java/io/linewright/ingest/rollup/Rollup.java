package io.linewright.ingest.rollup;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of one bucket amount to. It rests on the bucket's own samples only: what was
 * before is added when buckets are put together, so a late sample changes no other bucket of its
 * level. A truth value counts as 0 or 1; texts and bytes are only counted.
 *
 * @param startMicros begin of the bucket, microseconds since the epoch
 * @param good samples with a Good status
 * @param uncertain samples with an Uncertain status
 * @param bad samples with a Bad status
 * @param numbers what the usable ones amount to: those not Bad, with a finite number
 * @param first first sample by time and ordinal
 * @param last last sample
 * @param held what was in force from the first sample to the end of the bucket
 * @param points the samples that a chart shows of it, ascending; null if one of its samples is a
 *     text or bytes, which are not kept here
 */
public record Rollup(
    long startMicros,
    int good,
    int uncertain,
    int bad,
    Numbers numbers,
    Edge first,
    Edge last,
    Held held,
    @Nullable List<Sample> points) {

  /** How many samples there were. */
  public int samples() {
    return good + uncertain + bad;
  }

  /**
   * Usable samples. Without any, sums are 0 and extremes null.
   *
   * @param minimum the first of the least
   * @param maximum the first of the greatest
   */
  public record Numbers(
      int count,
      double sum,
      double sumSquares,
      @Nullable Extreme minimum,
      @Nullable Extreme maximum) {}

  /** A least or greatest value and when it was, microseconds since the epoch. */
  public record Extreme(double value, long micros) {}

  /**
   * First or last sample.
   *
   * @param micros when it was, microseconds since the epoch
   * @param value its number, if that is finite
   */
  public record Edge(long micros, StatusCode status, @Nullable Double value) {

    /** Its number if it is usable; null: not. */
    @Nullable Double usable() {
      return status.isBad() ? null : value;
    }
  }

  /**
   * Each sample holds until the next one, the last until the end of the bucket.
   *
   * @param integral sum of value times seconds over usable samples
   * @param integralMicros time that the integral covers
   * @param goodMicros time with Good status
   * @param uncertainMicros time with Uncertain status
   * @param badMicros time with Bad status
   */
  public record Held(
      double integral,
      long integralMicros,
      long goodMicros,
      long uncertainMicros,
      long badMicros) {}
}
