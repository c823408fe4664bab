package io.linewright.edge.logic.summary;

/**
 * Running figures of one window.
 *
 * @param startMicros begin, inclusive
 * @param count good values so far
 * @param min least good number that held; NaN: none
 * @param max greatest; NaN: none
 * @param integral sum of number times microseconds in which it held
 * @param goodMicros microseconds in which a good number held
 * @param firstMicros time of the first good value; {@link Long#MIN_VALUE}: none
 * @param lastMicros time of the last good value; {@link Long#MIN_VALUE}: none
 */
public record Window(
    long startMicros,
    long count,
    double min,
    double max,
    double integral,
    long goodMicros,
    long firstMicros,
    long lastMicros) {

  /** An empty window that a number reaches into; NaN: none does. */
  static Window begin(long startMicros, double inForce) {
    return new Window(startMicros, 0, inForce, inForce, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** Whether no good number arrived or reached into it. */
  boolean empty() {
    return count == 0 && Double.isNaN(min);
  }

  /** A good number holds for a while; NaN: none does. */
  Window held(double number, long micros) {
    return Double.isNaN(number)
        ? this
        : new Window(
            startMicros,
            count,
            min,
            max,
            integral + number * micros,
            goodMicros + micros,
            firstMicros,
            lastMicros);
  }

  /** A good number arrives. */
  Window with(double number, long micros) {
    return new Window(
        startMicros,
        count + 1,
        Double.isNaN(min) ? number : Math.min(min, number),
        Double.isNaN(max) ? number : Math.max(max, number),
        integral,
        goodMicros,
        firstMicros == Long.MIN_VALUE ? micros : firstMicros,
        micros);
  }
}
