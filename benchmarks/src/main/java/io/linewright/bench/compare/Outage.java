package io.linewright.bench.compare;

/**
 * A time in which the whole platform was dead while the plant went on.
 *
 * @param fromMicros just before it was killed, µs since 1970
 * @param untilMicros when it was ready again
 * @param underWayMicros how long a value may take from the plant to the gateway's disk: what is
 *     younger at the kill may have been under way and nowhere stored
 * @param patienceMicros how long a polled source keeps a value for a gateway that stays away
 */
public record Outage(long fromMicros, long untilMicros, long underWayMicros, long patienceMicros) {

  /** Whether a change at that time may be missing of a source that does not wait. */
  boolean excuses(long micros) {
    return micros >= fromMicros - underWayMicros && micros <= untilMicros;
  }

  /** Whether a polled source may have gone on without the gateway. */
  boolean outlastsPatience() {
    return untilMicros - fromMicros >= patienceMicros;
  }
}
