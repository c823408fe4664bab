package io.linewright.edge.sampling;

import io.linewright.model.sample.Sample;

/**
 * A value with the stamp that its device gave it.
 *
 * @param sample the value with the time that it travels under
 * @param rawMicros the device's own stamp; the sample's time unless the gateway corrected or
 *     replaced it
 */
public record StampedSample(Sample sample, long rawMicros) {

  /** A value that travels under its device's stamp, or that the gateway made. */
  public static StampedSample of(Sample sample) {
    return new StampedSample(sample, sample.sourceMicros());
  }

  /** The time that it travels under. */
  public long micros() {
    return sample.sourceMicros();
  }
}
