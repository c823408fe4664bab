package io.linewright.ingest.app.quality.day;

/**
 * In which part of a day values are expected under an address.
 *
 * @param fromMicros begin, microseconds since the epoch
 * @param toMicros its end, not included
 * @param known whether equipment with the tag was known to be there; else nothing is missing if
 *     nothing came
 */
public record Window(long fromMicros, long toMicros, boolean known) {

  /** Its last instant: whose values are those, whose is the judgement. */
  public long lastMicros() {
    return toMicros - 1;
  }
}
