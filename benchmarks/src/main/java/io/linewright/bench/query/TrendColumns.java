package io.linewright.bench.query;

/**
 * The pixel columns of a chart, as the REST documentation has them for ranges so wide that a column
 * is four minutes to four hours: whole minutes of UTC, as few as give at most so many columns.
 *
 * @param originMicros begin of the first, which is cut at the begin of the range
 * @param widthMicros width of each
 */
record TrendColumns(long originMicros, long widthMicros) {

  private static final long MINUTE = 60_000_000L;

  /** Columns of a range. */
  static TrendColumns of(long fromMicros, long toMicros, int most) {
    long origin = Math.floorDiv(fromMicros, MINUTE) * MINUTE;
    long minutes = 1;
    while (Math.ceilDiv(toMicros - origin, minutes * MINUTE) > most) {
      minutes++;
    }
    return new TrendColumns(origin, minutes * MINUTE);
  }

  /** Number of the column of an instant. */
  long of(long micros) {
    return Math.floorDiv(micros - originMicros, widthMicros);
  }

  /** The last begin of a column that is not later. */
  long begin(long micros) {
    return originMicros + of(micros) * widthMicros;
  }
}
