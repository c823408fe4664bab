package io.linewright.edge.sampling;

import io.linewright.model.sample.Sample;

/**
 * A value with the stamp that its device gave it.
 *
 * @param sample the value with the time that it travels under
 * @param rawMicros the device's own stamp; the sample's time unless the gateway corrected or
 *     replaced it; {@link #NO_STAMP} if the gateway made the value
 */
public record StampedSample(Sample sample, long rawMicros) {

  /** In place of a stamp: the device did not say this, the gateway did. */
  public static final long NO_STAMP = Long.MIN_VALUE;

  /** A mark, a confirmation or a repetition: the device said nothing new. */
  public static StampedSample made(Sample sample) {
    return new StampedSample(sample, NO_STAMP);
  }

  /** A value that travels under its device's stamp, or of a tag that is the gateway's own. */
  public static StampedSample of(Sample sample) {
    return new StampedSample(sample, sample.sourceMicros());
  }

  /** The time that it travels under. */
  public long micros() {
    return sample.sourceMicros();
  }
}
