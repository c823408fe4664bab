package io.linewright.ingest.truth;

import io.linewright.model.sample.Sample;

/** What a correction is about: one key of a tag, or all of its keys in a range of time. */
public sealed interface Target {

  /** Begin of the time that it touches, included, microseconds since the epoch. */
  long fromMicros();

  /** End of the time that it touches, not included, microseconds since the epoch. */
  long toMicros();

  /**
   * One key.
   *
   * @param micros source time, microseconds since the epoch
   * @param ordinal 0 to {@link Sample#MAX_ORDINAL}; bounds of searches may also have -1
   */
  record At(long micros, int ordinal) implements Target, Comparable<At> {

    /**
     * @throws IllegalArgumentException if the ordinal is out of range
     */
    public At {
      if (ordinal < -1 || ordinal > Sample.MAX_ORDINAL) {
        throw new IllegalArgumentException(
            "ordinal must be 0 to %d, not %d".formatted(Sample.MAX_ORDINAL, ordinal));
      }
    }

    /** The key of a sample. */
    public static At of(Sample sample) {
      return new At(sample.sourceMicros(), sample.ordinal());
    }

    @Override
    public long fromMicros() {
      return micros;
    }

    @Override
    public long toMicros() {
      return micros + 1;
    }

    @Override
    public int compareTo(At other) {
      int byTime = Long.compare(micros, other.micros);
      return byTime != 0 ? byTime : Integer.compare(ordinal, other.ordinal);
    }
  }

  /**
   * All keys in a range of time.
   *
   * @param fromMicros begin, included
   * @param toMicros end, not included, after the begin
   */
  record During(long fromMicros, long toMicros) implements Target {

    /**
     * @throws IllegalArgumentException if the range is empty
     */
    public During {
      if (fromMicros >= toMicros) {
        throw new IllegalArgumentException("from must lie before to");
      }
    }
  }
}
