package io.linewright.edge.clock;

/**
 * One comparison of a device's clock with the gateway's.
 *
 * @param gatewayMicros the gateway's clock, microseconds since 1970
 * @param offsetMicros device's clock less gateway's clock, by this reading alone
 * @param delayMicros how much delay can have falsified it, up to a constant: the reading with the
 *     least is the best
 */
public record ClockReading(long gatewayMicros, long offsetMicros, long delayMicros) {

  /**
   * A stamp that came from the device. The offset comes out too low by the time that the stamp took
   * to arrive; only the least delay of many readings tells, and that part of it that is always
   * there cannot be told from an offset.
   *
   * @param stampMicros the device's clock when the value came to be
   * @param arrivedMicros the gateway's clock when it arrived
   */
  public static ClockReading oneWay(long stampMicros, long arrivedMicros) {
    long offset = stampMicros - arrivedMicros;
    return new ClockReading(arrivedMicros, offset, -offset);
  }

  /** The same reading by a gateway's clock that was set since. */
  ClockReading gatewaySet(long byMicros) {
    return new ClockReading(
        gatewayMicros + byMicros, offsetMicros - byMicros, delayMicros + byMicros);
  }

  /**
   * A question and its answer (RFC 5905, clause 8): offset ((t2−t1)+(t3−t4))/2, delay
   * (t4−t1)−(t3−t2). The offset is wrong by at most half of the delay.
   *
   * @param t1 gateway's clock when the question left
   * @param t2 device's clock when it arrived there
   * @param t3 device's clock when the answer left
   * @param t4 gateway's clock when the answer arrived
   */
  public static ClockReading exchange(long t1, long t2, long t3, long t4) {
    long offset = Math.floorDiv((t2 - t1) + (t3 - t4), 2);
    return new ClockReading(t4, offset, (t4 - t1) - (t3 - t2));
  }
}
